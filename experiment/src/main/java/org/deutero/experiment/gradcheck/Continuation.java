package org.deutero.experiment.gradcheck;

import org.deutero.learn.gradient.Phases;
import org.deutero.tensor.Params;

/**
 * Follows the minimum of L + beta F from that of L, in steps so short that Newton's method falls straight to the bottom: a longer one could end in another valley. Where no step is short enough the
 * minimum has come to its end.
 */
final class Continuation {
    private static final int ITERATIONS = 12;
    /** Shortest step, as a share of the strength to be reached. */
    private static final double SHORTEST = 1.0 / 256;

    private final Phases<?> phases;
    private Params phi;
    private double at;
    private int lost;

    /** Begins at strength 0. */
    Continuation(Phases<?> phases, Params minimum) {
        this.phases = phases;
        this.phi = minimum;
    }

    /** The minimum at the strength reached, in the scope that was open on the way. */
    Params phi() {
        return phi;
    }

    /** In how many tasks the last step could not be taken. */
    int lost() {
        return lost;
    }

    /** Goes on to a strength, away from 0; false if the minimum does not last that long. */
    boolean follow(double strength) {
        double step = strength - at;
        while (at != strength) {
            boolean last = Math.abs(step) >= Math.abs(strength - at);
            double next = last ? strength : at + step;
            Phases.Minimum found = phases.settled(phi, next, ITERATIONS);
            if (found.nearest()) {
                phi = found.phi();
                at = next;
                step *= 2;
            } else {
                lost = Math.max(found.unsettled(), found.strayed());
                step = (next - at) / 2;
                if (Math.abs(step) < SHORTEST * Math.abs(strength)) {
                    return false;
                }
            }
        }
        return true;
    }
}
