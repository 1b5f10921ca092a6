package org.deutero.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.deutero.experiment.report.Course;
import org.deutero.experiment.report.Course.Curve;
import org.deutero.experiment.report.Course.Role;
import org.deutero.experiment.report.ReportData;
import org.deutero.experiment.report.Strip;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

class ReportTest {
    @TempDir
    private Path folder;

    @Test
    void aClassificationRunShowsFigureCurvesEpisodesAndRecipe() {
        String html = Report.html(ReportSamples.classification());
        assertThat(html)
                .contains("97.63 ± 0.41 %", "98.7 ± 0.4 % (Finn et al. 2017)", "Figure 5", "data:image/png;base64,")
                .contains("✗ ", "meta-parameters", "inner-rate: 0.4")
                .doesNotContain("Adaptation</h2>");
    }

    @Test
    void aRegressionRunShowsAdaptationCurves() {
        String html = Report.html(ReportSamples.regression());
        assertThat(html).contains("0.213 ± 0.022", "Adaptation</h2>", "5 steps").doesNotContain("Example tasks</h2>");
    }

    /** Two units, of which the second is the stronger one: it comes on top, dark in both tasks. */
    @Test
    void strengthsOfUnitsAreAPicture() throws IOException {
        String html = HeatMap.html("l0", new float[][] {{0, 1}, {0, 1}, {0.5f, 1}});
        assertThat(html).contains("2 units of l0", "3 test tasks");
        String data = html.substring(html.indexOf("base64,") + 7, html.indexOf("\"><span class=\"heat-x\""));
        BufferedImage picture =
                ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(data)));
        assertThat(picture.getWidth()).isEqualTo(3);
        assertThat(picture.getHeight()).isEqualTo(2);
        assertThat(picture.getRGB(0, 0)).isEqualTo(picture.getRGB(2, 0)).isNotEqualTo(picture.getRGB(0, 1));
        assertThat(picture.getRGB(0, 1) & 0xff).isGreaterThan(picture.getRGB(2, 1) & 0xff);
    }

    /** Of a picture of four pixels the last is shown; the deviation of the first is the largest. */
    @Test
    void picturesShowWhatIsHiddenAndWhatIsUnsure() throws IOException {
        var belief = new ReportData.Completion.Belief(
                new int[] {3}, new float[] {0, 0.5f, 1.5f, 1}, new float[] {0.4f, 0.2f, 0.1f, 0.1f});
        String html =
                CompletionGrid.html(new ReportData.Completion(1, 2, 2, new float[] {0, 0.5f, 1, 1}, List.of(belief)));
        Matcher pictures = Pattern.compile("base64,([^\"]*)").matcher(html);
        List<BufferedImage> read = new ArrayList<>();
        while (pictures.find()) {
            byte[] png = Base64.getDecoder().decode(pictures.group(1));
            read.add(ImageIO.read(new ByteArrayInputStream(png)));
        }
        assertThat(read).hasSize(4);
        assertThat(read.get(0).getRGB(1, 1)).isEqualTo(0xffffffff);
        assertThat(read.get(0).getRGB(0, 0) & 0xff).isGreaterThan(read.get(0).getRGB(0, 0) >> 16 & 0xff);
        assertThat(read.get(2).getRaster().getSample(0, 1, 0)).isEqualTo(255);
        assertThat(read.get(3).getRaster().getSample(0, 0, 0)).isEqualTo(255);
        assertThat(read.get(3).getRaster().getSample(1, 0, 0)).isEqualTo(128);
    }

    @Test
    void thePageNeedsNothingFromOutsideAndEscapesItsText() {
        String html = Report.html(ReportSamples.classification());
        assertThat(html)
                .doesNotContain("http://", "https://", "<link", "@import", "<script>alert")
                .contains("&lt;script&gt;alert");
    }

    @Test
    void figuresAreWellFormed() throws Exception {
        for (ReportData data : List.of(ReportSamples.classification(), ReportSamples.regression())) {
            Matcher svg = Pattern.compile("(?s)<svg.*?</svg>").matcher(Report.html(data));
            int count = 0;
            while (svg.find()) {
                assertThat(svg.group()).doesNotContain("NaN", "Infinity");
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new InputSource(new StringReader(svg.group())));
                count++;
            }
            assertThat(count).isGreaterThanOrEqualTo(3);
        }
    }

    /** Loss of a problem that diverged before meta-training: its curve ends, the figure does not. */
    @Test
    void tasksThatAreNoEpisodesHaveFiguresOfTheirCourse() throws Exception {
        double[] steps = {0, 1, 2};
        Course training = new Course(
                "Training runs",
                "One test problem.",
                "step",
                "held-out-loss",
                List.of(
                        new Curve("learned", Role.MEAN, steps, new double[] {3, 1, 0.1}, new double[] {0.2, 0.1, 0.01}),
                        new Curve("before", Role.BEFORE, steps, new double[] {3, 1e9, Double.NaN})));
        Course answers = new Course(
                "Sequences",
                "How an item is answered.",
                "instance",
                "accuracy",
                List.of(new Curve("sequence 1", Role.TASK, new double[] {1, 2}, new double[] {0.5, 1})));
        ReportData run = ReportData.of("kinds", "accuracy", List.of())
                .readings(List.of(new ReportData.Reading(
                        1,
                        2,
                        2,
                        new float[][] {{0, 1, 0, 1}},
                        new double[][] {{2.5}},
                        new float[][] {{1, 0, 0, 1}},
                        new double[][] {{7}},
                        new double[][] {{6.75}})))
                .courses(List.of(training, training, answers))
                .strips(List.of(new Strip(
                        "An episode, seen.",
                        List.of(new Strip.Moment(0, 1, 2, new float[6]), new Strip.Moment(7, 1, 2, new float[6])))))
                .made(Map.of(), "seed: 1")
                .build();
        String html = Report.html(run);
        assertThat(html)
                .containsOnlyOnce("Training runs</h2>")
                .contains("Figure 4", "Sequences</h2>", "held out loss", "7 → 6.75")
                .contains("Episodes</h2>", "An episode, seen.", "alt=\"step 7\" src=\"data:image/png;base64,");
        Matcher svg = Pattern.compile("(?s)<svg.*?</svg>").matcher(html);
        for (int i = 0; i < 3; i++) {
            assertThat(svg.find()).isTrue();
            assertThat(svg.group()).doesNotContain("NaN", "Infinity");
        }
    }

    @Test
    void aRunWithoutNumbersStillHasAReport() throws IOException {
        Path file = folder.resolve("report.html");
        Report.write(
                file,
                ReportData.of("empty", "accuracy", List.of())
                        .made(Map.of(), "seed: 1")
                        .build());
        assertThat(Files.readString(file)).contains("not yet measured").doesNotContain("<svg");
    }
}
