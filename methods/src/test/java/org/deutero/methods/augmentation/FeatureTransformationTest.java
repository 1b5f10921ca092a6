package org.deutero.methods.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.deutero.learn.Predictor;
import org.deutero.learn.StepContext;
import org.deutero.learn.TaskContext;
import org.deutero.learn.capability.ModelTraining;
import org.deutero.learn.gradient.EvoGrad;
import org.deutero.learn.gradient.Unroll;
import org.deutero.learn.meta.BilevelMetaAlgorithm;
import org.deutero.learn.meta.Contribution;
import org.deutero.learn.meta.Descent;
import org.deutero.learn.meta.Estimate;
import org.deutero.learn.meta.MetaGradient;
import org.deutero.learn.meta.MetaState;
import org.deutero.methods.InScope;
import org.deutero.methods.QueryStatistics;
import org.deutero.methods.TestTasks;
import org.deutero.methods.augmentation.FeatureTransformation.Transformation;
import org.deutero.methods.metric.Head;
import org.deutero.methods.metric.Prototypes;
import org.deutero.methods.metric.Relation;
import org.deutero.options.OptionsException;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.LabelledBatch;
import org.deutero.tensor.DType;
import org.deutero.tensor.Losses;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.ChannelModulation;
import org.deutero.tensor.nn.ConvNet;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.Linear;
import org.deutero.tensor.nn.Normalization;
import org.deutero.tensor.nn.ResNet10;
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
        return new FeatureTransformation(
                ENCODER, head, transformation, Auxiliary.NONE, QueryStatistics.BATCH, TRAINING, DType.FLOAT64);
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
        Params noise = new FeatureNoise(List.of(4, 4)).init(DType.FLOAT64);
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
        FeatureNoise noise = new FeatureNoise(List.of(channels));
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
        Params quiet = theta.with(new FeatureNoise(List.of(4, 4))
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

    private static final ResNet10 RESIDUAL =
            new ResNet10(2, 6, 2, ResNet10.Stem.SMALL, ConvNet.Readout.FLATTEN, 0, Initializer.NORMAL_FAN_OUT);

    /** The form of the paper: residual blocks, running averages, and an auxiliary classification into four classes. */
    private static FeatureTransformation published(Transformation transformation) {
        return new FeatureTransformation(
                RESIDUAL,
                new Relation(16, 1, 3, Relation.Reduction.MEAN, Relation.Loss.CROSS_ENTROPY),
                transformation,
                new Auxiliary(4, 16, 0.9, 10),
                QueryStatistics.RUNNING,
                TRAINING,
                DType.FLOAT64);
    }

    private static Episodes helped() {
        Tensor x = Tensors.normal(new SplittableRandom(8), DType.FLOAT64, 2, 5, 2, 6, 6);
        return pairs().with(new LabelledBatch(x, TestTasks.labels(2, 3, 0, 1, 2, 3), 4));
    }

    private static Params moments(FeatureTransformation learner) {
        return learner.statistics().map(t -> t.mul(0.3).add(0.02));
    }

    @Test
    void residualBlocksAreDisturbedAfterBothOfTheirEnds() {
        FeatureTransformation learner = published(Transformation.LEARNED);
        Params theta = learner.metaParameters(new SplittableRandom(3));
        assertThat(theta.child("noise").names()).hasSize(14);
        assertThat(theta.get("noise.scale6").shape()).containsExactly(16);
        Params noise = theta.child("noise");
        Params direction = noise.map(t -> Tensors.normal(new SplittableRandom(5), DType.FLOAT64, t.shape()));
        double h = 1e-6;
        double slope = (held(learner, noise.addScaled(direction, h)) - held(learner, noise.addScaled(direction, -h)))
                / (2 * h);
        Params exact = estimate(learner, Unroll.FULL, noise).gradient().child("noise");
        assertThat(exact.norm()).isGreaterThan(1e-6);
        assertThat(exact.dot(direction).item()).isCloseTo(slope, within(1e-5 * exact.norm() + 1e-8));
    }

    private static double held(FeatureTransformation learner, Params noise) {
        return estimate(learner, Unroll.FULL, noise).losses().sum().item();
    }

    private static Estimate estimate(FeatureTransformation learner, MetaGradient gradient, Params noise) {
        Params theta = learner.metaParameters(new SplittableRandom(3));
        return gradient.estimate(
                BilevelMetaAlgorithm.hyperPart(learner, theta),
                noise.under("noise"),
                helped(),
                TaskContext.training(1, 1, moments(learner), seen -> {}));
    }

    /** Without noise the training loss is the inner loss and 0.9^floor(iteration / span) times an ordinary cross-entropy. */
    @Test
    void auxiliaryClassificationFadesAndHyperGradientsDoNotSeeIt() {
        FeatureTransformation learner = published(Transformation.NONE);
        Params theta = learner.metaParameters(new SplittableRandom(3));
        Params phi = theta.child("model").expand(2);
        Episodes tasks = helped();
        LabelledBatch beside = tasks.beside().orElseThrow();
        Tensor maps = RESIDUAL.features(theta.child("model"), beside.x(), Normalization.batch());
        double[] classified = Losses.crossEntropy(Linear.apply(theta.child("model.auxiliary"), maps), beside.y())
                .doubles();
        for (int[] at : new int[][] {{0, 0}, {9, 0}, {10, 1}, {39, 3}}) {
            StepContext context = TaskContext.training(1, at[0], learner.statistics(), seen -> {})
                    .at(1, false);
            double[] plain = learner.innerLoss(theta, phi, tasks, context).doubles();
            assertThat(plain)
                    .containsExactly(
                            learner.innerLoss(theta, phi, pairs(), context).doubles());
            double weight = Math.pow(0.9, at[1]);
            assertThat(learner.trainingLoss(theta, phi, tasks, context).doubles())
                    .containsExactly(
                            new double[] {plain[0] + weight * classified[0], plain[1] + weight * classified[1]},
                            within(1e-12));
        }
    }

    @Test
    void picturesBesideTasksMustBeThereAndOfTheClassesSaid() {
        FeatureTransformation learner = published(Transformation.NONE);
        Params theta = learner.metaParameters(new SplittableRandom(3));
        Params phi = theta.child("model").expand(2);
        StepContext context = TaskContext.training(1).at(1, false);
        assertThatThrownBy(() -> learner.trainingLoss(theta, phi, pairs(), context))
                .hasMessageContainingAll("method.auxiliary is 4 classes", "tasks.auxiliary");
        LabelledBatch beside = helped().beside().orElseThrow();
        Episodes others = pairs().with(new LabelledBatch(beside.x(), beside.y(), 7));
        assertThatThrownBy(() -> learner.trainingLoss(theta, phi, others, context))
                .hasMessageContainingAll("method.auxiliary is 4 classes", "expected 7");
    }

    /** Copies look at the running averages of the model and leave them as they are; the model's own step moves them. */
    @Test
    void runningAveragesAreTheModelsAlone() {
        FeatureTransformation learner = published(Transformation.LEARNED);
        var algorithm = new BilevelMetaAlgorithm<>(learner, EvoGrad.PUBLISHED, Descent.of(Sgd.PLAIN, 0.1));
        Episodes tasks = helped();
        for (int number : new int[] {1, 2}) {
            Episodes some = tasks.slice(0, number);
            MetaState start = algorithm.init(new SplittableRandom(3));
            MetaState trained = algorithm
                    .update(start, List.of(algorithm.contribute(start, some, 5)))
                    .state();
            assertThat(trained.iteration()).isZero();
            assertThat(trained.statistics().get("b3n1.mean").doubles())
                    .isNotEqualTo(start.statistics().get("b3n1.mean").doubles());
            Contribution hyper = algorithm.contribute(trained, some, 5);
            MetaState end = algorithm.update(trained, List.of(hyper)).state();
            assertThat(end.iteration()).isEqualTo(1);
            trained.statistics()
                    .forEach((name, value) -> assertThat(
                                    end.statistics().get(name).doubles())
                            .as(name)
                            .containsExactly(value.doubles()));

            // What judges the mean of the copies is the model with its running averages.
            MetaState elsewhere = new MetaState(
                    0, trained.theta(), trained.slots(), trained.statistics().map(t -> t.add(0.5)), trained.carry());
            assertThat(algorithm.contribute(elsewhere, some, 5).loss()).isNotEqualTo(hyper.loss());
        }
    }
}
