package org.deutero.tasks.grid;

/**
 * Something that lies on a grid.
 *
 * @param reward for collecting it
 * @param end probability that collecting it ends the episode; those of all that is collected in a step add up
 * @param respawn probability in every step that it comes back after it was collected
 */
public record Item(double reward, double end, double respawn) {
    /** Refuses what is no probability. */
    public Item {
        if (!(end >= 0 && end <= 1 && respawn >= 0 && respawn <= 1)) {
            throw new IllegalArgumentException("an object that ends the episode with probability " + end
                    + " and comes back with " + respawn + " cannot be: expected both within 0 and 1");
        }
    }
}
