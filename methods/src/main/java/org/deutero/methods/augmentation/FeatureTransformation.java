package org.deutero.methods.augmentation;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.deutero.learn.StepContext;
import org.deutero.learn.capability.BilevelLearner;
import org.deutero.learn.capability.ModelTraining;
import org.deutero.methods.QueryStatistics;
import org.deutero.methods.metric.Head;
import org.deutero.options.OptionsException;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.LabelledBatch;
import org.deutero.tensor.DType;
import org.deutero.tensor.Losses;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.ChannelModulation;
import org.deutero.tensor.nn.ModulatedNetwork;
import org.deutero.tensor.nn.Normalization;

/**
 * Cross-domain few-shot learning with learned feature-wise transformation (LFT; Tseng, Lee, Huang, Yang 2020, arXiv 2001.08735): a metric learner is trained on episodes of one domain whose features are disturbed by {@link FeatureNoise}, and how strongly each channel is disturbed is
 * learned from episodes of another domain, undisturbed. The paper differentiates a step of gradient descent; EvoGrad (Bohdal, Yang, Hospedales 2021) does with first derivatives. The model comes first in every iteration.
 *
 * <p>In meta-training the support set of a task is a whole episode of the domain to train on, its shots first and class by class, and the query set one of the other domain. In use, and in the test, tasks are ordinary episodes.
 *
 * <p>The model's own steps may be helped by an {@link Auxiliary} classification of pictures beside the episodes, which pass the encoder as a batch of their own, disturbed by noise of their own; hyper-gradients do not see it.
 *
 * <p>In training the encoder normalises an episode as one batch, shots and queries together. What it does in use, and with the other domain's episode, is the {@link QueryStatistics}' to say; running averages follow the model's own steps alone (the mean of what the episode and the auxiliary batch have), and
 * copies of the model share them. The head always uses its batch, as in the paper's code.
 *
 * <p>theta: encoder, head and auxiliary layer under {@code model}, and the strengths under {@code noise} if they are learned.
 *
 * @param encoder without a head of its own
 * @param head compares queries with a support set
 * @param transformation of features in training
 * @param auxiliary classification
 * @param queryStatistics of the encoder's batch normalisation in use; running averages in the paper
 * @param training of encoder and head
 * @param dtype of all numbers
 */
public record FeatureTransformation(
        ModulatedNetwork encoder,
        Head head,
        Transformation transformation,
        Auxiliary auxiliary,
        QueryStatistics queryStatistics,
        ModelTraining training,
        DType dtype)
        implements BilevelLearner<Episodes> {
    private static final String NOISE = "noise";
    private static final String METRIC = "metric";
    private static final String AUXILIARY = "auxiliary";

    /** What is done to features in training. */
    public enum Transformation {
        /** Nothing. */
        NONE,
        /** Noise of the strengths that the paper found by hand. */
        FIXED,
        /** Noise of learned strengths, from there. */
        LEARNED
    }

    private FeatureNoise noise() {
        return new FeatureNoise(encoder.modulatedWidths());
    }

    @Override
    public ModelTraining modelTraining() {
        return training;
    }

    @Override
    public boolean modelFirst() {
        return true;
    }

    @Override
    public Params metaParameters(RandomGenerator rng) {
        Params model = encoder.init(rng, dtype)
                .with(head.init(rng, dtype).under(METRIC))
                .with(auxiliary.init(rng, dtype).under(AUXILIARY))
                .under(MODEL);
        return transformation == Transformation.LEARNED
                ? model.with(noise().init(dtype).under(NOISE))
                : model;
    }

    @Override
    public Params statistics() {
        return running() ? encoder.initialMoments(dtype) : Params.EMPTY;
    }

    private boolean running() {
        return queryStatistics == QueryStatistics.RUNNING;
    }

    @Override
    public Tensor innerLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
        Pass pass = new Pass();
        Tensor losses = episodeLoss(theta, phi, tasks, pass, context);
        observe(context, List.of(pass));
        return losses;
    }

    @Override
    public Tensor trainingLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
        if (!auxiliary.present()) {
            return innerLoss(theta, phi, tasks, context);
        }
        LabelledBatch beside = auxiliary.batch(tasks);
        Pass first = new Pass();
        Tensor losses = episodeLoss(theta, phi, tasks, first, context);
        ChannelModulation modulation = transformation == Transformation.NONE
                ? ChannelModulation.NONE
                : noise().draw(AUXILIARY, strengths(theta, tasks, context), tasks.size(), context);
        Pass second = new Pass();
        Tensor features = encoder.features(phi, beside.x(), second.normalization(), modulation);
        Tensor helping = auxiliary.losses(phi.child(AUXILIARY), features, beside.y());
        observe(context, List.of(first, second));
        context.report(Params.of("auxiliary-loss", helping));
        return losses.add(helping.mul(auxiliary.weight(context.iteration())));
    }

    /** A batch that the encoder is trained on; its moments are remembered if running averages are to follow them. */
    private final class Pass {
        private final Optional<Normalization.Recording> recording =
                running() ? Optional.of(Normalization.recording()) : Optional.empty();

        Normalization normalization() {
            return recording.isPresent() ? recording.get() : Normalization.batch();
        }
    }

    private void observe(StepContext context, List<Pass> passes) {
        if (running()) {
            context.observe(passes.stream()
                    .map(pass -> pass.recording.orElseThrow().moments().detach())
                    .reduce(Params::add)
                    .orElseThrow()
                    .mul(1.0 / passes.size()));
        }
    }

    private Tensor episodeLoss(Params theta, Params phi, Episodes tasks, Pass pass, StepContext context) {
        ChannelModulation modulation = transformation == Transformation.NONE
                ? ChannelModulation.NONE
                : noise().draw(strengths(theta, tasks, context), tasks.size(), context);
        Tensor y = tasks.supportY();
        int shots = shots(y, tasks.way());
        Tensor all = encoder.features(phi, tasks.supportX(), pass.normalization(), modulation);
        Tensor logits = compared(phi, all, y.slice(1, 0, shots), tasks.way());
        return Losses.crossEntropy(logits, y.slice(1, shots, y.size(1)));
    }

    private Params strengths(Params theta, Episodes tasks, StepContext context) {
        return transformation == Transformation.LEARNED
                ? context.forTasks(theta.child(NOISE), tasks.size())
                : noise().init(dtype).expand(tasks.size());
    }

    /** How many of a whole episode are its shots. */
    private static int shots(Tensor y, int way) {
        int shots = way * shot(y);
        if (shots >= y.size(1)) {
            throw new OptionsException(
                    "feature-transformation is trained on whole episodes, shots and queries, such as "
                            + "tasks.source: cross-domain gives, but the " + y.size(1)
                            + " examples that these tasks train on are "
                            + way + " classes with their shots alone, " + shot(y) + " each");
        }
        return shots;
    }

    /** The examples of the first class, before those of the second. */
    private static int shot(Tensor y) {
        long[] labels = y.select(0, 0).longs();
        int shot = 0;
        while (shot < labels.length && labels[shot] == labels[0]) {
            shot++;
        }
        return shot;
    }

    /** Logits of what comes after the shots, [tasks, queries, way]. */
    private Tensor compared(Params phi, Tensor features, Tensor shotLabels, int way) {
        long shots = shotLabels.size(1);
        Params own = phi.child(METRIC);
        Params memory = head.memory(own, features.slice(1, 0, shots), shotLabels, way);
        return head.logits(own, memory, features.slice(1, shots, features.size(1)), Normalization.batch());
    }

    /** Logits of what comes after the shots, without noise. */
    private Tensor answers(Params phi, Tensor x, Tensor shotLabels, int way, StepContext context) {
        return compared(phi, quiet(phi, x, shotLabels.size(1), context), shotLabels, way);
    }

    private Tensor quiet(Params phi, Tensor x, long shots, StepContext context) {
        return switch (queryStatistics) {
            case BATCH -> encoder.features(phi, x, Normalization.batch());
            case RUNNING -> encoder.features(phi, x, Normalization.fixed(context.statistics()));
            case SUPPORT -> {
                Normalization.Recording recording = Normalization.recording();
                Tensor support = encoder.features(phi, x.slice(1, 0, shots), recording);
                Normalization fixed = Normalization.fixed(recording.moments());
                yield Tensors.cat(List.of(support, encoder.features(phi, x.slice(1, shots, x.size(1)), fixed)), 1);
            }
        };
    }

    @Override
    public Tensor metaLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
        if (!context.training()) {
            return Losses.crossEntropy(predict(theta, phi, tasks, context), tasks.queryY());
        }
        Tensor y = tasks.queryY();
        int shots = shots(y, tasks.way());
        Tensor logits = answers(phi, tasks.queryX(), y.slice(1, 0, shots), tasks.way(), context);
        return Losses.crossEntropy(logits, y.slice(1, shots, y.size(1)));
    }

    @Override
    public Tensor predict(Params theta, Params phi, Episodes tasks, StepContext context) {
        Tensor x = Tensors.cat(List.of(tasks.supportX(), tasks.queryX()), 1);
        return answers(phi, x, tasks.supportY(), tasks.way(), context);
    }
}
