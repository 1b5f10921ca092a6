package org.deutero.methods.policy;

/**
 * How much a policy practises.
 *
 * @param steps updates in meta-training
 * @param trajectories episodes of every update, and of the judgement after the last
 * @param rate step size
 * @param evaluationSteps updates when the learner is used
 * @param evaluationTrajectories episodes of every update then
 * @param laterRate step size of all updates but the first then
 */
public record Practice(
        int steps, int trajectories, double rate, int evaluationSteps, int evaluationTrajectories, double laterRate) {
    /** The same in meta-training and in use. */
    public Practice(int steps, int trajectories, double rate) {
        this(steps, trajectories, rate, steps, trajectories, rate);
    }

    int trajectories(boolean training) {
        return training ? trajectories : evaluationTrajectories;
    }

    double rate(boolean training, int step) {
        return training || step == 0 ? rate : laterRate;
    }
}
