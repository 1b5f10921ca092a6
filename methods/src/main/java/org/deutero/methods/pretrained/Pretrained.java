package org.deutero.methods.pretrained;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.deutero.learn.InnerGradient;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.capability.Embedder;
import org.deutero.learn.capability.FixedFunction;
import org.deutero.learn.capability.FrozenNetwork;
import org.deutero.learn.capability.Servable;
import org.deutero.methods.EpochRows;
import org.deutero.methods.PretrainingLearner;
import org.deutero.options.OptionsException;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.DType;
import org.deutero.tensor.Losses;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Network;
import org.deutero.tensor.nn.Normalization;

/**
 * Baseline and Baseline++ (Chen, Liu, Kira, Wang, Huang 2019, arXiv 1904.04232): an encoder is trained with one layer over all training classes; for a task the encoder stays as it is and a new layer of the same kind is trained on the
 * support set's features.
 *
 * <p>In meta-training a task is a mini-batch of all training classes (its queries), and nothing adapts. In use: fast state {@code features} [tasks, n, width], the layer's parameters under {@code layer} and their velocities under {@code velocity},
 * each task with a start and an order of examples of its own. Batch normalisation uses the mini-batch in training and running averages in use.
 *
 * <p>theta: the encoder's parameters, and the layer over all training classes under {@code classes}.
 *
 * @param encoder maps inputs to features
 * @param width of features
 * @param layer from features to classes
 * @param baseClasses number of training classes
 * @param head how a new layer is trained
 * @param dtype of all numbers
 */
public record Pretrained(Network encoder, int width, ClassLayer layer, int baseClasses, NewHead head, DType dtype)
        implements Servable<Episodes>, FixedFunction, PretrainingLearner, Embedder {
    private static final String CLASSES = "classes";
    private static final String FEATURES = "features";
    private static final String LAYER = "layer";
    private static final String VELOCITY = "velocity";
    private static final String WEIGHTS = "weights";
    private static final String MOMENTS = "moments";

    @Override
    public Params metaParameters(RandomGenerator rng) {
        Params features = encoder.init(rng, dtype);
        return features.with(layer.init(rng, dtype, width, baseClasses).under(CLASSES));
    }

    @Override
    public Params statistics() {
        return encoder.initialMoments(dtype);
    }

    @Override
    public Params begin(Params theta, Episodes tasks, StepContext context) {
        if (context.training()) {
            return Params.EMPTY;
        }
        Params fresh = context.draw(tasks.size(), (rng, n) -> drawn(rng, n, tasks.way()))
                .to(tasks.supportX().device());
        return Params.builder()
                .put(FEATURES, features(theta, tasks.supportX(), context.statistics()))
                .put(LAYER, fresh)
                .put(VELOCITY, fresh.zerosLike())
                .build();
    }

    private Params drawn(RandomGenerator rng, int tasks, int way) {
        List<Params> each = new ArrayList<>();
        for (int i = 0; i < tasks; i++) {
            each.add(layer.init(rng, dtype, width, way));
        }
        Params.Builder all = Params.builder();
        for (String name : each.get(0).names()) {
            all.put(name, Tensors.stack(each.stream().map(p -> p.get(name)).toList(), 0));
        }
        return all.build();
    }

    private Tensor features(Params theta, Tensor x, Params moments) {
        return encoder.features(theta, x, Normalization.fixed(moments));
    }

    @Override
    public Step step(Params theta, Params phi, Episodes tasks, StepContext context) {
        Tensor rows = rows(tasks, context);
        Tensor x = phi.get(FEATURES).gather(1, rows.unsqueeze(2).expand(rows.size(0), rows.size(1), width));
        Tensor y = tasks.supportY().gather(1, rows);
        Params now = phi.child(LAYER);
        boolean many = tasks.way() >= ClassLayer.MANY;
        Params gradient = InnerGradient.of(
                        (th, weights) -> Losses.crossEntropy(layer.logits(weights, x, many), y), theta, now, context)
                .gradient()
                .addScaled(now, head.decay());
        // As in PyTorch, the first velocity is the gradient itself, without dampening.
        Params velocity = context.step() == 0
                ? gradient
                : phi.child(VELOCITY).mul(head.momentum()).addScaled(gradient, 1 - head.dampening());
        return Step.of(
                phi.with(now.addScaled(velocity, -head.rate()).under(LAYER)).with(velocity.under(VELOCITY)));
    }

    /** Examples of the step's mini-batch, int64 [tasks, batch]: each task goes through its own permutations. */
    private Tensor rows(Episodes tasks, StepContext context) {
        int examples = tasks.supportSize();
        int perEpoch = (examples + head.batch() - 1) / head.batch();
        int epoch = context.step() / perEpoch;
        int from = context.step() % perEpoch * head.batch();
        int size = Math.min(head.batch(), examples - from);
        long[] rows = new long[tasks.size() * size];
        for (int i = 0; i < tasks.size(); i++) {
            // One batch of an epoch of its own is a permutation of all.
            long[] order =
                    EpochRows.of(context.task().seed(), examples, examples, epoch, context.original(i, tasks.size()));
            System.arraycopy(order, from, rows, i * size, size);
        }
        return Tensor.of(rows, tasks.size(), size).to(tasks.supportX().device());
    }

    @Override
    public Tensor embed(Params theta, Params statistics, Tensor x) {
        return features(theta, x.unsqueeze(0), statistics).squeeze(0);
    }

    @Override
    public int steps(Episodes tasks) {
        return 0;
    }

    @Override
    public int evaluationSteps(Episodes tasks) {
        return head.steps(tasks.supportSize());
    }

    @Override
    public Tensor metaLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
        return Losses.crossEntropy(predict(theta, phi, tasks, context), tasks.queryY());
    }

    @Override
    public Tensor predict(Params theta, Params phi, Episodes tasks, StepContext context) {
        if (phi.has(FEATURES)) {
            return logits(phi.child(LAYER), features(theta, tasks.queryX(), context.statistics()), tasks.way());
        }
        if (tasks.way() != baseClasses) {
            throw new OptionsException("method.base-classes is " + baseClasses + ", but there are " + tasks.way()
                    + " training classes, quarter turns counted: expected " + tasks.way());
        }
        Normalization.Recording recording = Normalization.recording();
        Tensor features = encoder.features(theta, tasks.queryX(), recording);
        context.observe(recording.moments());
        return logits(theta.child(CLASSES), features, baseClasses);
    }

    private Tensor logits(Params weights, Tensor features, int classes) {
        return layer.logits(weights, features, classes >= ClassLayer.MANY);
    }

    /** The encoder and the new layer under {@code weights}, running averages under {@code moments}. */
    @Override
    public Params solution(Params theta, Params phi, Episodes tasks, StepContext context) {
        Params shared = context.task().ownTheta() ? theta.task(0) : theta;
        return Params.builder()
                .put(WEIGHTS, shared.filter(name -> !name.startsWith(CLASSES + ".")))
                .put(LAYER, phi.child(LAYER).task(0))
                .put(MOMENTS, context.statistics())
                .build();
    }

    @Override
    public Tensor answer(Params solution, Tensor x) {
        Params own = solution.child(LAYER).expand(1);
        Tensor features = features(solution.child(WEIGHTS), x.unsqueeze(0), solution.child(MOMENTS));
        int way = (int) own.values().get(0).size(1);
        return logits(own, features, way).squeeze(0);
    }

    @Override
    public Optional<FrozenNetwork> frozen(Params solution) {
        return Optional.of(new FrozenNetwork(
                encoder, solution.child(WEIGHTS), solution.child(MOMENTS), layer.frozen(solution.child(LAYER))));
    }

    @Override
    public boolean fixedOutputs() {
        return false;
    }
}
