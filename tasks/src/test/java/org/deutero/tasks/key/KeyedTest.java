package org.deutero.tasks.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskSource;
import org.deutero.tasks.images.EpisodeSampler;
import org.deutero.tasks.images.LabelledImages;
import org.deutero.tasks.images.Regime;
import org.deutero.tasks.images.Rotation;
import org.deutero.tasks.source.TaskSet;
import org.deutero.tasks.source.TaskSettings;
import org.deutero.tasks.source.TaskSources;
import org.deutero.tasks.synthetic.Sinusoids;
import org.deutero.tensor.Scope;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // scopes are opened for their effect
class KeyedTest {
    private static final TaskSource<Episodes> CURVES = Sinusoids.of(3, 4);

    /** Six classes of four images of one pixel, 10 * class + item. */
    private static EpisodeSampler images(Regime regime) {
        LabelledImages.Builder builder = LabelledImages.builder("unique", 1, 1, 1);
        for (int c = 0; c < 6; c++) {
            builder.add(
                    "class" + c,
                    new byte[] {(byte) (10 * c), (byte) (10 * c + 1), (byte) (10 * c + 2), (byte) (10 * c + 3)});
        }
        List<Integer> all = IntStream.range(0, 6).boxed().toList();
        return new EpisodeSampler(builder.build(), all, 3, 2, 2, Rotation.NONE, regime);
    }

    private static int[] classes(Episodes e) {
        float[] pixels = e.supportX().floats();
        return IntStream.range(0, pixels.length)
                .map(i -> Math.round(pixels[i] * 255) / 10)
                .toArray();
    }

    /** One key for each episode, the same for support and query: the quotient is constant within tasks and differs between them. */
    @Test
    void supportAndQueryOfATaskShareOneKey() {
        try (Scope s = Scope.open()) {
            LabelKey key = new LabelKey.Scale(new KeyValues(1, 3, 0, false));
            Episodes scaled = new Keyed(CURVES, key).sample(40, new SplittableRandom(1));
            double least = 3;
            double most = 1;
            SplittableRandom rng = new SplittableRandom(1);
            for (int t = 0; t < 40; t++) {
                Episodes plain = CURVES.sample(1, rng);
                double drawn = 1 + 2 * rng.nextDouble(); // as the key draws it, after its task
                assertThat(scaled.supportY().select(0, t).doubles())
                        .containsExactly(plain.supportY().mul(drawn).doubles(), within(1e-5));
                assertThat(scaled.queryY().select(0, t).doubles())
                        .containsExactly(plain.queryY().mul(drawn).doubles(), within(1e-5));
                least = Math.min(least, drawn);
                most = Math.max(most, drawn);
            }
            assertThat(most - least).isGreaterThan(1.5);
        }
    }

    @Test
    void drawingInPartsGivesTheSameTasks() {
        try (Scope s = Scope.open()) {
            Keyed keyed = new Keyed(images(Regime.NON_EXCLUSIVE), new LabelKey.Permute());
            Episodes whole = keyed.sample(5, new SplittableRandom(3));
            SplittableRandom rng = new SplittableRandom(3);
            keyed.sample(2, rng);
            assertThat(keyed.sample(3, rng).supportX().floats())
                    .containsExactly(whole.slice(2, 5).supportX().floats());
        }
    }

    /** Items stand class by class again, and pictures keep to their labels: the same key for support and query. */
    @Test
    void permutedClassesStandInTheOrderOfTheirNewLabels() {
        try (Scope s = Scope.open()) {
            Episodes e = new Keyed(images(Regime.NON_EXCLUSIVE), new LabelKey.Permute())
                    .sample(100, new SplittableRandom(2));
            assertThat(e.supportY().select(0, 7).longs()).containsExactly(0, 0, 1, 1, 2, 2);
            float[] queries = e.queryX().floats();
            int[] support = classes(e);
            boolean[] first = new boolean[3];
            for (int i = 0; i < support.length; i++) {
                assertThat(support[i]).isEqualTo(support[i / 2 * 2]).isEqualTo(Math.round(queries[i] * 255) / 10);
                if (i % 6 == 0) {
                    first[support[i] % 3] = true;
                }
            }
            assertThat(first).containsOnly(true);
        }
    }

    @Test
    void regimesDecideWhichClassesMeetAndUnderWhichLabels() {
        try (Scope s = Scope.open()) {
            int[] fixed = classes(images(Regime.NON_EXCLUSIVE).sample(50, new SplittableRandom(1)));
            int[] shuffled = classes(images(Regime.INTRA_SHUFFLE).sample(50, new SplittableRandom(1)));
            int[] any = classes(images(Regime.INTER_SHUFFLE).sample(50, new SplittableRandom(1)));
            boolean mixed = false;
            boolean relabelled = false;
            for (int i = 0; i < fixed.length; i++) {
                assertThat(fixed[i] % 3).isEqualTo(i % 6 / 2);
                assertThat(fixed[i] / 3).isEqualTo(fixed[i / 6 * 6] / 3);
                assertThat(shuffled[i] / 3).isEqualTo(shuffled[i / 6 * 6] / 3);
                relabelled |= shuffled[i] % 3 != i % 6 / 2;
                mixed |= any[i] / 3 != any[i / 6 * 6] / 3;
            }
            assertThat(fixed).contains(0, 5);
            assertThat(relabelled).isTrue();
            assertThat(mixed).isTrue();
        }
    }

    @Test
    void equallySpacedKeysIncludeBothEndsUnlessTheyLieOnACircle() {
        SplittableRandom rng = new SplittableRandom(1);
        KeyValues sign = new KeyValues(-1, 1, 2, false);
        KeyValues quarters = new KeyValues(0, 1, 4, true);
        assertThat(rng.doubles(50).map(u -> sign.draw(rng)).distinct().sorted().toArray())
                .containsExactly(-1, 1);
        assertThat(rng.doubles(200)
                        .map(u -> quarters.draw(rng))
                        .distinct()
                        .sorted()
                        .toArray())
                .containsExactly(0, 0.25, 0.5, 0.75);
    }

    private static TaskSettings settings(String... pairs) {
        Map<String, Object> tree = new java.util.LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            tree.put(pairs[i], pairs[i + 1]);
        }
        Options o = Options.of(tree);
        return KeyedSettings.of(o, TaskSources.of(o));
    }

    @Test
    void onlyMetaTrainingIsScrambled() {
        TaskSet set = settings("source", "sinusoid", "label-key", "offset").load();
        TaskSet plain = settings("source", "sinusoid").load();
        assertThat(set.train()).isInstanceOf(Keyed.class);
        assertThat(set.test()).isEqualTo(plain.test());
        assertThat(set.validation()).isEqualTo(plain.validation());
        assertThat(plain.train()).isInstanceOf(Sinusoids.class);
    }

    @Test
    void keysFitTheLabels() {
        assertThatThrownBy(() -> settings("source", "sinusoid", "label-key", "permute"))
                .isInstanceOf(OptionsException.class)
                .hasMessageContaining("label-key");
        assertThatThrownBy(() -> settings("source", "omniglot", "label-key", "scale"))
                .isInstanceOf(OptionsException.class)
                .hasMessageContaining("label-key");
        assertThat(settings("source", "gaussian-process")).isNotInstanceOf(KeyedSettings.class);
    }
}
