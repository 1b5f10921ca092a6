package org.deutero.tensor.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.deutero.tensor.Near.assertNear;

import java.util.List;
import java.util.SplittableRandom;
import org.deutero.tensor.DType;
import org.deutero.tensor.InScope;
import org.deutero.tensor.Near;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The policies of batch normalisation against means and variances written out. */
@ExtendWith(InScope.class)
class NormalizationTest {
    private static final int TASKS = 3;
    private static final int CHANNELS = 2;
    private static final double EPSILON = 1e-3;
    private static final BatchNorm NORM = new BatchNorm(CHANNELS, true, EPSILON);

    private final Tensor x = Near.normal(1, TASKS, 4, CHANNELS, 3, 3).mul(2).add(1);
    private final Params params = Params.builder()
            .put("weight", Near.vector(1.5, -0.5))
            .put("bias", Near.vector(0.25, 2))
            .build();

    private Tensor mean() {
        return x.mean(1, 3, 4);
    }

    /** Sum of squared deviations over 4 * 3 * 3 elements. */
    private Tensor squares() {
        return x.sub(x.meanKeep(1, 3, 4)).square().sum(1, 3, 4);
    }

    private static Tensor spread(Tensor perTask) {
        return perTask.reshape(-1, 1, CHANNELS, 1, 1);
    }

    private Tensor normalised(Tensor mean, Tensor variance) {
        return x.sub(spread(mean))
                .div(spread(variance).add(EPSILON).sqrt())
                .mul(spread(params.get("weight")))
                .add(spread(params.get("bias")));
    }

    @Test
    void batchUsesMeanAndBiasedVarianceOfEachTask() {
        assertNear(
                NORM.apply("norm", params, x, Normalization.batch()),
                normalised(mean(), squares().div(36)),
                1e-12);
    }

    @Test
    void recordingNormalisesLikeBatchAndReportsMeanAndUnbiasedVariance() {
        Normalization.Recording recording = Normalization.recording();
        Tensor y = NORM.apply("norm", params, x, recording);
        assertNear(y, NORM.apply("norm", params, x, Normalization.batch()), 1e-12);
        Params moments = recording.moments();
        assertThat(moments.names()).containsExactly("norm.mean", "norm.variance");
        assertNear(moments.get("norm.mean"), mean(), 1e-12);
        assertNear(moments.get("norm.variance"), squares().div(35), 1e-12);
    }

    @Test
    void fixedMomentsOfEachTask() {
        Tensor mean = Near.normal(2, TASKS, CHANNELS);
        Tensor variance = Near.normal(3, TASKS, CHANNELS).square().add(0.5);
        Params moments = Params.builder()
                .put("norm.mean", mean)
                .put("norm.variance", variance)
                .build();
        assertNear(NORM.apply("norm", params, x, Normalization.fixed(moments)), normalised(mean, variance), 1e-12);
    }

    @Test
    void fixedMomentsOfAllTasks() {
        Tensor mean = Near.normal(2, CHANNELS);
        Tensor variance = Near.normal(3, CHANNELS).square().add(0.5);
        Params moments = Params.builder()
                .put("norm.mean", mean)
                .put("norm.variance", variance)
                .build();
        assertNear(NORM.apply("norm", params, x, Normalization.fixed(moments)), normalised(mean, variance), 1e-12);
        assertThat(moments.get("norm.mean").doubles()).containsExactly(mean.doubles());
    }

    @Test
    void recordedMomentsOfEveryLayerLeadWithTasks() {
        ConvNet net = Architectures.convNet(ConvNet.Halving.MAX_POOL, ConvNet.Readout.FLATTEN, true, 2);
        Params weights = net.init(new SplittableRandom(1), DType.FLOAT64);
        Tensor images = Near.normal(4, TASKS, 5, 2, 9, 9);
        for (Params p : List.of(weights, weights.expand(TASKS))) {
            Normalization.Recording recording = Normalization.recording();
            net.apply(p, images, recording);
            Params moments = recording.moments();
            assertThat(moments.names())
                    .containsExactlyElementsOf(net.initialMoments(DType.FLOAT64).names());
            moments.forEach((name, t) -> assertThat(t.shape()).containsExactly(TASKS, 3));
            // The first layer sees the convolved images of each task alone.
            Tensor first = new Conv2d(2, 3, 3, 1, 1, Initializer.FAN_IN_UNIFORM).apply(weights.child("conv0"), images);
            assertNear(moments.get("norm0.mean"), first.mean(1, 3, 4), 1e-12);
        }
    }

    @Test
    void withFixedMomentsEveryExampleStandsAlone() {
        ConvNet net = Architectures.convNet(ConvNet.Halving.STRIDE, ConvNet.Readout.MEAN, true, 2);
        Params weights = net.init(new SplittableRandom(1), DType.FLOAT64);
        Tensor images = Near.normal(4, TASKS, 5, 2, 9, 9);
        Normalization.Recording recording = Normalization.recording();
        net.apply(weights, images, recording);
        Normalization fixed = Normalization.fixed(recording.moments());
        Tensor together = net.apply(weights, images, fixed);
        Tensor alone = Tensors.cat(
                java.util.stream.IntStream.range(0, 5)
                        .mapToObj(i -> net.apply(weights, images.slice(1, i, i + 1), fixed))
                        .toList(),
                1);
        assertNear(alone, together, 1e-12);
        Tensor first = net.apply(weights, images.slice(1, 0, 1));
        assertThat(first.sub(net.apply(weights, images).slice(1, 0, 1))
                        .abs()
                        .max(2)
                        .max(1)
                        .max(0)
                        .item())
                .isGreaterThan(1e-3);
    }
}
