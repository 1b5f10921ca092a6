package org.deutero.methods.maml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.TaskContext;
import org.deutero.learn.capability.GradientLearner;
import org.deutero.learn.gradient.Unroll;
import org.deutero.learn.gradient.adjoint.MixedMode;
import org.deutero.learn.gradient.adjoint.Store;
import org.deutero.learn.gradient.adjoint.Sweep;
import org.deutero.learn.meta.Estimate;
import org.deutero.learn.meta.MetaGradient;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.Losses;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.nn.Network;
import org.deutero.tensor.optim.Adam;
import org.deutero.tensor.optim.Optimizer;
import org.deutero.tensor.optim.Rates;
import org.deutero.tensor.optim.Sgd;
import org.deutero.testkit.Golden;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Meta-gradients through momentum, Nesterov and Adam, whose slots every exact estimator must carry. */
class InnerOptimisersGoldenTest {
    @TestFactory
    Stream<DynamicTest> files() {
        return Golden.tests(getClass(), List.of("maml_inner_optimisers"), InnerOptimisersGoldenTest::check);
    }

    private static void check(Golden golden) {
        Network network = GoldenNetworks.mlp(golden);
        Episodes tasks = GoldenNetworks.tasks(golden);
        List<String> estimators = golden.list("estimators");
        assertThat(estimators).isNotEmpty();
        for (String e : estimators) {
            String setting = "estimator." + e + ".";
            Descent learner = new Descent(network, optimizer(golden, setting), golden.integer(setting + "steps"));
            Params weights = golden.params("theta").filter(name -> !name.endsWith("log_rate"));
            Params theta = weights.with(Params.of("log_rate", golden.tensor("theta." + e + ".log_rate")));
            for (MetaGradient exact :
                    List.of(Unroll.FULL, Sweep.ALL, Sweep.SQRT, new MixedMode(Store.ALL), new MixedMode(Store.SQRT))) {
                Estimate estimate = exact.estimate(learner, theta, tasks, TaskContext.training(1));
                GoldenNetworks.compare(golden, e, estimate);
            }
        }
    }

    private static Optimizer optimizer(Golden golden, String setting) {
        return switch (golden.text(setting + "kind")) {
            case "inner_momentum" -> new Sgd(golden.number(setting + "momentum"), false);
            case "inner_nesterov" -> new Sgd(golden.number(setting + "momentum"), true);
            case "inner_adam" ->
                new Adam(
                        golden.number(setting + "beta1"),
                        golden.number(setting + "beta2"),
                        golden.number(setting + "eps"),
                        golden.number(setting + "eps_root"),
                        0);
            default -> throw new AssertionError("unknown kind " + golden.text(setting + "kind"));
        };
    }

    /** MAML whose rate is exp of a meta-parameter. */
    private record Descent(Network network, Optimizer optimizer, int steps) implements GradientLearner<Episodes> {
        @Override
        public Params metaParameters(java.util.random.RandomGenerator rng) {
            throw new AssertionError("the file gives the parameters");
        }

        @Override
        public Params begin(Params theta, Episodes tasks, StepContext context) {
            Params weights = theta.filter(name -> !name.equals("log_rate")).expand(tasks.size());
            return weights.under("w").with(optimizer.init(weights).under("slots"));
        }

        @Override
        public Params weights(Params phi) {
            return phi.filter(name -> name.startsWith("w."));
        }

        @Override
        public Tensor innerLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
            return Losses.squaredError(network.apply(phi.child("w"), tasks.supportX()), tasks.supportY());
        }

        @Override
        public Step update(Params theta, Params phi, Params gradient, Episodes tasks, StepContext context) {
            Tensor rate = theta.get("log_rate").exp();
            Rates rates = (params, direction) -> params.zip(direction, (p, d) -> p.sub(d.mul(rate)));
            Optimizer.Update update =
                    optimizer.update(gradient.child("w"), phi.child("slots"), phi.child("w"), rates, context.step());
            return Step.of(update.params().under("w").with(update.state().under("slots")));
        }

        @Override
        public int steps(Episodes tasks) {
            return steps;
        }

        @Override
        public Tensor metaLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
            return Losses.squaredError(network.apply(phi.child("w"), tasks.queryX()), tasks.queryY());
        }
    }
}
