package org.deutero.methods.lpg;

import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.optim.Adam;
import org.deutero.tensor.optim.Optimizer;
import org.deutero.tensor.optim.Sgd;

/**
 * How agents move along their gradients: policy and prediction each clipped by the norm of their own gradient, lifetime by lifetime, and only then multiplied by their rate. Differentiable.
 *
 * @param optimizer direction from gradient
 * @param clip largest norm of a gradient
 * @param policyRate step size of the policy
 * @param predictionRate step size of the prediction
 */
public record AgentSteps(Optimizer optimizer, double clip, double policyRate, double predictionRate) {
    /** Where the policy is in an agent. */
    public static final String POLICY = "policy";

    /** Where the prediction is in an agent. */
    public static final String PREDICTION = "prediction";

    /** Adam that can be differentiated from the first step on: what is added to the second moment stands inside of the root. */
    public static final Adam ADAM = new Adam(0.9, 0.999, 0, 1e-8, 0);

    /** Plain steps, for tables. */
    public static AgentSteps sgd(double clip, double policyRate, double predictionRate) {
        return new AgentSteps(Sgd.PLAIN, clip, policyRate, predictionRate);
    }

    /**
     * One step of all lifetimes.
     *
     * @param agent parameters, [lifetimes, ...]
     * @param gradients likewise
     * @param slots of the optimiser
     * @param step number of the step, from 0
     * @param pace factor on the policy's rate for each lifetime, [lifetimes]; null for 1
     */
    Optimizer.Update step(Params agent, Params gradients, Params slots, int step, Tensor pace) {
        Params clipped = clipped(gradients, POLICY).with(clipped(gradients, PREDICTION));
        Optimizer.Direction direction = optimizer.direction(clipped, slots, agent, step);
        Params way = direction.direction();
        Params policy = way.child(POLICY).mul(policyRate);
        Params scaled = (pace == null ? policy : policy.mulPerTask(pace))
                .under(POLICY)
                .with(way.child(PREDICTION).mul(predictionRate).under(PREDICTION));
        return new Optimizer.Update(agent.sub(scaled), direction.state());
    }

    private Params clipped(Params gradients, String part) {
        Params own = gradients.child(part);
        if (own.isEmpty()) {
            return Params.EMPTY;
        }
        // At least the bound, so that shorter gradients stay as they are and nothing is divided by 0.
        Tensor norm =
                own.dotPerTask(own).clamp(clip * clip, Double.POSITIVE_INFINITY).sqrt();
        return own.mulPerTask(norm.pow(-1).mul(clip)).under(part);
    }
}
