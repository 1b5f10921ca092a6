package org.deutero.tasks.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.deutero.tasks.Chance;
import org.deutero.tasks.mdp.RandomMdp;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Many lives at once, each as it would be alone. */
@SuppressWarnings("try") // scopes are opened for their effect
class WorldsTest {
    private static final RandomMdp MDP = new RandomMdp(4, 3, 5);

    private static Tensor actions(long lifetimes, long copies, long same) {
        long[] numbers = new long[(int) (lifetimes * copies)];
        Arrays.fill(numbers, same);
        return Tensor.of(numbers, lifetimes, copies);
    }

    /** Returns after all steps, [lifetimes, copies], of lives that take action t mod 3. */
    private static double[] lived(Worlds worlds) {
        Params lives = worlds.begin(DType.FLOAT64);
        for (int t = 0; t < worlds.steps(); t++) {
            lives = worlds.step(lives, actions(worlds.size(), worlds.copies(), t % 3), t)
                    .lives();
        }
        return Worlds.returns(lives).doubles();
    }

    @Test
    void aStepThatIsRunAgainGivesTheSameBits() {
        try (Scope s = Scope.open()) {
            Worlds worlds = Lifetimes.trials(MDP, 3, 2).sample(4, new SplittableRandom(1));
            Params[] states = new Params[worlds.steps() + 1];
            states[0] = worlds.begin(DType.FLOAT32);
            for (int t = 0; t < worlds.steps(); t++) {
                states[t + 1] = worlds.step(states[t], actions(4, 3, t % 3), t).lives();
            }
            for (int t = worlds.steps() - 1; t >= 0; t--) {
                Params again = worlds.step(states[t], actions(4, 3, t % 3), t).lives();
                assertThat(again.to(DType.FLOAT64).flatten().doubles())
                        .containsExactly(
                                states[t + 1].to(DType.FLOAT64).flatten().doubles());
            }
        }
    }

    @Test
    void lifetimesDoNotDependOnTheBatchThatTheyAreIn() {
        try (Scope s = Scope.open()) {
            Worlds worlds = Lifetimes.trials(MDP, 2, 3).sample(6, new SplittableRandom(1));
            double[] all = lived(worlds);
            assertThat(lived(worlds.slice(2, 5))).containsExactly(Arrays.copyOfRange(all, 4, 10));
            double[] twice = lived(worlds.repeat(2));
            assertThat(twice).startsWith(all).endsWith(all).hasSize(24);
            // Fewer copies are the first of many; all differ.
            Worlds one = new Worlds(worlds.world(), worlds.seeds(), 1, 3, worlds.steps());
            double[] first = lived(one);
            for (int i = 0; i < 6; i++) {
                assertThat(first[i]).isEqualTo(all[2 * i]).isNotEqualTo(all[2 * i + 1]);
            }
        }
    }

    @Test
    void drawingInPartsGivesTheSameLifetimes() {
        try (Scope s = Scope.open()) {
            Lifetimes source = Lifetimes.trials(MDP, 2, 3);
            SplittableRandom rng = new SplittableRandom(2);
            double[] all = lived(source.sample(5, new SplittableRandom(2)));
            double[] first = lived(source.sample(2, rng));
            double[] rest = lived(source.sample(3, rng));
            assertThat(all).startsWith(first).endsWith(rest).hasSize(10);
        }
    }

    /** Joined lifetimes keep what they are given, in a mixture the family of each; those of other dynamics are not taken for the same. */
    @Test
    void joinedLifetimesAreLivedAsBefore() {
        try (Scope s = Scope.open()) {
            RandomMdp other = new RandomMdp(3, 2, 4);
            Dynamics mixture = new Mixture(List.of(MDP, other), Mixture.largest(List.of(MDP, other)));
            for (Dynamics dynamics : List.of(MDP, mixture)) {
                Worlds worlds = Lifetimes.trials(dynamics, 2, 3).sample(6, new SplittableRandom(1));
                World joined = worlds.world()
                        .slice(0, 1)
                        .join(List.of(worlds.world().slice(1, 4), worlds.world().slice(4, 6)));
                assertThat(lived(new Worlds(joined, worlds.seeds(), 2, 3, worlds.steps())))
                        .containsExactly(lived(worlds));
            }
            World mdp = Lifetimes.trials(MDP, 1, 1)
                    .sample(1, new SplittableRandom(1))
                    .world();
            World longer = Lifetimes.trials(new RandomMdp(4, 3, 6), 1, 1)
                    .sample(1, new SplittableRandom(1))
                    .world();
            assertThatThrownBy(() -> mdp.join(List.of(longer))).hasMessageContaining("expected the same dynamics");
        }
    }

    /** A world in which what is done is seen, the reward is the number of steps so far, and action 1 ends the episode. */
    private record Counter(int limit) implements Dynamics {
        @Override
        public WorldShape shape() {
            return new WorldShape(2, new Actions.Discrete(2), limit);
        }

        @Override
        public int given() {
            return 1;
        }

        @Override
        public int state() {
            return 2;
        }

        @Override
        public void draw(RandomGenerator rng, double[] given, int g) {
            given[g] = rng.nextInt(100);
        }

        @Override
        public void begin(double[] given, int g, double[] state, int s, RandomGenerator chance) {
            state[s] = given[g];
            state[s + 1] = 0;
        }

        @Override
        public void observe(double[] given, int g, double[] state, int s, double[] seen, int o) {
            seen[o] = state[s];
            seen[o + 1] = given[g];
        }

        @Override
        public double step(double[] given, int g, double[] state, int s, double[] action, int a, RandomGenerator c) {
            state[s]++;
            state[s + 1] = action[a];
            return state[s] - given[g];
        }

        @Override
        public boolean terminated(double[] given, int g, double[] state, int s) {
            return state[s + 1] == 1;
        }
    }

    /** Two copies: one is ended by the world after its second step, one by time after its third; then both begin again, until two episodes are over. */
    @Test
    void terminationAndTruncationAreTold() {
        try (Scope s = Scope.open()) {
            Worlds worlds = Lifetimes.trials(new Counter(3), 2, 2).sample(1, new SplittableRandom(1));
            double given = worlds.observe(worlds.begin(DType.FLOAT64), 0).doubles()[0];
            double[][] rewards = {{1, 1}, {2, 2}, {1, 3}, {2, 1}, {0, 2}, {0, 3}};
            double[][] terminated = {{0, 0}, {1, 0}, {0, 0}, {1, 0}, {0, 0}, {0, 0}};
            double[][] truncated = {{0, 0}, {0, 0}, {0, 1}, {0, 0}, {0, 0}, {0, 1}};
            double[][] seen = {{1, 1}, {0, 2}, {1, 0}, {2, 1}, {2, 2}, {2, 3}};
            double[][] reached = {{1, 1}, {2, 2}, {1, 3}, {2, 1}, {2, 2}, {2, 3}};
            Params lives = worlds.begin(DType.FLOAT64);
            for (int t = 0; t < 6; t++) {
                Transition next = worlds.step(lives, Tensor.of(new long[] {t % 2, 0}, 1, 2), t);
                assertThat(worlds.observe(next.reached(), t + 1)
                                .select(2, 0)
                                .sub(given)
                                .doubles())
                        .as("reached by step " + t)
                        .containsExactly(reached[t]);
                lives = next.lives();
                assertThat(next.reward().doubles()).as("step " + t).containsExactly(rewards[t]);
                assertThat(next.terminated().doubles()).containsExactly(terminated[t]);
                assertThat(next.truncated().doubles()).containsExactly(truncated[t]);
                assertThat(worlds.observe(lives, t + 1).select(2, 0).sub(given).doubles())
                        .as("after step " + t)
                        .containsExactly(seen[t]);
            }
            assertThat(Worlds.returns(lives).doubles()).containsExactly(6, 12);
            assertThat(worlds.alive(lives).doubles()).containsOnly(0);
        }
    }

    @Test
    void episodesWithoutEndBeginAgainUntilTheStepsAreUsed() {
        try (Scope s = Scope.open()) {
            Worlds worlds = new Lifetimes(new Counter(3), 1, 0, 100).sample(2, new SplittableRandom(1));
            Params lives = worlds.begin(DType.FLOAT64);
            for (int t = 0; t < 10; t++) {
                lives = worlds.step(lives, actions(2, 1, 0), t).lives();
                assertThat(worlds.alive(lives).doubles()).containsOnly(1);
            }
            assertThat(lives.get("episode").doubles()).containsOnly(3);
            assertThat(lives.get("time").doubles()).containsOnly(1);
        }
    }

    /** Whoever acts without looking earns 1 a step; states are entered as often as the rows of the table say. */
    @Test
    void aRandomProcessPaysAndMovesAsItsTableSays() {
        try (Scope s = Scope.open()) {
            int n = 2000;
            Worlds worlds = Lifetimes.trials(MDP, 1, 4).sample(n, new SplittableRandom(3));
            double[] returns = lived(worlds);
            double mean = Arrays.stream(returns).average().orElseThrow() / worlds.steps();
            // A return of 20 steps has a variance below 20 + 20^2, of noise and of means that are met again.
            assertThat(mean).isCloseTo(1, within(4 * Math.sqrt(420.0 / n) / 20));
            double[] given = new double[MDP.given()];
            MDP.draw(new SplittableRandom(4), given, 0);
            int many = 20_000;
            int[] entered = new int[4];
            double paid = 0;
            Chance chance = new Chance(new long[] {7}, many, 0, Chance.Purpose.STEP);
            for (int i = 0; i < many; i++) {
                double[] state = {2};
                paid += MDP.step(given, 0, state, 0, new double[] {1}, 0, chance.of(0, i));
                entered[(int) state[0]]++;
            }
            int row = (2 * 3 + 1) * 5;
            double before = 0;
            for (int next = 0; next < 4; next++) {
                double p = given[row + 1 + next] - before;
                before = given[row + 1 + next];
                assertThat(entered[next] / (double) many).isCloseTo(p, within(4 * Math.sqrt(p * (1 - p) / many)));
            }
            assertThat(before).isEqualTo(1);
            assertThat(paid / many).isCloseTo(given[row], within(4 / Math.sqrt(many)));
        }
    }

    /** Chance of neighbouring lives and steps is no chance of each other's: means and correlations of uniform numbers, to four standard errors. */
    @Test
    void chanceIsIndependent() {
        int n = 20_000;
        double[] lives = new double[n];
        double[] steps = new double[n];
        for (int i = 0; i < n; i++) {
            lives[i] = new Chance(new long[] {5}, n, 3, Chance.Purpose.STEP)
                            .of(0, i)
                            .nextDouble()
                    - 0.5;
            steps[i] = new Chance(new long[] {5}, n, i, Chance.Purpose.STEP)
                            .of(0, 3)
                            .nextDouble()
                    - 0.5;
        }
        double sum = 0;
        double neighbours = 0;
        double across = 0;
        for (int i = 0; i < n; i++) {
            sum += lives[i] + steps[i];
            neighbours += lives[i] * lives[(i + 1) % n] + steps[i] * steps[(i + 1) % n];
            across += lives[i] * steps[i];
        }
        double sd = Math.sqrt(n / 12.0);
        assertThat(sum).isCloseTo(0, within(4 * sd * Math.sqrt(2)));
        assertThat(neighbours).isCloseTo(0, within(4 * Math.sqrt(2.0 * n) / 12));
        assertThat(across).isCloseTo(0, within(4 * Math.sqrt(n) / 12));
    }

    @Test
    void emptyLifetimesAreRefused() {
        assertThatThrownBy(() -> new WorldShape(1, new Actions.Discrete(2), 0)).hasMessageContaining("at least 1 step");
        assertThatThrownBy(() -> new Actions.Discrete(0)).hasMessageContaining("at least 1 action");
        assertThatThrownBy(() -> new ArrayWorld(MDP, 2, new double[3])).hasMessageContaining("for each of 2 lifetimes");
        assertThatThrownBy(() -> new WorldShape(1, new Actions.Box(2, 1), 5).choices())
                .hasMessageContaining("actions of this world are vectors");
    }
}
