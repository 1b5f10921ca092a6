package org.deutero.methods.lpg;

import org.deutero.learn.StepContext;
import org.deutero.options.OptionsException;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.DType;
import org.deutero.tensor.GradMode;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;

/**
 * What a learned objective does to an agent in the next update of a lifetime, state by state: for a picture. Arrays of states without a visit hold 0; of pictures on a grid, state numbers are cells plus cells times which objects exist.
 *
 * @param visits how many times an action was taken in a state, [states][actions]
 * @param policy probabilities of actions before the update, [states][actions]
 * @param policyTarget mean pi_hat of the visits, [states][actions]; what is below 0 makes the action likelier, since agents descend pi_hat log pi
 * @param policyAfter probabilities of actions after the update, [states][actions]
 * @param prediction before the update, [states][bins]
 * @param predictionTarget mean y_hat of the visits, [states][bins]
 */
@SuppressWarnings("ArrayRecordComponent") // data for a picture; nobody compares them
public record TargetsByState(
        double[][] visits,
        double[][] policy,
        double[][] policyTarget,
        double[][] policyAfter,
        double[][] prediction,
        double[][] predictionTarget) {
    /**
     * Looks at the next update of a lifetime, without making it.
     *
     * @param lpg of agents that are tables
     * @param phi where the lifetimes stand
     * @param lifetime of the batch to look at
     * @param context of the next step
     */
    public static TargetsByState of(
            Lpg lpg, Params theta, Params phi, Worlds tasks, int lifetime, StepContext context) {
        if (!(lpg.update().body() instanceof Body.Table table)) {
            throw new OptionsException("only agents that are tables can be looked at state by state");
        }
        try (Scope s = Scope.open()) {
            Lpg.Looked looked = GradMode.off(() -> lpg.look(theta, phi, tasks, context));
            Experience lived = looked.lived();
            Targets targets = looked.updated().targets();
            double[][] policy = rows(Lpg.agent(phi).child(AgentSteps.POLICY), lifetime);
            int states = table.states();
            int actions = policy[0].length;
            int bins = lpg.update().network().bins();
            long[] seen = lived.seen().select(0, lifetime).longs();
            long[] action = lived.action().select(0, lifetime).longs();
            double[] pi = doubles(targets.policy().select(0, lifetime));
            double[] y = doubles(targets.prediction().select(0, lifetime));
            double[][] visits = new double[states][actions];
            double[][] policyTarget = new double[states][actions];
            double[][] predictionTarget = new double[states][bins];
            for (int i = 0; i < seen.length; i++) {
                int state = (int) seen[i];
                visits[state][(int) action[i]]++;
                policyTarget[state][(int) action[i]] += pi[i];
                for (int b = 0; b < bins; b++) {
                    predictionTarget[state][b] += y[i * bins + b];
                }
            }
            for (int state = 0; state < states; state++) {
                double all = 0;
                for (int a = 0; a < actions; a++) {
                    all += visits[state][a];
                    policyTarget[state][a] /= Math.max(1, visits[state][a]);
                }
                for (int b = 0; b < bins; b++) {
                    predictionTarget[state][b] /= Math.max(1, all);
                }
            }
            return new TargetsByState(
                    visits,
                    policy,
                    policyTarget,
                    rows(looked.updated().agent().child(AgentSteps.POLICY), lifetime),
                    rows(Lpg.agent(phi).child(AgentSteps.PREDICTION), lifetime),
                    predictionTarget);
        }
    }

    private static double[] doubles(Tensor tensor) {
        return tensor.detach().to(DType.FLOAT64).doubles();
    }

    private static double[][] rows(Params own, int lifetime) {
        Tensor rows = Body.Table.all(own).select(0, lifetime).softmax(1);
        return rows.unbind(0).stream().map(TargetsByState::doubles).toArray(double[][]::new);
    }
}
