package org.deutero.tasks.bandit;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Bandits that have something in common; the same number of features and arms at least. */
@FunctionalInterface
public interface BanditFamily {
    /** Wheels with delta uniform in [0, 1). */
    BanditFamily WHEELS = rng -> new WheelBandit(rng.nextDouble());

    /** A member. */
    ContextualBandit draw(RandomGenerator rng);

    /** So many members, drawn once; each draw is one of them. */
    default BanditFamily limited(int members, RandomGenerator rng) {
        List<ContextualBandit> all =
                IntStream.range(0, members).mapToObj(i -> draw(rng)).toList();
        return r -> all.get((int) (r.nextDouble() * members));
    }
}
