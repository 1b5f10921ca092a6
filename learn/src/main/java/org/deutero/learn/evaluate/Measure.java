package org.deutero.learn.evaluate;

import java.util.Optional;
import org.deutero.learn.Capability;
import org.deutero.learn.Predictor;
import org.deutero.learn.StepContext;
import org.deutero.learn.capability.Predictive;
import org.deutero.learn.capability.ProbabilisticLearner;
import org.deutero.options.OptionsException;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.Losses;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/**
 * How well outputs fit the queries of tasks.
 *
 * @param <T> tasks in a batch
 */
@SuppressWarnings("ClassInitializationDeadlock") // nobody but these constants makes the first OutputMeasure
public interface Measure<T extends TaskBatch<T>> {
    /** Share of queries whose largest logit is at the label, in [0, 1]. */
    Measure<Episodes> ACCURACY =
            new OutputMeasure("accuracy", true, (outputs, tasks) -> Losses.accuracy(outputs, tasks.queryY()));

    /** Mean cross-entropy over queries, in nats. */
    Measure<Episodes> CROSS_ENTROPY =
            new OutputMeasure("cross-entropy", false, (outputs, tasks) -> Losses.crossEntropy(outputs, tasks.queryY()));

    /** Mean squared error over queries and outputs. */
    Measure<Episodes> SQUARED_ERROR =
            new OutputMeasure("mse", false, (outputs, tasks) -> Losses.squaredError(outputs, tasks.queryY()));

    /** Mean squared error at the points that were shown: whether a learner of functions keeps to what it was told. */
    Measure<Episodes> SHOWN_SQUARED_ERROR = new Measure<>() {
        @Override
        public String name() {
            return "mse-shown";
        }

        @Override
        public boolean higherIsBetter() {
            return false;
        }

        @Override
        public Tensor outputs(
                Predictor<Episodes> learner, Params theta, Params phi, Episodes tasks, StepContext context) {
            Episodes shown =
                    new Episodes(tasks.supportX(), tasks.supportY(), tasks.supportX(), tasks.supportY(), tasks.way());
            return learner.predict(theta, phi, shown, context);
        }

        @Override
        public Tensor of(Tensor outputs, Episodes tasks) {
            return Losses.squaredError(outputs, tasks.supportY());
        }
    };

    /** Minus the log density of each target by itself, mean over queries, in nats; of a {@link ProbabilisticLearner}. */
    Measure<Episodes> NEGATIVE_LOG_LIKELIHOOD = new Measure<>() {
        @Override
        public String name() {
            return "nll";
        }

        @Override
        public boolean higherIsBetter() {
            return false;
        }

        @Override
        public Tensor outputs(
                Predictor<Episodes> learner, Params theta, Params phi, Episodes tasks, StepContext context) {
            Optional<ProbabilisticLearner<Episodes>> able = Capability.of(learner, ProbabilisticLearner.class);
            return able.orElseThrow(
                            () -> new OptionsException("a likelihood needs a learner that predicts a distribution"))
                    .predictive(theta, phi, tasks, context)
                    .packed();
        }

        /** @param outputs a {@link Predictive}, packed */
        @Override
        public Tensor of(Tensor outputs, Episodes tasks) {
            return Predictive.unpacked(outputs)
                    .logDensity(tasks.queryY())
                    .mean(1)
                    .neg();
        }
    };

    /** Squared error of the reward expected of the arm that was pulled, mean over queries; targets are arm and reward. */
    Measure<Episodes> REWARD_ERROR = new OutputMeasure(
            "reward-mse", false, (outputs, tasks) -> Losses.chosenSquaredError(outputs, tasks.queryY()));

    /** Half the squared distance of outputs to the unit vector of the class, mean over queries. */
    Measure<Episodes> HALF_SQUARED_DISTANCE = new OutputMeasure(
            "half-squared-distance",
            false,
            (outputs, tasks) ->
                    Losses.halfSquaredDistance(outputs, tasks.queryY().oneHot(tasks.way(), outputs.dtype())));

    /** Share of outputs on the wrong side of 0, for targets of +1 and -1. */
    Measure<Episodes> BIT_ERROR =
            new OutputMeasure("bit-error", false, (outputs, tasks) -> Losses.bitError(outputs, tasks.queryY()));

    /** Name in reports and metrics. */
    String name();

    /** Whether more is better. */
    boolean higherIsBetter();

    /** Why a learner cannot be measured so, as far as that is known before it has learned anything. */
    default Optional<String> misfit(Predictor<T> learner) {
        return Optional.empty();
    }

    /** What is measured of a learner: as a rule, its predictions for the queries. */
    default Tensor outputs(Predictor<T> learner, Params theta, Params phi, T tasks, StepContext context) {
        return learner.predict(theta, phi, tasks, context);
    }

    /** One number a task, [tasks]; not finite for a task whose outputs are not numbers, which so counts as diverged. */
    Tensor of(Tensor outputs, T tasks);
}
