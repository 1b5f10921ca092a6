package org.deutero.methods.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.deutero.learn.Predictor;
import org.deutero.learn.TaskContext;
import org.deutero.learn.capability.ModelTraining;
import org.deutero.learn.gradient.EvoGrad;
import org.deutero.learn.gradient.Unroll;
import org.deutero.learn.meta.BilevelMetaAlgorithm;
import org.deutero.learn.meta.Estimate;
import org.deutero.learn.meta.MetaGradient;
import org.deutero.methods.InScope;
import org.deutero.methods.TestTasks;
import org.deutero.methods.augmentation.FeatureTransformation.Transformation;
import org.deutero.methods.metric.Head;
import org.deutero.methods.metric.Prototypes;
import org.deutero.methods.metric.Relation;
import org.deutero.options.OptionsException;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.ChannelModulation;
import org.deutero.tensor.nn.ConvNet;
import org.deutero.tensor.optim.Sgd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Noise on features whose strength is learned. */
@ExtendWith(InScope.class)
class FeatureTransformationTest {
    private static final ConvNet ENCODER = TestTasks.convNet(0);
    private static final ModelTraining TRAINING = ModelTraining.of(Sgd.PLAIN, 0.1);
    private static final Head RELATION = new Relation(4, 1, 3, Relation.Reduction.MEAN, Relation.Loss.CROSS_ENTROPY);

    private static FeatureTransformation learner(Head head, Transformation transformation) {
        return new FeatureTransformation(ENCODER, head, transformation, TRAINING, DType.FLOAT64);
    }

    /** Shots and then queries of two episodes, as pairs are laid out. */
    private static Episodes pairs() {
        Episodes one = TestTasks.images(2);
        Tensor x = Tensors.cat(List.of(one.supportX(), one.queryX()), 1);
        Tensor y = Tensors.cat(List.of(one.supportY(), one.queryY()), 1);
        return new Episodes(x, y, x.mul(-0.7).add(0.1), y, 3);
    }

    private static Estimate hyper(FeatureTransformation learner, MetaGradient gradient, Params noise) {
        Params theta = learner.metaParameters(new SplittableRandom(3));
        Predictor<Episodes> part = BilevelMetaAlgorithm.hyperPart(learner, theta);
        return gradient.estimate(
                part, noise.under("noise"), pairs(), TaskContext.training(1, 1, Params.EMPTY, seen -> {}));
    }

    @Test
    void theExactHyperGradientIsThatOfDifferences() {
        Params noise = new FeatureNoise(2, 4).init(DType.FLOAT64);
        for (Head head : List.of(RELATION, Prototypes.EUCLIDEAN)) {
            FeatureTransformation learner = learner(head, Transformation.LEARNED);
            Params direction = noise.map(t -> Tensors.normal(new SplittableRandom(5), DType.FLOAT64, t.shape()));
            double h = 1e-6;
            double slope = (hyper(learner, Unroll.FULL, noise.addScaled(direction, h))
                                    .losses()
                                    .sum()
                                    .item()
                            - hyper(learner, Unroll.FULL, noise.addScaled(direction, -h))
                                    .losses()
                                    .sum()
                                    .item())
                    / (2 * h);
            Params exact = hyper(learner, Unroll.FULL, noise).gradient().child("noise");
            assertThat(exact.norm()).isGreaterThan(1e-6);
            assertThat(exact.dot(direction).item()).isCloseTo(slope, within(1e-5 * exact.norm() + 1e-8));
            assertThat(hyper(learner, EvoGrad.PUBLISHED, noise).gradient().norm())
                    .isPositive();
        }
    }

    @Test
    void shotsAloneAreNothingToTrainOn() {
        FeatureTransformation learner = learner(RELATION, Transformation.LEARNED);
        Params theta = learner.metaParameters(new SplittableRandom(3));
        assertThatThrownBy(() -> Unroll.FULL.estimate(learner, theta, TestTasks.images(2), TaskContext.training(1)))
                .isInstanceOf(OptionsException.class)
                .hasMessageContainingAll("tasks.source: cross-domain", "3 classes with their shots alone, 2 each");
    }

    /** Scales are 1 + n softplus(g), shifts n softplus(b), anew for every channel and task, and only in training. */
    @Test
    void noiseIsOfTheStrengthsGiven() {
        int channels = 4000;
        FeatureNoise noise = new FeatureNoise(1, channels);
        Params own = Params.builder()
                .put("scale0", Tensors.full(0.3, DType.FLOAT64, channels))
                .put("shift0", Tensors.full(-0.5, DType.FLOAT64, channels))
                .build();
        ChannelModulation drawn =
                noise.draw(own.expand(2), 2, TaskContext.training(1).at(0, false));
        Tensor zeros = Tensors.zeros(DType.FLOAT64, 1, channels, 1, 1);
        // A negative strength is none.
        assertThat(drawn.apply(0, 0, zeros).abs().max(1).sum().item()).isCloseTo(0, within(1e-12));
        double[] scales = drawn.apply(0, 1, zeros.add(1)).doubles();
        double mean = Arrays.stream(scales).average().orElseThrow();
        double variance = Arrays.stream(scales)
                .map(v -> (v - mean) * (v - mean))
                .average()
                .orElseThrow();
        assertThat(mean).isCloseTo(1, within(0.02));
        assertThat(Math.sqrt(variance)).isCloseTo(0.3, within(0.02));
        assertThat(drawn.apply(0, 0, zeros.add(1)).doubles()).isNotEqualTo(scales);
    }

    @Test
    void strengthsBelowZeroAreNoNoise() {
        FeatureTransformation learned = learner(Prototypes.EUCLIDEAN, Transformation.LEARNED);
        FeatureTransformation none = learner(Prototypes.EUCLIDEAN, Transformation.NONE);
        Params theta = learned.metaParameters(new SplittableRandom(3));
        Params quiet = theta.with(new FeatureNoise(2, 4)
                .init(DType.FLOAT64)
                .map(t -> t.mul(0).sub(1))
                .under("noise"));
        Params phi = theta.child("model").expand(2);
        var context = TaskContext.training(1).at(0, false);
        double[] plain = none.innerLoss(theta, phi, pairs(), context).doubles();
        assertThat(learned.innerLoss(quiet, phi, pairs(), context).doubles()).containsExactly(plain, within(1e-12));
        assertThat(learned.innerLoss(theta, phi, pairs(), context).doubles()).isNotEqualTo(plain);
        assertThat(learner(Prototypes.EUCLIDEAN, Transformation.FIXED)
                        .innerLoss(theta, phi, pairs(), context)
                        .doubles())
                .containsExactly(learned.innerLoss(theta, phi, pairs(), context).doubles());
    }
}
