package org.deutero.methods.neuronml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.deutero.learn.Contribution;
import org.deutero.learn.Descent;
import org.deutero.learn.LevelledMetaAlgorithm;
import org.deutero.learn.MetaGradient;
import org.deutero.learn.MetaState;
import org.deutero.learn.StepContext;
import org.deutero.learn.TaskContext;
import org.deutero.learn.gradient.Sweep;
import org.deutero.learn.gradient.Unroll;
import org.deutero.methods.QueryStatistics;
import org.deutero.methods.maml.InnerLoop;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.Objective;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.nn.Activation;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.Mlp;
import org.deutero.tensor.optim.Adam;
import org.deutero.tensor.optim.Sgd;
import org.deutero.testkit.Golden;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Terms, adapted weights and the gradients of both levels, through the meta-algorithm that training uses. */
class NeuronMlGoldenTest {
    private record Case(Golden golden, String name, String data, NeuronMl learner, Params theta, Episodes tasks) {
        static Case of(Golden golden, String name, double taskWeight) {
            String data = golden.text("case." + name + ".data");
            boolean classes = data.equals("ce");
            Mlp network = new Mlp(
                    Arrays.stream(golden.text(data + ".sizes").split(","))
                            .map(Integer::valueOf)
                            .toList(),
                    Activation.TANH,
                    Initializer.FAN_IN_UNIFORM);
            Structure structure = new Structure(
                    golden.number("lambda_frugality"),
                    golden.number("lambda_plasticity"),
                    golden.number("lambda_sensitivity"),
                    taskWeight,
                    golden.number("tau"),
                    golden.number("importance_temperature"),
                    0.5);
            int steps = golden.integer("inner_steps");
            NeuronMl learner = new NeuronMl(
                    network,
                    classes ? Objective.CROSS_ENTROPY : Objective.SQUARED_ERROR,
                    InnerLoop.of(Sgd.PLAIN, golden.number("inner_rate"), steps, steps),
                    new Gates(
                            network,
                            Gates.Granularity.valueOf(
                                    golden.text("case." + name + ".granularity").toUpperCase(Locale.ROOT)),
                            Gates.Form.CLAMP,
                            0.9,
                            OptionalDouble.empty()),
                    structure,
                    MaskSteps.NONE,
                    1,
                    QueryStatistics.BATCH,
                    DType.FLOAT64);
            Params theta = ours(golden.params(data + ".theta"))
                    .with(ours(golden.params(name + ".gate")).under("gate"));
            int way = (int) theta.get(network.headLayer() + ".bias").size(0);
            Episodes tasks = new Episodes(
                    golden.tensor(data + ".support.x"),
                    golden.tensor(data + ".support.y"),
                    golden.tensor(data + ".query.x"),
                    golden.tensor(data + ".query.y"),
                    classes ? way : 0);
            return new Case(golden, name, data, learner, theta, tasks);
        }

        Params statistics() {
            return Params.of(Structure.BUDGET, Tensor.of(new double[] {golden.number("case." + name + ".budget")}, 1));
        }

        String expected(String key) {
            return "expect." + name + "." + key;
        }

        /** The gradient of a level, mean over tasks, under the names of the file, and the level's mean loss. */
        private Contribution level(int level, MetaGradient estimator) {
            var algorithm = new LevelledMetaAlgorithm<>(learner, estimator, Descent.of(Adam.DEFAULT, 1));
            Params carry = level == 0 ? Params.EMPTY : Params.of("level", Tensor.of(new long[] {level}, 1));
            MetaState state = new MetaState(0, theta, Params.EMPTY, statistics(), carry);
            return algorithm.contribute(state, tasks, 1);
        }

        private void checkGradient(String key, Contribution level) {
            Params gradient = level.values().child("gradient").mul(1.0 / level.tasks());
            Params all = gradient.filter(n -> !Gates.isGate(n)).with(gradient.child("gate"));
            golden.checkAll(expected(key), theirs(all));
            assertThat(theirs(all).names())
                    .containsExactlyInAnyOrderElementsOf(
                            golden.params(expected(key)).names());
        }
    }

    /** The file's layers are called layer0, layer1, ..., ours l0, l1, ... */
    private static Params ours(Params params) {
        Params.Builder renamed = Params.builder();
        params.forEach((name, t) -> renamed.put(name.replaceFirst("^layer", "l"), t));
        return renamed.build();
    }

    private static Params theirs(Params params) {
        Params.Builder renamed = Params.builder();
        params.forEach((name, t) -> renamed.put(name.replaceFirst("^l", "layer"), t));
        return renamed.build();
    }

    @TestFactory
    Stream<DynamicTest> terms() {
        return Golden.tests(getClass(), List.of("neuronml_terms"), golden -> {
            for (String name : golden.list("cases")) {
                Case c = Case.of(golden, name, golden.number("structure_task_weight"));
                TaskContext context = TaskContext.training(1, 0, c.statistics(), values -> {});
                Params phi = c.learner().begin(c.theta(), c.tasks(), context.at(0, false));
                int steps = c.learner().steps(c.tasks());
                for (int t = 0; t < steps; t++) {
                    phi = c.learner()
                            .step(c.theta(), phi, c.tasks(), context.at(t, false))
                            .state();
                }
                StepContext end = context.at(steps, false);
                Params adapted = c.learner().adapted(phi);
                golden.checkAll(c.expected("adapted"), theirs(adapted));
                golden.check(c.expected("l1"), adapted.flattenPerTask().abs().sum(1));
                assertThat(adapted.flattenPerTask().size(1)).isEqualTo(golden.integer("case." + name + ".scalars"));
                Structure.Terms terms = c.learner().terms(adapted, c.tasks(), end);
                golden.check(c.expected("frugality"), terms.frugality().mean().reshape(1));
                golden.check(c.expected("plasticity"), terms.plasticity().mean().reshape(1));
                golden.check(
                        c.expected("sensitivity"), terms.sensitivity().mean().reshape(1));
                golden.check(
                        c.expected("structure"),
                        c.learner().structure().sum(terms).mean().reshape(1));
                golden.check(c.expected("meta_loss"), c.learner().metaLoss(c.theta(), phi, c.tasks(), end));
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> gradientsOfBothLevels() {
        return Golden.tests(getClass(), List.of("neuronml_terms"), golden -> {
            for (String name : golden.list("cases")) {
                Case c = Case.of(golden, name, golden.number("structure_task_weight"));
                for (MetaGradient exact : List.of(Unroll.FULL, Sweep.ALL)) {
                    c.checkGradient("level1.grad", c.level(0, exact));
                    Contribution second = c.level(1, exact);
                    c.checkGradient("level2.grad", second);
                    golden.check(c.expected("level2"), Tensor.of(new double[] {second.loss() / second.tasks()}, 1));
                }
                c.checkGradient("level1_first_order.grad", c.level(0, Unroll.FIRST_ORDER));
                Case alone = Case.of(golden, name, 0);
                alone.checkGradient("structure.grad", alone.level(1, Unroll.FULL));
            }
        });
    }
}
