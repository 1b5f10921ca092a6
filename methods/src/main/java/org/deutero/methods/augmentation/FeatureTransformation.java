package org.deutero.methods.augmentation;

import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.learn.StepContext;
import org.deutero.learn.capability.BilevelLearner;
import org.deutero.learn.capability.ModelTraining;
import org.deutero.methods.metric.Head;
import org.deutero.options.OptionsException;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.DType;
import org.deutero.tensor.Losses;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.ChannelModulation;
import org.deutero.tensor.nn.ConvNet;
import org.deutero.tensor.nn.Normalization;

/**
 * Cross-domain few-shot learning with learned feature-wise transformation (LFT; Tseng, Lee, Huang, Yang 2020, arXiv 2001.08735): a metric learner is trained on episodes of one domain whose features are disturbed by {@link FeatureNoise}, and how strongly each channel is disturbed is
 * learned from episodes of another domain, undisturbed. The paper differentiates a step of gradient descent; EvoGrad (Bohdal, Yang, Hospedales 2021) does with first derivatives. The model comes first in every iteration.
 *
 * <p>In meta-training the support set of a task is a whole episode of the domain to train on, its shots first and class by class, and the query set one of the other domain. In use, and in the test, tasks are ordinary episodes.
 *
 * <p>Differs from the paper: shots and queries are always normalised as one batch, where the paper uses running averages in use; there is no auxiliary classification and no warm start.
 *
 * <p>theta: encoder and head under {@code model}, and the strengths under {@code noise} if they are learned.
 *
 * @param encoder without a head of its own
 * @param head compares queries with a support set
 * @param transformation of features in training
 * @param training of encoder and head
 * @param dtype of all numbers
 */
public record FeatureTransformation(
        ConvNet encoder, Head head, Transformation transformation, ModelTraining training, DType dtype)
        implements BilevelLearner<Episodes> {
    private static final String NOISE = "noise";
    private static final String METRIC = "metric";

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
        return new FeatureNoise(encoder.blocks(), encoder.filters());
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
                .under(MODEL);
        return transformation == Transformation.LEARNED
                ? model.with(noise().init(dtype).under(NOISE))
                : model;
    }

    @Override
    public Tensor innerLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
        return loss(phi, tasks.supportX(), tasks.supportY(), tasks.way(), modulation(theta, tasks, context));
    }

    private ChannelModulation modulation(Params theta, Episodes tasks, StepContext context) {
        if (transformation == Transformation.NONE) {
            return ChannelModulation.NONE;
        }
        Params own = transformation == Transformation.LEARNED
                ? context.forTasks(theta.child(NOISE), tasks.size())
                : noise().init(dtype).expand(tasks.size());
        return noise().draw(own, tasks.size(), context);
    }

    /** The loss of the queries of whole episodes, [tasks]. */
    private Tensor loss(Params phi, Tensor x, Tensor y, int way, ChannelModulation modulation) {
        int shots = way * shot(y);
        if (shots >= y.size(1)) {
            throw new OptionsException(
                    "feature-transformation is trained on whole episodes, shots and queries, such as "
                            + "tasks.source: cross-domain gives, but the " + y.size(1)
                            + " examples that these tasks train on are "
                            + way + " classes with their shots alone, " + shot(y) + " each");
        }
        Tensor logits = logits(phi, x, y.slice(1, 0, shots), way, modulation);
        return Losses.crossEntropy(logits, y.slice(1, shots, y.size(1)));
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
    private Tensor logits(Params phi, Tensor x, Tensor shotLabels, int way, ChannelModulation modulation) {
        Tensor all = encoder.features(phi, x, Normalization.batch(), modulation);
        long shots = shotLabels.size(1);
        Params own = phi.child(METRIC);
        Params memory = head.memory(own, all.slice(1, 0, shots), shotLabels, way);
        return head.logits(own, memory, all.slice(1, shots, x.size(1)), Normalization.batch());
    }

    @Override
    public Tensor metaLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
        return context.training()
                ? loss(phi, tasks.queryX(), tasks.queryY(), tasks.way(), ChannelModulation.NONE)
                : Losses.crossEntropy(predict(theta, phi, tasks, context), tasks.queryY());
    }

    @Override
    public Tensor predict(Params theta, Params phi, Episodes tasks, StepContext context) {
        Tensor x = Tensors.cat(List.of(tasks.supportX(), tasks.queryX()), 1);
        return logits(phi, x, tasks.supportY(), tasks.way(), ChannelModulation.NONE);
    }
}
