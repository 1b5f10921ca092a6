package org.deutero.learn.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.deutero.learn.Carry;
import org.deutero.learn.Estimate;
import org.deutero.learn.Learner;
import org.deutero.learn.Lifetime;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.TaskContext;
import org.deutero.learn.Window;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.testkit.Golden;
import org.deutero.testkit.QuadraticLearner;
import org.deutero.testkit.QuadraticTasks;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Evolution strategies with given perturbations, on the quadratic bilevel problem. */
class EvolutionGoldenTest {
    /** Every step meets a share of the outer loss of the state it leads to, and nothing is met at the end. */
    private record JudgedAllAlong(QuadraticLearner learner, int steps, double share)
            implements Learner<QuadraticTasks> {
        @Override
        public Params metaParameters(RandomGenerator rng) {
            return learner.metaParameters(rng);
        }

        @Override
        public Params begin(Params theta, QuadraticTasks tasks, StepContext context) {
            return learner.begin(theta, tasks, context);
        }

        @Override
        public Step step(Params theta, Params phi, QuadraticTasks tasks, StepContext context) {
            Params next = learner.step(theta, phi, tasks, context).state();
            return new Step(next, learner.metaLoss(theta, next, tasks, context).mul(share));
        }

        @Override
        public int steps(QuadraticTasks tasks) {
            return steps;
        }

        @Override
        public Tensor metaLoss(Params theta, Params phi, QuadraticTasks tasks, StepContext context) {
            return Tensors.zeros(DType.FLOAT64, tasks.size());
        }
    }

    @TestFactory
    Stream<DynamicTest> files() {
        return Golden.tests(getClass(), List.of("evolution_es"), EvolutionGoldenTest::check);
    }

    private static void check(Golden golden) {
        QuadraticTasks tasks = new QuadraticTasks(
                golden.tensor("task.A"),
                golden.tensor("task.b"),
                golden.tensor("task.U"),
                golden.tensor("task.C"),
                golden.tensor("task.c"));
        List<String> kinds = new ArrayList<>();
        for (String e : golden.list("estimators")) {
            String kind = golden.text("estimator." + e + ".kind");
            kinds.add(kind);
            switch (kind) {
                case "es" -> lifetimes(golden, e, tasks);
                case "pes" -> windows(golden, e, tasks, Integer.MAX_VALUE);
                case "pes_reset" -> windows(golden, e, tasks, golden.integer("pes.lifetime"));
                default -> throw new AssertionError(kind);
            }
        }
        assertThat(kinds).contains("es", "pes", "pes_reset");
    }

    private static QuadraticLearner learner(Golden golden, int steps) {
        return new QuadraticLearner(golden.number("inner.rate"), steps, golden.number("outer.rho"));
    }

    private static Perturbation perturbation(Golden golden) {
        return Perturbation.of(golden.integer("pairs"), golden.number("std"));
    }

    private static void lifetimes(Golden golden, String e, QuadraticTasks tasks) {
        Params given = golden.params("es.noise");
        Noise noise = (theta, n, context, age, pair) -> given.map(t -> t.select(1, pair));
        Estimate estimate = new EvolutionStrategies(perturbation(golden), true)
                .estimate(
                        new Lifetime<>(
                                learner(golden, golden.integer("estimator." + e + ".steps")),
                                golden.params("theta"),
                                tasks,
                                TaskContext.training(1)),
                        noise);
        golden.check("expect." + e + ".meta_loss", estimate.losses());
        golden.checkAll("expect." + e + ".grad", estimate.gradient().mul(1.0 / tasks.size()));
    }

    /** Windows of a fixed number of steps; one that straddles lifetimes is two under the same noise. */
    private static void windows(Golden golden, String e, QuadraticTasks tasks, int lifetime) {
        int window = golden.integer("pes.window");
        int windows = golden.integer("pes.windows");
        Params given = golden.params("pes.noise");
        PersistentEvolution pes = new PersistentEvolution(window, perturbation(golden));
        var learner = new JudgedAllAlong(learner(golden, 0), lifetime, 1.0 / window);
        Carry carry = Carry.START;
        List<Params> gradients = new ArrayList<>();
        Tensor losses = Tensors.zeros(DType.FLOAT64, tasks.size());
        int restarts = 0;
        for (int w = 0; w < windows; w++) {
            int number = w;
            Noise noise = (theta, n, context, age, pair) ->
                    given.map(t -> t.select(1, number).select(1, pair));
            Params gradient = golden.params("theta").zerosLike();
            for (int left = window; left > 0; ) {
                int steps = Math.min(left, lifetime - carry.age());
                Window part = pes.advance(
                        new Lifetime<>(learner, golden.params("theta"), tasks, TaskContext.training(1)),
                        carry,
                        steps,
                        noise);
                gradient = gradient.add(part.estimate().gradient());
                losses = losses.add(part.estimate().losses().mul(1.0 / windows));
                carry = part.carry();
                left -= steps;
                restarts += carry.isStart() ? 1 : 0;
            }
            gradients.add(gradient.mul(1.0 / tasks.size()));
        }
        assertThat(restarts > 0).isEqualTo(lifetime <= window * windows);
        Params all = stack(gradients);
        golden.check("expect." + e + ".meta_loss", losses);
        golden.checkAll("expect." + e + ".window_grad", all);
        golden.checkAll("expect." + e + ".grad", all.map(t -> t.mean(0)));
    }

    private static Params stack(List<Params> trees) {
        Params.Builder all = Params.builder();
        trees.get(0)
                .names()
                .forEach(name -> all.put(
                        name, Tensors.stack(trees.stream().map(p -> p.get(name)).toList(), 0)));
        return all.build();
    }
}
