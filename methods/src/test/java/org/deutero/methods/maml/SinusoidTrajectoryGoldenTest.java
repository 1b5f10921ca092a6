package org.deutero.methods.maml;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.deutero.learn.Contribution;
import org.deutero.learn.Descent;
import org.deutero.learn.GradientMetaAlgorithm;
import org.deutero.learn.MetaAlgorithm;
import org.deutero.learn.MetaGradient;
import org.deutero.learn.MetaState;
import org.deutero.learn.TaskContext;
import org.deutero.learn.gradient.MixedMode;
import org.deutero.learn.gradient.Store;
import org.deutero.learn.gradient.Sweep;
import org.deutero.learn.gradient.Unroll;
import org.deutero.methods.QueryStatistics;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.Objective;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.optim.Adam;
import org.deutero.tensor.optim.Sgd;
import org.deutero.testkit.Golden;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Outer steps of second-order MAML on sinusoids, through the whole meta-algorithm with its outer Adam. */
class SinusoidTrajectoryGoldenTest {
    @TestFactory
    Stream<DynamicTest> files() {
        return Golden.tests(getClass(), List.of("maml_sinusoid_trajectory"), golden -> {
            for (MetaGradient exact : List.of(Unroll.FULL, Sweep.ALL, Sweep.SQRT, new MixedMode(Store.ALL))) {
                check(golden, exact);
            }
        });
    }

    private static void check(Golden golden, MetaGradient exact) {
        int steps = golden.integer("inner.steps");
        Maml learner = new Maml(
                GoldenNetworks.mlp(golden),
                Objective.SQUARED_ERROR,
                Adaptation.ALL,
                InnerLoop.of(Sgd.PLAIN, golden.number("inner.rate"), steps, steps),
                QueryStatistics.BATCH,
                DType.FLOAT64);
        Adam adam =
                new Adam(golden.number("outer.beta1"), golden.number("outer.beta2"), golden.number("outer.eps"), 0, 0);
        var algorithm = new GradientMetaAlgorithm<>(learner, exact, Descent.of(adam, golden.number("outer.rate")));
        Params theta = golden.params("theta");
        MetaState state = new MetaState(0, theta, adam.init(theta), Params.EMPTY);
        List<Tensor> before = new ArrayList<>();
        List<Tensor> after = new ArrayList<>();
        List<Double> means = new ArrayList<>();
        for (int i = 0; i < golden.integer("outer.steps"); i++) {
            Episodes tasks = new Episodes(
                    golden.tensor("support.x").select(1, i),
                    golden.tensor("support.y").select(1, i),
                    golden.tensor("query.x").select(1, i),
                    golden.tensor("query.y").select(1, i),
                    0);
            var context = TaskContext.training(0).at(0, false);
            before.add(learner.metaLoss(state.theta(), learner.begin(state.theta(), tasks, context), tasks, context));
            after.add(exact.estimate(learner, state.theta(), tasks, TaskContext.training(0))
                    .losses());
            // Two shards, as a trainer with workers would have.
            int half = tasks.size() / 2;
            List<Contribution> shards = List.of(
                    algorithm.contribute(state, tasks.slice(0, half), 0),
                    algorithm.contribute(state, tasks.slice(half, tasks.size()), 0));
            MetaAlgorithm.Outcome outcome = algorithm.update(state, shards);
            means.add(outcome.loss());
            state = outcome.state();
        }
        golden.check("expect.trajectory.loss_before_adaptation", Tensors.stack(before, 1));
        golden.check("expect.trajectory.meta_loss", Tensors.stack(after, 1));
        golden.check(
                "expect.trajectory.mean_loss",
                Tensor.of(means.stream().mapToDouble(Double::doubleValue).toArray(), means.size()));
        golden.checkAll("expect.trajectory.final", state.theta());
    }
}
