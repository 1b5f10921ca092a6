package org.deutero.tasks.omniglot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.deutero.tasks.ClassSplit;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.images.EpisodeSampler;
import org.deutero.tasks.images.LabelledImages;
import org.deutero.tasks.images.Picture;
import org.deutero.tasks.images.Resampling;
import org.deutero.tasks.images.Rotation;
import org.deutero.tensor.Scope;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // scopes are opened for their effect
class OmniglotTest {

    @Test
    void hasTheCountsOfThePublishedSet() {
        LabelledImages images = Omniglot.images();
        assertThat(images.classes()).isEqualTo(1623);
        assertThat(images.total()).isEqualTo(32_460);
        assertThat(Omniglot.backgroundClasses()).isEqualTo(964);
        Set<String> background = new TreeSet<>();
        Set<String> evaluation = new TreeSet<>();
        for (int c = 0; c < 1623; c++) {
            assertThat(images.count(c)).isEqualTo(20);
            (c < 964 ? background : evaluation).add(Omniglot.alphabet(c));
        }
        assertThat(background).hasSize(30);
        assertThat(evaluation).hasSize(20).doesNotContainAnyElementsOf(background);
        assertThat(Omniglot.classNames().subList(0, 964)).isSorted();
        assertThat(Omniglot.classNames().subList(964, 1623)).isSorted();
        assertThat(Omniglot.classNames()).contains("Japanese_(katakana)/character47", "Greek/character24");
    }

    /** Over every name and every pixel of every drawing at full size, eight pixels a byte; computed from the published PNG files. */
    @Test
    void everyPixelIsAsPublished() throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        byte[] drawing = new byte[105 * 105];
        byte[] bits = new byte[(drawing.length + 7) / 8];
        for (Bundle.Block block : Omniglot.bundle().blocks()) {
            byte[] code = block.inflate();
            int at = 0;
            for (int i = 0; i < block.classes() * 20; i++) {
                if (i % 20 == 0) {
                    String name = Omniglot.classNames().get(block.firstClass() + i / 20);
                    digest.update(name.getBytes(StandardCharsets.UTF_8));
                }
                at = StrokeCodec.decode(code, at, drawing);
                Arrays.fill(bits, (byte) 0);
                for (int p = 0; p < drawing.length; p++) {
                    if (drawing[p] == 0) {
                        bits[p / 8] |= (byte) (0x80 >> p % 8);
                    }
                }
                digest.update(bits);
            }
            assertThat(at).isEqualTo(code.length);
        }
        assertThat(HexFormat.of().formatHex(digest.digest()))
                .isEqualTo("cacfcddd9377c82ae762aa2a6b411bf21025e67363deaafaf7f83ea234070731");
    }

    @Test
    void inkIsOneOnPaperOfZero() {
        LabelledImages images = Omniglot.images();
        double ink = 0;
        for (int c = 0; c < 1623; c += 10) {
            for (byte b : images.image(c, c % 20).pixels()) {
                ink += (b & 0xff) / 255.0 / 784 / 163;
            }
        }
        assertThat(ink).isBetween(0.075, 0.093); // 0.084 over the whole set
    }

    @Test
    void theUsualFormIsTheShrunkenDrawing() {
        Picture drawing = Omniglot.drawing(700, 13);
        assertThat(drawing.height()).isEqualTo(105);
        assertThat(Omniglot.images().image(700, 13)).isEqualTo(drawing.as(Omniglot.FORMAT));
        assertThat(Omniglot.images(Omniglot.FORMAT.with(Resampling.LANCZOS)).image(1622, 19))
                .isEqualTo(Omniglot.drawing(1622, 19)
                        .resize(28, 28, Resampling.LANCZOS)
                        .invert());
    }

    @Test
    void loadsOnce() {
        assertThat(Omniglot.images()).isSameAs(Omniglot.images());
    }

    @Test
    void alphabeticalSplit() {
        ClassSplit split = Omniglot.vinyals().check(1623);
        assertThat(split.train()).hasSize(1028);
        assertThat(split.validation()).hasSize(172);
        assertThat(split.test()).hasSize(423);
        Set<String> validation = new HashSet<>();
        split.validation().forEach(c -> validation.add(Omniglot.alphabet(c)));
        assertThat(validation)
                .containsExactlyInAnyOrder("Armenian", "Bengali", "Early_Aramaic", "Hebrew", "Mkhedruli_(Georgian)");
        List<String> names = Omniglot.classNames();
        assertThat(split.train()).contains(names.indexOf("Gurmukhi/character41"));
        assertThat(split.test().get(0)).isEqualTo(names.indexOf("Gurmukhi/character42"));
        assertThat(names.get(split.test().get(422))).isEqualTo("ULOG/character26");
        assertThat(choices(split.train())).isEqualTo(4112);
        assertThat(choices(split.validation())).isEqualTo(688);
        assertThat(choices(split.test())).isEqualTo(1692);
    }

    private static int choices(List<Integer> classes) {
        return new EpisodeSampler(Omniglot.images(), classes, 5, 1, 5, Rotation.CLASSES).choices();
    }

    @Test
    void otherSplits() {
        assertThat(Omniglot.lake().train()).hasSize(964);
        assertThat(Omniglot.lake().test()).hasSize(659);
        ClassSplit random = Omniglot.random(1);
        assertThat(random.train()).hasSize(1200);
        assertThat(random.test()).hasSize(423);
        assertThat(random).isEqualTo(Omniglot.random(1)).isNotEqualTo(Omniglot.random(2));
        assertThat(Omniglot.random(1, 100).validation()).hasSize(100);
        assertThat(Omniglot.random(1, 100).test()).isEqualTo(random.test());
    }

    @Test
    void oneShotRunsAreAsPublished() {
        List<OneShotRuns.Run> runs = OneShotRuns.all();
        assertThat(runs).hasSize(20);
        Set<OneShotRuns.Drawing> all = new HashSet<>();
        for (OneShotRuns.Run run : runs) {
            assertThat(run.training()).hasSize(20);
            assertThat(run.test()).hasSize(20);
            List<Integer> order = new ArrayList<>(run.labels());
            order.sort(null);
            for (int i = 0; i < 20; i++) {
                assertThat(order.get(i)).isEqualTo(i); // a permutation
                OneShotRuns.Drawing asked = run.test().get(i);
                OneShotRuns.Drawing shown = run.training().get(run.labels().get(i));
                assertThat(asked.character()).isEqualTo(shown.character()).isGreaterThanOrEqualTo(964);
                assertThat(asked.item()).isNotEqualTo(shown.item());
            }
            assertThat(run.training().stream()
                            .map(d -> Omniglot.alphabet(d.character()))
                            .distinct())
                    .hasSize(1);
            all.addAll(run.training());
            all.addAll(run.test());
        }
        // Known from the published archive: item01 of run01 is drawing 8 of Atlantean character09, class08.
        assertThat(Omniglot.classNames().get(runs.get(0).test().get(0).character()))
                .isEqualTo("Atlantean/character09");
        assertThat(runs.get(0).test().get(0).item()).isEqualTo(7);
        assertThat(runs.get(0).labels().get(0)).isEqualTo(7);
        assertThat(all).hasSize(800);
    }

    @Test
    void oneShotRunsAsEpisodes() {
        try (Scope s = Scope.open()) {
            Episodes e = OneShotRuns.episodes(Omniglot.FORMAT);
            assertThat(e.size()).isEqualTo(20);
            assertThat(e.way()).isEqualTo(20);
            assertThat(e.supportX().shape()).containsExactly(20, 20, 1, 28, 28);
            OneShotRuns.Run run = OneShotRuns.all().get(3);
            OneShotRuns.Drawing asked = run.test().get(run.labels().indexOf(6));
            float[] drawn = e.queryX().slice(0, 3, 4).slice(1, 6, 7).floats();
            byte[] expected =
                    Omniglot.images().image(asked.character(), asked.item()).pixels();
            for (int i = 0; i < 784; i++) {
                assertThat(drawn[i]).isEqualTo((expected[i] & 0xff) / 255f);
            }
        }
    }

    /** Raw pixels, nearest prototype, 5-way 1-shot on the alphabetical test split: measured elsewhere as 43.7 +- 0.9 %. */
    @Test
    void rawPixelsReachTheKnownBaseline() {
        LabelledImages images = Omniglot.images(Omniglot.FORMAT.with(Resampling.LANCZOS));
        EpisodeSampler sampler = new EpisodeSampler(images, Omniglot.vinyals().test(), 5, 1, 5, Rotation.RANDOM);
        int tasks = 600;
        int right = 0;
        try (Scope s = Scope.open()) {
            Episodes e = sampler.sample(tasks, new SplittableRandom(7));
            float[] support = e.supportX().floats();
            float[] query = e.queryX().floats();
            for (int q = 0; q < tasks * 25; q++) {
                int best = -1;
                double least = Double.MAX_VALUE;
                for (int n = 0; n < 5; n++) {
                    double d = 0;
                    for (int i = 0; i < 784; i++) {
                        float diff = query[q * 784 + i] - support[(q / 25 * 5 + n) * 784 + i];
                        d += diff * diff;
                    }
                    if (d < least) {
                        least = d;
                        best = n;
                    }
                }
                right += best == q % 25 / 5 ? 1 : 0;
            }
        }
        assertThat(right / (tasks * 25.0)).isBetween(0.417, 0.457);
    }
}
