package org.deutero.tasks.disguise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tasks.TaskSource;
import org.deutero.tasks.bandit.ArmSettings;
import org.deutero.tasks.bandit.BernoulliArms;
import org.deutero.tasks.bandit.ContinuousBandits;
import org.deutero.tasks.control.Aim;
import org.deutero.tasks.control.CartPoleTasks;
import org.deutero.tasks.control.ControlSettings;
import org.deutero.tasks.control.PointMass;
import org.deutero.tasks.disguise.Wardrobe.Rewards;
import org.deutero.tasks.grid.FixedGrid;
import org.deutero.tasks.grid.GridWorld;
import org.deutero.tasks.grid.Moves;
import org.deutero.tasks.grid.VariedLevels;
import org.deutero.tasks.mdp.RandomMdp;
import org.deutero.tasks.source.WorldSettings;
import org.deutero.tasks.world.Actions;
import org.deutero.tasks.world.Dynamics;
import org.deutero.tasks.world.Foreseen;
import org.deutero.tasks.world.Lifetimes;
import org.deutero.tasks.world.Mixture;
import org.deutero.tasks.world.TabularDynamics;
import org.deutero.tasks.world.Transition;
import org.deutero.tasks.world.World;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Under a mask, the same life is lived: what was changed is changed back by hand. */
@SuppressWarnings("try") // scopes are opened for their effect
class DisguisesTest {
    private static final Wardrobe ALL = new Wardrobe(List.of(), List.of(), 2, true, true, true, Rewards.SWAPPED);

    static Stream<TaskSource<Worlds>> sources() {
        return Stream.of(
                Lifetimes.trials(new RandomMdp(4, 3, 5), 2, 3),
                Lifetimes.trials(new PointMass(Aim.VELOCITY, 4), 2, 2),
                new CartPoleTasks(30, CartPoleTasks.Polarity.BOTH, 2),
                new BernoulliArms(List.of(4), 6),
                new ContinuousBandits(3, 2, 0.1, 2, 6));
    }

    /** The lifetimes without their mask. */
    private static Worlds bare(Worlds masked) {
        return new Worlds(
                ((Disguised) masked.world()).world(),
                masked.seeds(),
                masked.copies(),
                masked.episodes(),
                masked.steps());
    }

    private static Tensor actions(Worlds worlds, SplittableRandom rng) {
        int lives = worlds.size() * worlds.copies();
        if (worlds.world().shape().actions() instanceof Actions.Box box) {
            double[] numbers = rng.doubles((long) lives * box.numbers(), -1, 1).toArray();
            return Tensor.of(numbers, worlds.size(), worlds.copies(), box.numbers());
        }
        long[] numbers = rng.longs(lives, 0, worlds.world().shape().choices()).toArray();
        return Tensor.of(numbers, worlds.size(), worlds.copies());
    }

    /** Worlds of arrays and of tensors, choices and vectors. */
    @ParameterizedTest
    @MethodSource("sources")
    void aLifeInDisguiseIsTheSameLife(TaskSource<Worlds> source) {
        try (Scope s = Scope.open()) {
            Worlds masked = new Disguises(source, ALL).sample(3, new SplittableRandom(4));
            Worlds bare = bare(masked);
            Mask mask = ((Disguised) masked.world()).mask();
            int n = bare.world().shape().observations();
            assertThat(masked.world().shape().observations()).isEqualTo(n + 2);
            long[] order = mask.observations().longs();
            long[] does = mask.actions().longs();
            int outputs = does.length / 3;
            SplittableRandom rng = new SplittableRandom(9);
            Params lives = masked.begin(DType.FLOAT64);
            Params same = bare.begin(DType.FLOAT64);
            for (int t = 0; t < masked.steps(); t++) {
                double[] seen = masked.observe(lives, t).doubles();
                double[] plain = bare.observe(same, t).doubles();
                for (int i = 0; i < seen.length; i++) {
                    int life = i / (n + 2);
                    int at = (int) order[life / masked.copies() * (n + 2) + i % (n + 2)];
                    if (at < n) {
                        assertThat(seen[i]).isEqualTo(plain[life * n + at]);
                    } else {
                        assertThat(Math.abs(seen[i])).isBetween(1e-9, 6.0);
                    }
                }
                Tensor action = actions(masked, rng);
                Transition next = masked.step(lives, action, t);
                Transition plainly = bare.step(same, undone(action, does, outputs, masked.copies()), t);
                lives = next.lives();
                same = plainly.lives();
                assertThat(next.reward().doubles())
                        .containsExactly(plainly.reward().neg().doubles());
                assertThat(next.ended().doubles())
                        .containsExactly(plainly.ended().doubles());
            }
        }
    }

    private static Tensor undone(Tensor action, long[] does, int outputs, int copies) {
        if (action.dtype() == DType.INT64) {
            long[] numbers = action.longs();
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = does[i / copies * outputs + (int) numbers[i]];
            }
            return Tensor.of(numbers, action.shape());
        }
        double[] numbers = action.doubles();
        double[] done = new double[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            int life = i / outputs;
            done[life * outputs + (int) does[life / copies * outputs + i % outputs]] = numbers[i];
        }
        return Tensor.of(done, action.shape());
    }

    /** Each lifetime of a varied grid has its own time: episodes of a disguised one end by time when those of the same life without a mask do. */
    @Test
    void lifetimesKeepTheirLimits() {
        try (Scope s = Scope.open()) {
            FixedGrid grid = new FixedGrid(new GridWorld(new VariedLevels(), Moves.FIVE, GridWorld.Layout.FIXED, true));
            Wardrobe swapped = new Wardrobe(List.of(), List.of(), 0, false, false, false, Rewards.SWAPPED);
            Worlds masked = new Disguises(new Lifetimes(grid, 1, 0, 130), swapped).sample(6, new SplittableRandom(4));
            Worlds bare = bare(masked);
            SplittableRandom rng = new SplittableRandom(9);
            Params lives = masked.begin(DType.FLOAT64);
            Params same = bare.begin(DType.FLOAT64);
            double truncated = 0;
            for (int t = 0; t < masked.steps(); t++) {
                Tensor action = actions(masked, rng);
                Transition next = masked.step(lives, action, t);
                Transition plainly = bare.step(same, action, t);
                assertThat(next.truncated().doubles())
                        .as("step %d", t)
                        .containsExactly(plainly.truncated().doubles());
                truncated += next.truncated().sum().item();
                lives = next.lives();
                same = plainly.lives();
            }
            assertThat(truncated).as("times that were up").isGreaterThan(2);
            assertThat(masked.slice(1, 3).world().limits().orElseThrow().doubles())
                    .containsExactly(
                            bare.world().limits().orElseThrow().slice(0, 1, 3).doubles());
        }
    }

    /** What stands around something else must not fall back on what the interface does by default. */
    @Test
    void nothingIsLeftToDefaults() {
        for (Map.Entry<Class<?>, Class<?>> wrapper : Map.<Class<?>, Class<?>>of(
                        Disguised.class, World.class,
                        DisguisedBandit.class, Foreseen.class,
                        Mixture.class, Dynamics.class,
                        FixedGrid.class, TabularDynamics.class)
                .entrySet()) {
            for (Method method : wrapper.getValue().getMethods()) {
                assertThat(inherits(wrapper.getKey(), method))
                        .as("%s of %s", method.getName(), wrapper.getKey().getSimpleName())
                        .isFalse();
            }
        }
    }

    /** Whether a class inherits the default of a method. */
    private static boolean inherits(Class<?> wrapper, Method method) {
        try {
            return wrapper.getMethod(method.getName(), method.getParameterTypes())
                    .isDefault();
        } catch (NoSuchMethodException e) {
            throw new AssertionError(e);
        }
    }

    /** What an arm would pay is told of the agent's arm. */
    @Test
    void aBanditInDisguiseForeseesWhatItPays() {
        try (Scope s = Scope.open()) {
            Worlds masked = new Disguises(new BernoulliArms(List.of(4), 6), ALL).sample(20, new SplittableRandom(4));
            Foreseen world = (Foreseen) masked.world();
            SplittableRandom rng = new SplittableRandom(2);
            Params lives = masked.begin(DType.FLOAT32);
            for (int t = 0; t < 6; t++) {
                Tensor action = actions(masked, rng);
                Transition next = masked.step(lives, action, t);
                assertThat(world.pays(t).gather(1, action).doubles())
                        .containsExactly(next.reward().doubles());
                lives = next.lives();
            }
            double[] expected = world.expected(0).doubles();
            assertThat(Arrays.stream(expected).max().orElseThrow()).isLessThanOrEqualTo(0);
            Foreseen bare = (Foreseen) bare(masked).world();
            assertThat(Arrays.stream(expected).sorted().map(x -> -x).sum())
                    .isCloseTo(Arrays.stream(bare.expected(0).doubles()).sum(), within(1e-12));
            assertThat(expected).isNotEqualTo(bare.expected(0).neg().doubles());
        }
    }

    @ParameterizedTest
    @MethodSource("sources")
    void lifetimesDoNotDependOnTheBatchThatTheyAreIn(TaskSource<Worlds> source) {
        try (Scope s = Scope.open()) {
            Wardrobe either = new Wardrobe(List.of(), List.of(), 2, true, true, true, Rewards.EITHER);
            Disguises disguises = new Disguises(source, either);
            double[] all = lived(disguises.sample(7, new SplittableRandom(2)));
            SplittableRandom rng = new SplittableRandom(2);
            assertThat(all).startsWith(lived(disguises.sample(2, rng))).endsWith(lived(disguises.sample(5, rng)));
            Worlds again = disguises.sample(7, new SplittableRandom(2));
            int numbers = all.length / 7;
            assertThat(lived(again.slice(2, 6))).containsExactly(Arrays.copyOfRange(all, 2 * numbers, 6 * numbers));
            assertThat(lived(again.repeat(2))).startsWith(all).endsWith(all);
        }
    }

    /** Rewards and all that is seen, [lifetimes, steps, ...]. */
    private static double[] lived(Worlds worlds) {
        int steps = Math.min(worlds.steps(), 7);
        Tensor[] told = new Tensor[2 * steps];
        Params lives = worlds.begin(DType.FLOAT64);
        for (int t = 0; t < steps; t++) {
            told[2 * t] = worlds.observe(lives, t).reshape(worlds.size(), -1);
            boolean choice = !(worlds.world().shape().actions() instanceof Actions.Box);
            Tensor action = choice
                    ? Tensor.of(new long[] {t % 2}, 1, 1).expand(worlds.size(), worlds.copies())
                    : Tensor.of(new double[] {0.1 * t, 0.5}, 1, 1, 2).expand(worlds.size(), worlds.copies(), -1);
            Transition next = worlds.step(lives, action.contiguous(), t);
            lives = next.lives();
            told[2 * t + 1] = next.reward().reshape(worlds.size(), -1);
        }
        return Tensors.cat(Arrays.asList(told), 1).doubles();
    }

    /** Orders are of each lifetime's own, and all of them are drawn. */
    @Test
    void everyOrderComes() {
        try (Scope s = Scope.open()) {
            Worlds masked = new Disguises(Lifetimes.trials(new RandomMdp(4, 3, 5), 1, 1), ALL)
                    .sample(100, new SplittableRandom(4));
            long[] does = ((Disguised) masked.world()).mask().actions().longs();
            long orders = IntStream.range(0, 100)
                    .mapToLong(i -> does[3 * i] * 9 + does[3 * i + 1] * 3 + does[3 * i + 2])
                    .distinct()
                    .count();
            assertThat(orders).isEqualTo(6);
        }
    }

    @Test
    void keysSayWhatIsDisguisedWhere() {
        try (Scope s = Scope.open()) {
            Options o = Options.at(
                    "tasks",
                    Map.of(
                            "observation-center",
                            List.of(1.0, 0.0, 0.0, 0.0),
                            "observation-scale",
                            List.of(1.0, 1.0, 1.0, 3.0),
                            "shuffle-actions",
                            "test",
                            "extra-observations",
                            1));
            WorldSettings settings = DisguiseSettings.of(o, ControlSettings.cartPole(o));
            assertThat(settings.task().observations()).isEqualTo(5);
            assertThat(settings.parts()).containsOnlyKeys("normal", "swapped", "plain");
            Worlds train = settings.train().sample(2, new SplittableRandom(1));
            Worlds plain = bare(train);
            double[] seen = train.observe(train.begin(DType.FLOAT64), 0).doubles();
            double[] was = plain.observe(plain.begin(DType.FLOAT64), 0).doubles();
            assertThat(Arrays.copyOf(seen, 5))
                    .containsExactly(new double[] {was[0] - 1, was[1], was[2], 3 * was[3], 0}, within(1e-12));
            Mask none = ((Disguised) train.world()).mask();
            assertThat(none.actions().longs()).containsExactly(0, 1, 0, 1);
            Worlds judged = settings.judged().sample(40, new SplittableRandom(1));
            assertThat(((Disguised) judged.world()).mask().actions().longs()).contains(1, 0, 0, 1);
        }
    }

    @Test
    void scalesOfAnotherWorldAreRefused() {
        Options o = Options.at("tasks", Map.of("observation-scale", List.of(1.0, 2.0)));
        assertThatThrownBy(() -> DisguiseSettings.of(o, ControlSettings.cartPole(o)))
                .isInstanceOf(OptionsException.class)
                .hasMessageContaining("observation-scale has 2 numbers, but 4 are seen of this world");
    }

    /** Batches of several numbers of arms cannot be joined; only where meta-training is in disguise are they. */
    @ParameterizedTest
    @CsvSource({"shuffle-actions, all", "shuffle-observations, all", "rewards, swapped", "extra-observations, 2"})
    void severalNumbersOfArmsInDisguiseAreRefused(String key, String value) {
        Options o = Options.at("tasks", Map.of("train-arms", List.of(5, 7), key, value));
        assertThatThrownBy(() -> DisguiseSettings.of(o, ArmSettings.bernoulli(o)))
                .isInstanceOf(OptionsException.class)
                .hasMessageContaining("tasks.train-arms is [5, 7]")
                .hasMessageContaining("tasks." + key);
    }

    @Test
    void severalNumbersOfArmsMayBeMetUndisguised() {
        Options o = Options.at("tasks", Map.of("train-arms", List.of(5, 7), "shuffle-actions", "test"));
        WorldSettings settings = DisguiseSettings.of(o, ArmSettings.bernoulli(o));
        assertThat(settings.train()).isEqualTo(new BernoulliArms(List.of(5, 7), 50));
        Options same = Options.at("tasks", Map.of("train-arms", List.of(5, 5), "shuffle-actions", "all"));
        assertThat(DisguiseSettings.of(same, ArmSettings.bernoulli(same)).train())
                .isInstanceOf(Disguises.class);
    }
}
