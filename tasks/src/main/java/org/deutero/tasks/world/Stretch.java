package org.deutero.tasks.world;

import java.util.random.RandomGenerator;
import org.deutero.tasks.ArraySize;
import org.deutero.tasks.Chance;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/**
 * What some steps of all lives have met, in a world of primitive arrays that numbers its states, under a policy that is a table. The numbers are those that as many calls of {@link Worlds#step} give, at a small part of their cost.
 *
 * <p>All tensors are [lifetimes, copies, steps].
 *
 * @param lives after the last step
 * @param seen numbers of the states before steps, int64
 * @param reached numbers of the states that steps have led to, int64: where an episode ended, its last state, not the first of the next one
 * @param action numbers of actions, int64
 * @param reward of steps
 * @param terminated 1 where the world ended the episode
 * @param truncated 1 where time did
 */
public record Stretch(
        Params lives, Tensor seen, Tensor reached, Tensor action, Tensor reward, Tensor terminated, Tensor truncated) {
    /** 1 where an episode has ended. */
    public Tensor ended() {
        return terminated.add(truncated);
    }

    /** Whether lives in these worlds can be lived so. */
    public static boolean possible(Worlds worlds) {
        return worlds.world() instanceof ArrayWorld world && world.dynamics().numberedStates() > 0;
    }

    /**
     * Lives some steps.
     *
     * @param worlds to live in, of an {@link ArrayWorld} with numbered states and episodes without end
     * @param lives before the first step
     * @param policy probabilities of actions, [lifetimes, states, actions]; may have more states than the world
     * @param luck uniform in [0, 1), [lifetimes, copies, steps]: an action is chosen where the sum of probabilities passes it
     * @param from number of the first step in the lifetime
     * @param steps to live
     */
    public static Stretch live(Worlds worlds, Params lives, Tensor policy, double[] luck, int from, int steps) {
        if (!possible(worlds) || worlds.episodes() != 0) {
            throw new IllegalArgumentException(
                    "a table of actions needs a world of arrays that numbers its states, with episodes without end");
        }
        return new Walk(worlds, lives, policy, luck, from, steps).walk();
    }

    /** The loop, and what it changes. */
    private static final class Walk {
        private final Worlds worlds;
        private final ArrayWorld world;
        private final Dynamics dynamics;
        private final DType dtype;
        private final int actions;
        private final int states;
        private final double[] policy;
        private final double[] luck;
        private final int from;
        private final int steps;
        private final double[] state;
        private final double[] time;
        private final double[] episode;
        private final double[] earned;

        Walk(Worlds worlds, Params lives, Tensor policy, double[] luck, int from, int steps) {
            this.worlds = worlds;
            this.world = (ArrayWorld) worlds.world();
            this.dynamics = world.dynamics();
            this.dtype = lives.get(Worlds.TIME).dtype();
            this.states = (int) policy.size(1);
            this.actions = (int) policy.size(2);
            this.policy = doubles(policy);
            this.luck = luck;
            this.from = from;
            this.steps = steps;
            this.state = lives.child(Worlds.STATE).get(ArrayWorld.LIFE).doubles();
            this.time = doubles(lives.get(Worlds.TIME));
            this.episode = doubles(lives.get(Worlds.EPISODE));
            this.earned = doubles(lives.get(Worlds.RETURN));
        }

        private static double[] doubles(Tensor tensor) {
            return tensor.detach().to(DType.FLOAT64).doubles();
        }

        Stretch walk() {
            int all = time.length;
            int copies = worlds.copies();
            int k = dynamics.state();
            double[] given = world.given();
            long[] seen = new long[ArraySize.of(all, steps)];
            long[] reached = new long[ArraySize.of(all, steps)];
            long[] chosen = new long[ArraySize.of(all, steps)];
            double[] reward = new double[ArraySize.of(all, steps)];
            double[] terminated = new double[ArraySize.of(all, steps)];
            double[] truncated = new double[ArraySize.of(all, steps)];
            double[] action = new double[1];
            for (int t = 0; t < steps; t++) {
                Chance step = new Chance(worlds.seeds(), copies, from + t, Chance.Purpose.STEP);
                Chance again = new Chance(worlds.seeds(), copies, from + t + 1, Chance.Purpose.START);
                for (int life = 0; life < all; life++) {
                    int lifetime = life / copies;
                    int g = lifetime * dynamics.given();
                    int s = life * k;
                    int at = life * steps + t;
                    int number = dynamics.number(given, g, state, s);
                    seen[at] = number;
                    chosen[at] = choose((lifetime * states + number) * actions, luck[at]);
                    action[0] = chosen[at];
                    reward[at] = dynamics.step(given, g, state, s, action, 0, step.of(lifetime, life % copies));
                    reached[at] = dynamics.number(given, g, state, s);
                    time[life]++;
                    earned[life] = rounded(earned[life] + rounded(reward[at]));
                    if (dynamics.terminated(given, g, state, s)) {
                        terminated[at] = 1;
                    } else if (time[life] >= dynamics.limit(given, g)) {
                        truncated[at] = 1;
                    } else {
                        continue;
                    }
                    time[life] = 0;
                    episode[life]++;
                    RandomGenerator chance = again.of(lifetime, life % copies);
                    dynamics.begin(given, g, state, s, chance);
                }
            }
            return new Stretch(
                    lives(),
                    numbers(seen),
                    numbers(reached),
                    numbers(chosen),
                    of(reward),
                    of(terminated),
                    of(truncated));
        }

        /** Sums of rewards are kept in the type of the lives. */
        private double rounded(double value) {
            return dtype == DType.FLOAT32 ? (float) value : value;
        }

        private int choose(int row, double u) {
            double sum = 0;
            for (int a = 0; a < actions - 1; a++) {
                sum += policy[row + a];
                if (u < sum) {
                    return a;
                }
            }
            return actions - 1;
        }

        private Params lives() {
            int copies = worlds.copies();
            int n = worlds.size();
            return Params.of(ArrayWorld.LIFE, Tensor.of(state, n, copies, dynamics.state()))
                    .under(Worlds.STATE)
                    .with(Params.builder()
                            .put(Worlds.TIME, Tensor.of(time, n, copies).to(dtype))
                            .put(Worlds.EPISODE, Tensor.of(episode, n, copies).to(dtype))
                            .put(Worlds.RETURN, Tensor.of(earned, n, copies).to(dtype))
                            .build());
        }

        private Tensor of(double[] values) {
            return Tensor.of(values, worlds.size(), worlds.copies(), steps).to(dtype);
        }

        private Tensor numbers(long[] values) {
            return Tensor.of(values, worlds.size(), worlds.copies(), steps);
        }
    }
}
