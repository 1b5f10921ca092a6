package org.deutero.tasks.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.deutero.options.OptionKey;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tasks.bandit.BernoulliArms;
import org.deutero.tasks.grid.FixedGrid;
import org.deutero.tasks.grid.GridWorld;
import org.deutero.tasks.grid.Item;
import org.deutero.tasks.grid.Level;
import org.deutero.tasks.grid.Levels;
import org.deutero.tasks.grid.Moves;
import org.deutero.tasks.mdp.RandomMdp;
import org.deutero.tasks.source.NamedSource;
import org.deutero.tasks.world.Lifetimes;
import org.deutero.tasks.world.Tabular;
import org.deutero.tensor.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What cannot be is refused while a recipe is read, in a sentence with the keys as the recipe writes them. */
class RefusalsTest {
    private static final Pattern KEY = Pattern.compile("tasks(?:\\.[a-z][a-z-]*)+");

    static Stream<Arguments> sizes() {
        List<Integer> manyObjects = Stream.generate(() -> List.of(1, 0, 0))
                .limit(70)
                .flatMap(List::stream)
                .toList();
        return Stream.of(
                refused(
                        "random-mdp",
                        Map.of("states", 10_000, "choices", 100),
                        "tasks.states is 10000",
                        "tasks.choices"),
                refused(
                        "random-mdp",
                        Map.of("episodes", 1_000_000, "horizon", 1_000_000),
                        "tasks.episodes is 1000000",
                        "has 1000000000000",
                        "tasks.steps"),
                refused("cart-pole", Map.of("episodes", 1_000_000, "horizon", 10_000), "tasks.episodes is 1000000"),
                refused("dark-room", Map.of("episodes", 1_000_000, "horizon", 10_000), "tasks.episodes is 1000000"),
                refused("dark-room", Map.of("size", 1000, "copies", 10_000), "tasks.copies is 10000", "at most 2147"),
                refused("key-to-door", Map.of("size", 1000, "copies", 10_000), "tasks.copies is 10000"),
                refused("grid-world", Map.of("objects", manyObjects), "tasks.objects", "121 cells with 70 objects"),
                refused(
                        "grid-world",
                        Map.of("layout", "random", "width", 1000, "height", 1000, "copies", 10_000),
                        "tasks.copies is 10000"),
                refused("bernoulli-bandit", Map.of("arms", 10_000, "rounds", 1_000_000), "tasks.rounds (1000000)"),
                refused(
                        "bernoulli-bandit",
                        Map.of("train-arms", List.of(2, 10_000), "train-rounds", 1_000_000),
                        "tasks.train-rounds (1000000) x tasks.train-arms (10000)"),
                refused("gaussian-bandit", Map.of("arms", 10_000, "rounds", 1_000_000), "tasks.arms (10000)"),
                refused("linear-bandit", Map.of("arms", 10_000, "rounds", 1_000_000), "tasks.arms (10000)"),
                refused("normal-pairs", Map.of("inputs", 1_000_000, "support", 10_000_000), "tasks.support (10000000)"),
                refused("normal-pairs", Map.of("outputs", 1_000_000, "queries", 10_000), "tasks.queries (10000)"),
                refused("gaussians", Map.of("features", 1_000_000, "support", 10_000), "tasks.support (10000)"),
                refused("noisy-prototypes", Map.of("features", 1_000_000, "way", 3000), "tasks.way (3000)"),
                refused("symbol-pairs", Map.of("keys", 1_000_000, "pairs", 3000), "tasks.pairs (3000)"),
                refused("binary-pairs", Map.of("cue", 1_000_000, "pairs", 3000), "tasks.pairs (3000)"),
                refused(
                        "binary-patterns",
                        Map.of("bits", 1_000_000, "cycles", 1_000_000, "patterns", 1_000_000, "shown", 1_000_000),
                        "more than 2^63"));
    }

    static Stream<Arguments> nonsense() {
        return Stream.of(
                refused("cue-reward", Map.of("bits", 2, "cues", 5), "tasks.cues is 5", "at most 4", "tasks.bits 2"),
                refused("cue-reward", Map.of("shown", 4), "tasks.shown is 4, but expected fewer than tasks.cues"),
                refused("cue-reward", Map.of("trial", 2), "tasks.trial is 2, but expected more than tasks.shown"),
                refused("cue-reward", Map.of("bits", 99), "tasks.bits must be a whole number"),
                refused("grid-world", Map.of("width", 0), "tasks.width must be a whole number"),
                refused("grid-world", Map.of("objects", List.of(1, 2, 0)), "tasks.objects, object 1"),
                refused("grid-world", Map.of("objects", List.of(1, 2)), "tasks.objects has 2 numbers"),
                refused("grid-world", Map.of("width", 2, "height", 2), "tasks.width, tasks.height", "no room"),
                refused("world-mixture", Map.of("chain", Map.of("distraction", 3)), "tasks.chain.distraction is 3"),
                refused(
                        "world-mixture",
                        Map.of("test-chain", Map.of("distraction", 3)),
                        "tasks.test-chain.distraction is 3"),
                refused("world-mixture", Map.of("grid", Map.of("layout", "random")), "tasks.grid.layout is random"),
                refused(
                        "world-mixture",
                        Map.of("test-grid", Map.of("layout", "random")),
                        "tasks.test-grid.layout is random"),
                refused(
                        "world-mixture",
                        Map.of("test-grid", Map.of("objects", List.of(1, 2, 0))),
                        "tasks.test-grid.objects, object 1"),
                refused(
                        "gaussian-process",
                        Map.of("train-fewest", 9, "train-most", 3, "train-total", 20),
                        "tasks.train-fewest, tasks.train-most",
                        "a set of 9 to 3 points"),
                refused(
                        "gaussian-process",
                        Map.of("length-least", 2, "length", 1),
                        "tasks.length-least, tasks.length",
                        "above the largest"),
                refused("image-completion", Map.of("shot", 1000), "tasks.shot", "784 pixels cannot show 1000"),
                refused(
                        "symbol-pairs",
                        Map.of("keys", 2, "pairs", 3),
                        "tasks.keys, tasks.values, tasks.pairs",
                        "without repeated keys"),
                refused("binary-pairs", Map.of("train-fewest", 5, "train-most", 4), "tasks.train-fewest"),
                refused(
                        "identified-sinusoid",
                        Map.of("identities", 5, "train-identities", 6),
                        "tasks.identities, tasks.train-identities"),
                refused("plane", Map.of("way", 3), "tasks.way is 3", "xor, a family of tasks.train-families"),
                refused(
                        "plane",
                        Map.of("way", 3, "train-families", "blobs"),
                        "tasks.way is 3",
                        "or, a family of tasks.families"),
                refused("plane", Map.of("families", List.of()), "tasks.families is empty"));
    }

    private static Arguments refused(String source, Map<String, Object> keys, String... phrases) {
        return Arguments.of(source, keys, List.of(phrases));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource({"sizes", "nonsense"})
    void keysAreNamed(String source, Map<String, Object> keys, List<String> phrases) {
        NamedSource named = new BuiltInSources()
                .sources().stream()
                        .filter(s -> s.name().equals(source))
                        .findFirst()
                        .orElseThrow();
        Options o = Options.at("tasks", keys);
        OptionsException refusal = catchThrowableOfType(
                OptionsException.class, () -> named.reader().apply(o));
        assertThat(refusal).isNotNull();
        assertThat(refusal.getMessage()).contains(phrases);
        Set<String> known = o.describe().stream().map(OptionKey::path).collect(Collectors.toSet());
        List<String> told = KEY.matcher(refusal.getMessage())
                .results()
                .map(MatchResult::group)
                .toList();
        assertThat(told).as(refusal.getMessage()).isNotEmpty();
        // A key that was refused as it was asked for counts as asked for.
        known.addAll(keys.keySet().stream().map(key -> "tasks." + key).toList());
        assertThat(known).as(refusal.getMessage()).containsAll(told);
    }

    /** Whoever writes Java is told the same without keys. */
    @Test
    void worldsAreNoLargerThanArrays() {
        assertThatThrownBy(() -> new RandomMdp(50_000, 50_000, 1))
                .hasMessageContaining("50000 x 50000 x 50001 numbers");
        assertThatThrownBy(() -> Lifetimes.trials(new RandomMdp(2, 2, 1_000_000), 1, 1_000_000))
                .hasMessageContaining("1000000 x 1000000 numbers");
        assertThatThrownBy(() -> new BernoulliArms(List.of(1000), 1_000_000).sample(100, new SplittableRandom(1)))
                .hasMessageContaining("100000 x 1000000 numbers");
        Level large = new Level(1000, 1000, 9, List.of(new Item(1, 0, 0)), Set.of());
        FixedGrid grid = FixedGrid.of(large);
        try (Scope s = Scope.open()) {
            Tabular world = (Tabular) Lifetimes.trials(grid, 1, 1)
                    .sample(1, new SplittableRandom(1))
                    .world();
            assertThatThrownBy(world::tables).hasMessageContaining("1 x 2000000 x 5 x 2000000 numbers");
        }
        // 2^32 and 2^64 do not come round to few states again.
        for (int items : new int[] {24, 32, 64, 70}) {
            Level level = new Level(50, 50, 9, Collections.nCopies(items, new Item(1, 0, 0)), Set.of());
            assertThatThrownBy(() -> FixedGrid.of(level)).hasMessageContaining("more states than a table can hold");
        }
        Levels many = Levels.of(new Level(1000, 1000, 9, Collections.nCopies(500_000, new Item(1, 0, 0)), Set.of()));
        assertThatThrownBy(() -> new GridWorld(many, Moves.FIVE, GridWorld.Layout.RANDOM, false))
                .hasMessageContaining("1000000 x 500001 numbers");
        assertThatThrownBy(() -> new Level(100_000, 100_000, 9, List.of(), Set.of()))
                .hasMessageContaining("100000 x 100000");
    }
}
