package org.deutero.methods.imaml;

import java.util.random.RandomGenerator;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.capability.GradientLearner;
import org.deutero.methods.QueryStatistics;
import org.deutero.methods.imaml.Proximity.Course;
import org.deutero.methods.maml.Adaptation;
import org.deutero.methods.maml.AdaptedNetwork;
import org.deutero.methods.maml.InnerLoop;
import org.deutero.methods.maml.Maml;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.Objective;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.nn.Network;
import org.deutero.tensor.optim.Sgd;

/**
 * Implicit MAML (Rajeswaran, Finn, Kakade, Levine 2019, arXiv 1909.04630): each task minimises L(phi; support) + lambda/2 |phi - theta|^2 from phi =
 * theta, by any solver; theta is learned so that the query loss at the minimum is small.
 *
 * <p>At the minimum the gradient needs no path: implicit differentiation of the inner loss gives (I + H/lambda)^{-1} grad F (their lemma 1), H the
 * Hessian of L alone. Goes with an implicit estimator, which asks {@link #innerLoss} after the last step. Every estimator that fits a {@link GradientLearner} works, though.
 *
 * <p>Fast state: that of {@link Maml}, all weights [tasks, ...].
 *
 * @param network whose parameters are learned
 * @param objective inner and outer loss
 * @param inner the solver: rule, rate and numbers of steps, without learned rates
 * @param proximity the pull towards theta
 * @param queryStatistics of batch normalisation when the learner is used
 * @param dtype of all numbers
 */
public record ImplicitMaml(
        Network network,
        Objective objective,
        InnerLoop inner,
        Proximity proximity,
        QueryStatistics queryStatistics,
        DType dtype)
        implements AdaptedNetwork {

    /** Refuses rates that are learned: the implicit gradient would be zero for them. */
    public ImplicitMaml {
        if (inner.granularity() != InnerLoop.Granularity.FIXED) {
            throw new IllegalArgumentException(
                    "the minimum of the inner loss does not depend on rates, so they cannot be learned");
        }
    }

    /** All but the pull is MAML. */
    private Maml maml(InnerLoop loop) {
        return new Maml(network, objective, Adaptation.ALL, loop, queryStatistics, dtype);
    }

    @Override
    public Maml maml() {
        return maml(inner);
    }

    @Override
    public Params metaParameters(RandomGenerator rng) {
        return maml().metaParameters(rng);
    }

    @Override
    public Params begin(Params theta, Episodes tasks, StepContext context) {
        return maml().begin(theta, tasks, context);
    }

    /** The loss of the step, and after the last step the one that implicit differentiation is to be taken of. */
    @Override
    public Tensor innerLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
        double lambda = pull(context);
        if (isPullAlone(context)) {
            return pull(theta, phi, lambda, tasks, context);
        }
        Tensor loss = maml().innerLoss(theta, phi, tasks, context);
        return lambda == 0 ? loss : loss.add(pull(theta, phi, lambda, tasks, context));
    }

    @Override
    public double pull(StepContext context) {
        double lambda = proximity.lambda(context.training());
        if (proximity.course() == Course.EVERY_STEP || isPullAlone(context)) {
            return lambda;
        }
        return context.step() < descents(context) ? 0 : lambda + Proximity.RELEASED_OFFSET;
    }

    /** lambda/2 |phi - theta|^2 over all weights, [tasks]. */
    private Tensor pull(Params theta, Params phi, double lambda, Episodes tasks, StepContext context) {
        Params away = weights(phi).sub(context.forTasks(theta, tasks.size()));
        return away.dotPerTask(away).mul(lambda / 2);
    }

    private int descents(StepContext context) {
        return context.training() ? inner.steps() : inner.evaluationSteps();
    }

    private boolean isPullAlone(StepContext context) {
        return proximity.course() == Course.RELEASED
                && context.step() == descents(context)
                && proximity.extraSteps(context.training()) == 1;
    }

    @Override
    public Step update(Params theta, Params phi, Params gradient, Episodes tasks, StepContext context) {
        // The step on the pull alone is plain gradient descent, whatever the solver; its slots stay as they are.
        Maml rule = isPullAlone(context)
                ? maml(InnerLoop.of(Sgd.PLAIN, inner.rate(), inner.steps(), inner.evaluationSteps()))
                : maml();
        return rule.update(theta, phi, gradient, tasks, context);
    }

    @Override
    public int steps(Episodes tasks) {
        return inner.steps() + proximity.extraSteps(true);
    }

    @Override
    public int evaluationSteps(Episodes tasks) {
        return inner.evaluationSteps() + proximity.extraSteps(false);
    }

    @Override
    public Tensor metaLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
        return maml().metaLoss(theta, phi, tasks, context);
    }
}
