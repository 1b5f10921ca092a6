package org.deutero.app.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.deutero.app.text.InContextText;
import org.deutero.experiment.incontext.Conditions;
import org.deutero.experiment.incontext.Figure;
import org.deutero.experiment.incontext.LearnerSize;
import org.deutero.experiment.incontext.Phase;
import org.deutero.experiment.incontext.PhasePicture;
import org.deutero.experiment.incontext.Positions;
import org.deutero.experiment.incontext.StateSizePicture;
import org.junit.jupiter.api.Test;

class InContextPagesTest {
    private static final Conditions CONDITIONS =
            new Conditions("some-recipe", "name: some-recipe\n", "mnist", 5, 40, 31, 1200, 1024, List.of(1L));

    /** From the first accuracy on a saturating curve to the last. */
    private static Positions curve(double first, double late) {
        return new Positions(
                IntStream.range(0, 40)
                        .mapToObj(t -> new Figure(first + (late - first) * (1 - Math.exp(-t / 8.0)), 0.02))
                        .toList(),
                new Figure(late, 0.012));
    }

    private static PhasePicture.Point point(long tasks, Positions seen, Positions unseen) {
        return new PhasePicture.Point(
                tasks,
                seen,
                unseen,
                Map.of("random-vectors", unseen, "fashion-mnist", unseen),
                Phase.of(seen, unseen, 0.2));
    }

    private static PhasePicture phases() {
        return new PhasePicture(
                List.of(
                        point(1, curve(0.96, 0.97), curve(0.2, 0.2)),
                        point(16, curve(0.93, 0.95), curve(0.2, 0.19)),
                        point(64, curve(0.74, 0.90), curve(0.2, 0.19)),
                        point(1024, curve(0.2, 0.68), curve(0.2, 0.65)),
                        point(65536, curve(0.2, 0.67), curve(0.2, 0.66))),
                0.2,
                CONDITIONS);
    }

    private static StateSizePicture sizes() {
        List<Double> accuracies = List.of(0.21, 0.66, 0.3, 0.4, 0.22, 0.7, 0.5, 0.45, 0.6);
        List<LearnerSize> learners = LearnerSize.reduced();
        long[] parameters = {30569, 29157, 30566, 27038, 105669, 107461, 104582, 100150, 616};
        long[] states = {108, 5120, 840, 656, 208, 10240, 2964, 4384, 5125};
        List<StateSizePicture.Point> points = new ArrayList<>();
        for (int i = 0; i < learners.size(); i++) {
            points.add(new StateSizePicture.Point(
                    learners.get(i),
                    parameters[i],
                    states[i],
                    curve(0.2, accuracies.get(i)),
                    Map.of("fashion-mnist", curve(0.2, accuracies.get(i)))));
        }
        return new StateSizePicture(points, 0.2, CONDITIONS);
    }

    @Test
    void regionsMeetHalfWayAndAreNamed() {
        String html = PhasePage.html(phases());
        assertThat(html).contains(">memorise</text>", ">identify</text>", ">learn</text>");
        Matcher rect = Pattern.compile(
                        "<rect class=\"region (?:even|odd)\" x=\"([0-9.]+)\" y=\"[0-9.]+\" width=\"([0-9.]+)\"")
                .matcher(html);
        List<double[]> regions = new ArrayList<>();
        while (rect.find() && regions.size() < 3) {
            regions.add(new double[] {Double.parseDouble(rect.group(1)), Double.parseDouble(rect.group(2))});
        }
        // 410 units from 1 to 65536 with 4 % of the logarithm as air on both sides; boundaries at 2^5 and 2^8.
        double unit = 410 / (16 * 1.08);
        double air = 16 * 0.04;
        assertThat(regions.get(0)[0]).isEqualTo(56);
        assertThat(regions.get(1)[0]).isCloseTo(56 + (5 + air) * unit, within(0.1));
        assertThat(regions.get(2)[0]).isCloseTo(56 + (8 + air) * unit, within(0.1));
        assertThat(regions.get(2)[0] + regions.get(2)[1]).isCloseTo(466, within(0.2));
    }

    @Test
    void thePageOfPhasesSaysWhatItsFiguresAreOf() {
        String html = PhasePage.html(phases());
        assertThat(html)
                .contains("<h1>Phases of learning in context</h1>")
                .contains("5 numbers of tasks, from 1 to 65,536")
                .contains("from 1 to 16 tasks", "at 64 tasks", "from 1,024 to 65,536 tasks")
                .contains("Right answers at the last 10 of 40 positions")
                .contains("95 % over 1024 test sequences of a single training")
                .contains("gains 10 points or more")
                .contains("Fashion-MNIST: first", "random vectors: first")
                .contains("<td>64</td><td>74.0 ± 2.0 %</td><td>90.0 ± 1.2 %</td>")
                .contains("<td>identify</td>")
                .doesNotContain("NaN", "http://", "https://");
        assertThat(html.split("<svg class=\"chart\"", -1)).hasSize(1 + 3 + 3);
        assertThat(InContextText.csv(phases()).lines())
                .hasSize(1 + 5 * 4)
                .contains("64,identify,seen,0.740000,0.0200000,0.900000,0.0120000");
    }

    @Test
    void thePageOfSizesHasBothPanelsAndTheOrder() {
        String html = StateSizePage.html(sizes());
        assertThat(html)
                .contains("by the size of the state of 9 learners", "by the number of parameters of 9 learners")
                .contains(
                        "At about 29.3k parameters: LSTM 21.0 ± 1.2 % (state 108) &lt; outer-product LSTM 30.0 ± 1.2 %"
                                + " (state 840) &lt; fast weights 40.0 ± 1.2 % (state 656) &lt; transformer 66.0 ± 1.2 % (state"
                                + " 5120).")
                .contains("<td>VSML</td><td>8 units a synapse</td><td>616</td><td>5,125</td>")
                .contains("layers x items x 2 x heads x key size")
                .doesNotContain("NaN", "https://");
        assertThat(html.split("<svg class=\"chart\"", -1)).hasSize(3);
        assertThat(sizes().asPublished()).isTrue();
        assertThat(InContextText.csv(sizes()).lines())
                .hasSize(1 + 9 * 2)
                .contains("lstm,\"54 units\",30569,108,unseen,0.200000,0.0200000,0.210000,0.0120000");
    }
}
