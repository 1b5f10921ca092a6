package org.deutero.tasks.world;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Lifetimes in worlds of several families, of which each is in one, drawn with equal chance. Agents are built for the largest: what a smaller one shows is filled up with zeros, and a number of an action that it does not have counts as the remainder by how many it has.
 *
 * @param members the families, all with a choice of actions
 * @param shape for which agents are built, at least as large as every member's
 */
public record Mixture(List<Dynamics> members, WorldShape shape) implements Dynamics {
    /** Refuses agents that are too small. */
    public Mixture {
        members = List.copyOf(members);
        for (Dynamics member : members) {
            WorldShape own = member.shape();
            if (own.observations() > shape.observations()
                    || own.choices() > shape.choices()
                    || own.limit() > shape.limit()) {
                throw new IllegalArgumentException("a world of " + own + " does not fit into a mixture of " + shape);
            }
        }
        if (members.isEmpty()) {
            throw new IllegalArgumentException("a mixture needs at least one family of worlds");
        }
    }

    /** The smallest shape that all fit into. */
    public static WorldShape largest(List<Dynamics> members) {
        int observations = 0;
        int choices = 1;
        int limit = 1;
        for (Dynamics member : members) {
            observations = Math.max(observations, member.shape().observations());
            choices = Math.max(choices, member.shape().choices());
            limit = Math.max(limit, member.shape().limit());
        }
        return new WorldShape(observations, new Actions.Discrete(choices), limit);
    }

    private Dynamics member(double[] given, int g) {
        return members.get((int) given[g]);
    }

    @Override
    public int given() {
        return 1 + members.stream().mapToInt(Dynamics::given).max().orElseThrow();
    }

    @Override
    public int state() {
        return members.stream().mapToInt(Dynamics::state).max().orElseThrow();
    }

    @Override
    public void draw(RandomGenerator rng, double[] given, int g) {
        given[g] = rng.nextInt(members.size());
        member(given, g).draw(rng, given, g + 1);
    }

    @Override
    public void begin(double[] given, int g, double[] state, int s, RandomGenerator chance) {
        member(given, g).begin(given, g + 1, state, s, chance);
    }

    @Override
    public Optional<Frame> picture(double[] given, int g, double[] state, int s) {
        return member(given, g).picture(given, g + 1, state, s);
    }

    @Override
    public void observe(double[] given, int g, double[] state, int s, double[] seen, int o) {
        member(given, g).observe(given, g + 1, state, s, seen, o);
    }

    @Override
    public double step(double[] given, int g, double[] state, int s, double[] action, int a, RandomGenerator chance) {
        Dynamics member = member(given, g);
        double[] own = {action[a] % member.shape().choices()};
        return member.step(given, g + 1, state, s, own, 0, chance);
    }

    @Override
    public boolean terminated(double[] given, int g, double[] state, int s) {
        return member(given, g).terminated(given, g + 1, state, s);
    }

    @Override
    public int limit(double[] given, int g) {
        return member(given, g).limit(given, g + 1);
    }

    /** Those of the agent, if all members number theirs. */
    @Override
    public int numberedStates() {
        return members.stream().allMatch(member -> member.numberedStates() > 0) ? shape.observations() : 0;
    }

    @Override
    public int number(double[] given, int g, double[] state, int s) {
        return member(given, g).number(given, g + 1, state, s);
    }
}
