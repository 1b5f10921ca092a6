package org.deutero.methods.metagenrl;

/**
 * What happens when in the lifetime of an agent, in steps of a life.
 *
 * @param delay steps from one update of the policy to the next, each of which trains the critics once
 * @param batch segments of an update
 * @param judgedFrom after how many steps an objective is judged, since critics must be worth asking
 * @param criticUntil until when the policy follows the critic alone in meta-training
 * @param objectiveFrom from when on it follows the objective alone; in between, the shares change evenly
 */
public record Pace(int delay, int batch, long judgedFrom, long criticUntil, long objectiveFrom) {
    /** Refuses updates without steps or segments, and handing over backwards. */
    public Pace {
        if (delay < 1 || batch < 1 || criticUntil > objectiveFrom) {
            throw new IllegalArgumentException("an update needs at least 1 step and 1 segment, not " + delay + " and "
                    + batch + ", and the critic hands over before the objective is alone, not at " + criticUntil
                    + " and " + objectiveFrom);
        }
    }

    /** The share of the objective in what policies follow in meta-training, in [0, 1]. */
    public double share(long taken) {
        return taken >= objectiveFrom ? 1 : Math.max(0, (double) (taken - criticUntil) / (objectiveFrom - criticUntil));
    }
}
