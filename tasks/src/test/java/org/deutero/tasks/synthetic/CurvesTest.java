package org.deutero.tasks.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.DType;
import org.deutero.tensor.Scope;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // scopes are opened for their effect
class CurvesTest {

    @Test
    void sinusoidsKeepTheirRangesAndFillThem() {
        try (Scope s = Scope.open()) {
            CurveBatch<Sinusoid> batch = Sinusoids.of(5, 7).draw(2000, new SplittableRandom(1));
            assertThat(batch.curves()).allMatch(c -> c.amplitude() >= 0.1 && c.amplitude() <= 5);
            assertThat(batch.curves()).allMatch(c -> c.phase() >= 0 && c.phase() <= Math.PI);
            double amplitude = batch.curves().stream()
                    .mapToDouble(Sinusoid::amplitude)
                    .average()
                    .orElseThrow();
            double phase = batch.curves().stream()
                    .mapToDouble(Sinusoid::phase)
                    .average()
                    .orElseThrow();
            assertThat(amplitude).isCloseTo(2.55, within(0.13)); // 4 standard errors
            assertThat(phase).isCloseTo(Math.PI / 2, within(0.085));
            double[] x = doubles(batch.episodes().queryX().floats());
            assertThat(x).hasSize(14_000);
            assertThat(DoubleStream.of(x).allMatch(v -> v >= -5 && v <= 5)).isTrue();
            assertThat(DoubleStream.of(x).average().orElseThrow()).isCloseTo(0, within(0.1));
            assertThat(DoubleStream.of(x).max().orElseThrow()).isGreaterThan(4.99);
            assertThat(DoubleStream.of(x).min().orElseThrow()).isLessThan(-4.99);
        }
    }

    private static double[] doubles(float[] values) {
        double[] out = new double[values.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = values[i];
        }
        return out;
    }

    @Test
    void sinusoidPointsLieOnTheCurveOfTheirTask() {
        try (Scope s = Scope.open()) {
            CurveBatch<Sinusoid> batch = Sinusoids.of(4, 6).as(DType.FLOAT64).draw(9, new SplittableRandom(2));
            Episodes e = batch.episodes();
            assertThat(e.classification()).isFalse();
            assertThat(e.supportX().dtype()).isEqualTo(DType.FLOAT64);
            assertThat(e.supportX().shape()).containsExactly(9, 4, 1);
            assertThat(e.queryY().shape()).containsExactly(9, 6, 1);
            double[] sx = e.supportX().doubles();
            double[] sy = e.supportY().doubles();
            double[] qx = e.queryX().doubles();
            double[] qy = e.queryY().doubles();
            for (int i = 0; i < sx.length; i++) {
                Sinusoid c = batch.curves().get(i / 4);
                assertThat(sy[i]).isCloseTo(c.amplitude() * Math.sin(sx[i] - c.phase()), within(1e-12));
            }
            for (int i = 0; i < qx.length; i++) {
                Sinusoid c = batch.curves().get(i / 6);
                assertThat(qy[i]).isCloseTo(c.amplitude() * Math.sin(qx[i] - c.phase()), within(1e-12));
            }
            assertThat(sx).doesNotContain(qx);
        }
    }

    @Test
    void evaluationQueriesAreAnEvenGrid() {
        try (Scope s = Scope.open()) {
            Episodes e = Sinusoids.evaluation(10).sample(3, new SplittableRandom(3));
            assertThat(e.supportSize()).isEqualTo(10);
            float[] x = e.queryX().floats();
            assertThat(x).hasSize(300);
            for (int i = 0; i < 300; i++) {
                assertThat(x[i]).isCloseTo((float) (-5 + 10.0 * (i % 100) / 99), within(1e-6f));
            }
            assertThat(x[299]).isEqualTo(5f);
        }
    }

    @Test
    void equalGeneratorsGiveEqualTasksAndBatchesConcatenate() {
        try (Scope s = Scope.open()) {
            Sinusoids source = Sinusoids.of(3, 4);
            Episodes all = source.sample(5, new SplittableRandom(4));
            SplittableRandom rng = new SplittableRandom(4);
            source.sample(2, rng);
            assertThat(source.sample(3, rng).queryY().floats())
                    .isEqualTo(all.slice(2, 5).queryY().floats());
            assertThat(Harmonics.of(3, 4)
                            .sample(5, new SplittableRandom(4))
                            .queryY()
                            .floats())
                    .isEqualTo(Harmonics.of(3, 4)
                            .sample(5, new SplittableRandom(4))
                            .queryY()
                            .floats());
        }
    }

    @Test
    void harmonicsKeepTheirRangesAndCentres() {
        try (Scope s = Scope.open()) {
            CurveBatch<Harmonic> batch = Harmonics.of(20, 30).as(DType.FLOAT64).draw(400, new SplittableRandom(5));
            double[] x = batch.episodes().queryX().doubles();
            double[] y = batch.episodes().queryY().doubles();
            double spread = 0;
            for (int i = 0; i < x.length; i++) {
                Harmonic h = batch.curves().get(i / 30);
                spread += (x[i] - h.centre()) * (x[i] - h.centre()) / x.length;
                double w = h.frequency();
                double expected = h.a1() * Math.sin(w * x[i] + h.b1()) + h.a2() * Math.sin(2 * w * x[i] + h.b2());
                assertThat(y[i]).isCloseTo(expected, within(1e-12));
            }
            assertThat(spread).isCloseTo(1, within(0.06));
            assertThat(batch.curves())
                    .allMatch(h -> h.frequency() >= 5 && h.frequency() <= 7)
                    .allMatch(h -> Math.abs(h.centre()) <= 4)
                    .allMatch(h -> h.b1() >= 0 && h.b1() <= 2 * Math.PI && h.b2() >= 0 && h.b2() <= 2 * Math.PI);
            double power = batch.curves().stream()
                    .mapToDouble(h -> h.a1() * h.a1())
                    .average()
                    .orElseThrow();
            assertThat(power).isCloseTo(1, within(0.3));
        }
    }

    @Test
    void harmonicNoiseHasTheStatedSize() {
        try (Scope s = Scope.open()) {
            CurveBatch<Harmonic> batch = new Harmonics(10, 50, 0.1, DType.FLOAT64).draw(100, new SplittableRandom(6));
            double[] x = batch.episodes().queryX().doubles();
            double[] y = batch.episodes().queryY().doubles();
            double square = 0;
            for (int i = 0; i < x.length; i++) {
                double r = y[i] - batch.curves().get(i / 50).at(x[i]);
                square += r * r / x.length;
            }
            assertThat(Math.sqrt(square)).isCloseTo(0.1, within(0.005));
        }
    }

    @Test
    void refusesNonsense() {
        assertThatThrownBy(() -> Sinusoids.of(0, 5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a task of 0 support and 5 query points needs at least one of each");
        assertThatThrownBy(() -> Sinusoids.of(5, 5).as(DType.INT64)).hasMessageContaining("INT64");
        assertThatThrownBy(() -> new Sinusoids(5, 1, true, DType.FLOAT32))
                .hasMessage("a grid needs at least 2 query points, not 1");
        assertThatThrownBy(() -> new Harmonics(5, 5, -1, DType.FLOAT32)).hasMessageContaining("-1");
        assertThatThrownBy(() -> Sinusoids.of(5, 5).sample(0, new SplittableRandom(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("asked for 0 tasks, but a batch has at least 1");
    }

    @Test
    void rangesAreKeysAndThoseOfThePaperUnlessGiven() {
        assertThat(CurveSettings.of(Options.of(Map.of()), false).ranges()).isEqualTo(Sinusoids.Ranges.PUBLISHED);
        CurveSettings own = CurveSettings.of(
                Options.of(Map.of("amplitude", List.of(2, 3), "phase", List.of(1, 1), "x", List.of(10, 12))), false);
        try (Scope s = Scope.open()) {
            CurveBatch<Sinusoid> batch =
                    new Sinusoids(5, 3, true, DType.FLOAT64, own.ranges()).draw(50, new SplittableRandom(1));
            assertThat(batch.curves()).allSatisfy(curve -> {
                assertThat(curve.amplitude()).isBetween(2.0, 3.0);
                assertThat(curve.phase()).isEqualTo(1);
            });
            assertThat(DoubleStream.of(batch.episodes().supportX().doubles())).allMatch(x -> x >= 10 && x <= 12);
            assertThat(batch.episodes().queryX().slice(0, 0, 1).doubles()).containsExactly(10, 11, 12);
        }
        for (Map<String, ?> wrong : List.of(
                Map.of("amplitude", List.of(3, 2)),
                Map.of("x", List.of(1)),
                Map.of("x", List.of(1, 1)),
                Map.of("phase", List.of(0, 1e300)))) {
            assertThatThrownBy(() -> CurveSettings.of(Options.at("tasks", wrong), false))
                    .isInstanceOf(OptionsException.class)
                    .hasMessageContaining("tasks." + wrong.keySet().iterator().next());
        }
    }
}
