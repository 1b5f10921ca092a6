package org.deutero.learn.gradient;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deutero.learn.Lifetime;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.TaskContext;
import org.deutero.learn.capability.GradientLearner;
import org.deutero.learn.meta.Estimate;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.Losses;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Activation;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.Mlp;
import org.deutero.testkit.Golden;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** EvoGrad with given displacements: a perceptron whose inputs are scaled and whose tensors are decayed by theta, and the sheet's one-dimensional example. */
class EvoGradGoldenTest {
    /** A learner of one step, which keeps what the estimator showed it. */
    private abstract static class Watched implements GradientLearner<Episodes> {
        private final Scope scope;
        private final List<Tensor> copyLosses = new ArrayList<>();
        private Params merged;

        Watched(Scope scope) {
            this.scope = scope;
        }

        abstract Tensor loss(Params theta, Params phi, Episodes tasks);

        abstract Tensor judge(Params theta, Params phi, Episodes tasks);

        @Override
        public final Params metaParameters(RandomGenerator rng) {
            throw new UnsupportedOperationException("theta is given");
        }

        @Override
        public final Tensor innerLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
            Tensor losses = loss(theta, phi, tasks);
            Tensor seen = scope.hold(Params.of("loss", losses.detach())).get("loss");
            copyLosses.add(seen);
            return losses;
        }

        @Override
        public final Tensor metaLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
            merged = scope.hold(phi.detach());
            return judge(theta, phi, tasks);
        }

        @Override
        public final int steps(Episodes tasks) {
            return 1;
        }

        @Override
        public final Step update(Params theta, Params phi, Params gradient, Episodes tasks, StepContext context) {
            return Step.of(phi.addScaled(gradient, -0.1));
        }
    }

    private static final class Scaled extends Watched {
        private final Mlp network;
        private final Params phi;
        private final List<String> order;

        /** Of all tasks. */
        Scaled(Golden golden, Scope scope) {
            this(golden, scope, golden.params("phi"));
        }

        /** Of one task. */
        Scaled(Golden golden, Scope scope, int task) {
            this(golden, scope, golden.params("phi").map(t -> t.slice(0, task, task + 1)));
        }

        private Scaled(Golden golden, Scope scope, Params start) {
            super(scope);
            List<Integer> sizes = new ArrayList<>();
            phi = start;
            for (String layer : golden.list("layers")) {
                Tensor weight = phi.get(layer + ".weight");
                if (sizes.isEmpty()) {
                    sizes.add((int) weight.size(2));
                }
                sizes.add((int) weight.size(1));
            }
            network = new Mlp(
                    sizes,
                    Activation.valueOf(golden.text("activation").toUpperCase(Locale.ROOT)),
                    Initializer.FAN_IN_UNIFORM);
            order = golden.list("phi.tensors");
        }

        @Override
        public Params begin(Params theta, Episodes tasks, StepContext context) {
            return phi;
        }

        private Tensor error(Params theta, Params weights, Tensor x, Tensor y) {
            return Losses.squaredError(
                    network.apply(weights, x.mul(theta.get("log_scale").exp())), y);
        }

        @Override
        Tensor loss(Params theta, Params weights, Episodes tasks) {
            Tensor loss = error(theta, weights, tasks.supportX(), tasks.supportY());
            for (int j = 0; j < order.size(); j++) {
                Tensor w = weights.get(order.get(j)).flatten(1);
                Tensor strength = theta.get("log_decay").select(0, j).exp().mul(0.5);
                loss = loss.add(w.square().sum(1).mul(strength));
            }
            return loss;
        }

        @Override
        Tensor judge(Params theta, Params weights, Episodes tasks) {
            return error(theta, weights, tasks.queryX(), tasks.queryY());
        }
    }

    /** L = (x - 1)^2 + theta x^2, F = (x - 1/2)^2. */
    private static final class Parabola extends Watched {
        Parabola(Scope scope) {
            super(scope);
        }

        @Override
        public Params begin(Params theta, Episodes tasks, StepContext context) {
            return Params.of("x", Tensors.zerosLike(theta.get("theta")).unsqueeze(0));
        }

        @Override
        Tensor loss(Params theta, Params phi, Episodes tasks) {
            Tensor x = phi.get("x");
            return x.sub(1).square().add(x.square().mul(theta.get("theta"))).sum(1);
        }

        @Override
        Tensor judge(Params theta, Params phi, Episodes tasks) {
            return phi.get("x").sub(0.5).square().sum(1);
        }
    }

    @TestFactory
    Stream<DynamicTest> files() {
        return Golden.tests(getClass(), List.of("evograd"), golden -> {
            try (Scope s = Scope.open()) {
                network(golden, s);
                parabola(golden, s);
            }
        });
    }

    private static EvoGrad estimator(int copies, double sigma, double tau) {
        return new EvoGrad(copies, sigma, tau, EvoGrad.Noise.NORMAL, false);
    }

    private static void network(Golden golden, Scope scope) {
        Episodes tasks = new Episodes(
                golden.tensor("support.x"),
                golden.tensor("support.y"),
                golden.tensor("query.x"),
                golden.tensor("query.y"),
                0);
        for (String e : golden.list("estimators")) {
            int copies = golden.integer("estimator." + e + ".copies");
            // The file has each task's copies in a row, the estimator one set of tasks after the other.
            Params noise = golden.params("noise.k" + copies).map(t -> copyMajor(t));
            Watched learner = new Scaled(golden, scope);
            Estimate estimate = estimator(copies, golden.number("sigma"), golden.number("tau"))
                    .estimate(
                            new Lifetime<>(learner, golden.params("theta"), tasks, TaskContext.training(1)),
                            (weights, k, context) -> noise);
            String expected = "expect." + e;
            golden.check(expected + ".meta_loss", estimate.losses());
            golden.checkAll(expected + ".grad", estimate.gradient().mul(1.0 / tasks.size()));
            watched(golden, expected, learner, copies, tasks.size(), golden.number("tau"));
            golden.checkAll(expected + ".merged", learner.merged);
            golden.checkAll(
                    expected + ".grad",
                    eachByItself(golden, scope, tasks, copies, noise).mul(1.0 / tasks.size()));
        }
    }

    /** The sum of the gradients of tasks that are estimated one at a time, whose copies come one by one. */
    private static Params eachByItself(Golden golden, Scope scope, Episodes tasks, int copies, Params noise) {
        Params sum = golden.params("theta").zerosLike();
        for (int i = 0; i < tasks.size(); i++) {
            int task = i;
            Params own = noise.map(t -> Tensors.stack(
                    IntStream.range(0, copies)
                            .mapToObj(k -> t.select(0, (long) k * tasks.size() + task))
                            .toList(),
                    0));
            Estimate estimate = estimator(copies, golden.number("sigma"), golden.number("tau"))
                    .estimate(
                            new Lifetime<>(
                                    new Scaled(golden, scope, task),
                                    golden.params("theta"),
                                    tasks.slice(task, task + 1),
                                    TaskContext.training(1)),
                            (weights, k, context) -> own);
            sum = sum.add(estimate.gradient());
        }
        return sum;
    }

    private static Tensor copyMajor(Tensor t) {
        long[] rest = t.shape();
        long[] shape = new long[rest.length - 1];
        System.arraycopy(rest, 1, shape, 0, shape.length);
        shape[0] = -1;
        return t.transpose(0, 1).reshape(shape);
    }

    private static void watched(Golden golden, String expected, Watched learner, int copies, int tasks, double tau) {
        Tensor losses =
                Tensors.cat(learner.copyLosses, 0).reshape(copies, tasks).transpose(0, 1);
        golden.check(expected + ".copy_loss", losses);
        golden.check(expected + ".weight", losses.div(-tau).softmax(1));
    }

    private static void parabola(Golden golden, Scope scope) {
        Tensor copies = golden.tensor("scalar.copies");
        int number = (int) copies.size(0);
        Tensor nothing = Tensor.of(new double[] {0}, 1, 1, 1);
        Watched learner = new Parabola(scope);
        Estimate estimate = estimator(number, 1, golden.number("scalar.tau"))
                .estimate(
                        new Lifetime<>(
                                learner,
                                Params.of("theta", Tensor.of(new double[] {golden.number("scalar.theta")}, 1)),
                                new Episodes(nothing, nothing, nothing, nothing, 0),
                                TaskContext.training(1)),
                        (weights, k, context) -> Params.of("x", copies.unsqueeze(1)));
        golden.checkAll("scalar.expect.grad", estimate.gradient());
        Tensor losses = Tensors.cat(learner.copyLosses, 0);
        golden.check("scalar.expect.loss", losses);
        golden.check(
                "scalar.expect.weight", losses.div(-golden.number("scalar.tau")).softmax(0));
        golden.check("scalar.expect.merged", learner.merged.get("x").reshape(-1));
    }
}
