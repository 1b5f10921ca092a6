package org.deutero.methods;

import org.deutero.options.OptionsException;
import org.deutero.tasks.world.Worlds;

/** Refuses what a lifetime is too short for, before anything of that size is made. */
public final class WithinLifetime {
    private WithinLifetime() {}

    /**
     * Demands that so many steps of the world fit into a lifetime.
     *
     * @param key of a recipe that says how many
     * @throws OptionsException if they do not
     */
    public static void require(String key, long steps, Worlds tasks) {
        require(key, steps, tasks.steps(), "a lifetime has " + tasks.steps() + " steps");
    }

    /**
     * Demands that a number is no larger than what a lifetime has.
     *
     * @param most the largest number
     * @param what a clause that says why
     * @throws OptionsException if it is larger
     */
    public static void require(String key, long number, long most, String what) {
        if (number > most) {
            throw new OptionsException(key + " is " + number + ", but " + what + "; expected at most " + most);
        }
    }
}
