package org.deutero.learn.capability;

import org.deutero.learn.StepContext;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.Params;

/** A learner whose agents are tables of numbered states and are taught by a learned objective, so that what it does to them can be looked at state by state. */
@FunctionalInterface
public interface StatewiseObjective {
    /**
     * What one update does to an agent.
     *
     * @param visits how many times an action was taken in a state, [states][actions]
     * @param push by which the objective makes the action likelier, mean over these; below 0 where it makes it less likely
     */
    @SuppressWarnings("ArrayRecordComponent") // data for a picture; nobody compares them
    record Pushes(double[][] visits, double[][] push) {}

    /**
     * Looks at the next update of a lifetime without making it.
     *
     * @param phi where the lifetimes stand
     * @param lifetime of the batch to look at
     * @param context of the next step
     */
    Pushes pushes(Params theta, Params phi, Worlds tasks, int lifetime, StepContext context);
}
