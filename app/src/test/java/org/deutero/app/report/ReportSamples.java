package org.deutero.app.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.deutero.experiment.metrics.MetricRow;
import org.deutero.experiment.report.ReportData;
import org.deutero.experiment.report.ReportData.Adaptation;
import org.deutero.experiment.report.ReportData.Episode;

/** Made-up runs of both kinds. */
final class ReportSamples {
    private ReportSamples() {}

    static ReportData classification() {
        Random rng = new Random(1);
        List<MetricRow> rows = new ArrayList<>();
        for (int i = 1; i <= 1200; i++) {
            double t = i / 1200.0;
            double loss = 1.6 * Math.exp(-6 * t) + 0.08 + 0.05 * rng.nextGaussian() * Math.exp(-2 * t);
            double accuracy = 0.985 - 0.75 * Math.exp(-7 * t) + 0.02 * rng.nextGaussian();
            rows.add(new MetricRow.Train(10L * i, loss, Math.min(1, accuracy), 180, i * 0.4));
            if (i % 60 == 0) {
                double mean = 0.972 - 0.6 * Math.exp(-7 * t) + 0.004 * rng.nextGaussian();
                rows.add(new MetricRow.Validation(10L * i, loss, mean, 0.03 * Math.exp(-t) * 0.4));
            }
        }
        List<MetricRow.ByStep> steps = new ArrayList<>();
        for (int s = 0; s <= 5; s++) {
            steps.add(new MetricRow.ByStep(
                    s, s == 0 ? 0.2 : 0.9765 - 0.12 * Math.pow(0.35, s - 1), 0.012 - 0.0015 * s));
        }
        rows.add(new MetricRow.Test(600, "accuracy", 0.9763, 0.0041, steps));
        return ReportData.of("omniglot-5way-1shot-maml-quick", "accuracy", rows)
                .about(
                        "MAML on Omniglot, 5-way 1-shot, Conv-4: five characters never seen before from one drawing each.",
                        "98.7 ± 0.4 % (Finn et al. 2017)")
                .episodes(List.of(episode(rng, 1), episode(rng, 1)))
                .made(
                        provenance(),
                        "name: omniglot-5way-1shot-maml-quick\nseed: 1\nmethod:\n  name: maml\n  inner-rate: 0.4\n"
                                + "  inner-steps: 1 # <script>alert(1)</script>\ntasks:\n  source: omniglot\n  ways: 5\n")
                .build();
    }

    static ReportData regression() {
        Random rng = new Random(2);
        List<MetricRow> rows = new ArrayList<>();
        for (int i = 1; i <= 300; i++) {
            double loss = 4 * Math.exp(-i / 30.0) + 0.15 * Math.exp(0.3 * rng.nextGaussian());
            rows.add(new MetricRow.Train(100L * i, loss, Double.NaN, 4000, i));
        }
        rows.add(new MetricRow.Test(
                600,
                "mse",
                0.2134,
                0.0221,
                List.of(
                        new MetricRow.ByStep(0, 3.4, 0.3),
                        new MetricRow.ByStep(1, 0.55, 0.05),
                        new MetricRow.ByStep(5, 0.21, 0.02))));
        List<Adaptation> tasks = List.of(adaptation(3.1, 0.4, rng), adaptation(1.2, 2.2, rng));
        return ReportData.of("sinusoid-10shot-maml", "mse", rows)
                .adaptations(tasks)
                .made(provenance(), "seed: 1\n")
                .build();
    }

    static Episode episode(Random rng, int channels) {
        int side = 28;
        float[][] support = new float[5][];
        float[][] queries = new float[25][];
        int[] labels = new int[25];
        int[] predicted = new int[25];
        double[] probability = new double[25];
        for (int k = 0; k < 5; k++) {
            long glyph = rng.nextLong();
            support[k] = glyph(glyph, rng, channels, side);
            for (int q = 0; q < 5; q++) {
                queries[5 * k + q] = glyph(glyph, rng, channels, side);
                labels[5 * k + q] = k;
                predicted[5 * k + q] = rng.nextInt(12) == 0 ? (k + 1) % 5 : k;
                probability[5 * k + q] = 0.6 + 0.4 * rng.nextDouble();
            }
        }
        return new Episode(
                channels, side, side, support, new int[] {0, 1, 2, 3, 4}, queries, labels, predicted, probability);
    }

    private static float[] glyph(long seed, Random jitter, int channels, int side) {
        Random form = new Random(seed);
        float[] pixels = new float[channels * side * side];
        double a = 2 + form.nextInt(3);
        double b = 1 + form.nextInt(3);
        double phase = form.nextDouble() * 6 + 0.2 * jitter.nextGaussian();
        for (double t = 0; t < 6.28; t += 0.01) {
            int x = (int) (side * (0.5 + 0.36 * Math.sin(a * t + phase)));
            int y = (int) (side * (0.5 + 0.36 * Math.sin(b * t) + 0.02 * jitter.nextGaussian() * 0.3));
            for (int c = 0; c < channels; c++) {
                pixels[(c * side + Math.min(side - 1, Math.max(0, y))) * side + x] = 1;
            }
        }
        return pixels;
    }

    private static Adaptation adaptation(double amplitude, double phase, Random rng) {
        int n = 100;
        double[] x = new double[n];
        double[] truth = new double[n];
        List<double[]> predictions = new ArrayList<>();
        for (int step = 0; step <= 5; step++) {
            predictions.add(new double[n]);
        }
        for (int i = 0; i < n; i++) {
            x[i] = -5 + 10.0 * i / (n - 1);
            truth[i] = amplitude * Math.sin(x[i] - phase);
            for (int step = 0; step <= 5; step++) {
                double learnt = 1 - Math.pow(0.35, step);
                predictions.get(step)[i] = learnt * truth[i] + (1 - learnt) * 0.3 * x[i] / 5;
            }
        }
        double[] sx = rng.doubles(10, -5, 5).toArray();
        double[] sy = java.util.Arrays.stream(sx)
                .map(v -> amplitude * Math.sin(v - phase))
                .toArray();
        return new Adaptation(x, truth, predictions, sx, sy);
    }

    private static Map<String, String> provenance() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("seed", "1");
        facts.put("deutero", "0.1.0");
        facts.put("libtorch", "2.10.0");
        facts.put("Java", "17.0.15, Debian");
        facts.put("meta-parameters", "111,936");
        facts.put("meta-gradient", "full unroll, second order");
        facts.put("wall time", "8:12");
        return facts;
    }
}
