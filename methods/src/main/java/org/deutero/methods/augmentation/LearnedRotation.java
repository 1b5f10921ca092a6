package org.deutero.methods.augmentation;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.deutero.learn.StepContext;
import org.deutero.learn.capability.BilevelLearner;
import org.deutero.learn.capability.FixedFunction;
import org.deutero.learn.capability.FrozenNetwork;
import org.deutero.learn.capability.ModelTraining;
import org.deutero.learn.capability.Servable;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.DType;
import org.deutero.tensor.Functional;
import org.deutero.tensor.Losses;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Network;
import org.deutero.tensor.nn.Normalization;

/**
 * The rotation transformer of EvoGrad (Bohdal, Yang, Hospedales 2021, arXiv 2106.10575, section 4.1): a classifier is trained on images turned by one learned angle, for the sake of held-out images that stand askew. In every iteration the classifier is trained first, then the angle.
 *
 * <p>theta: the weights under {@code model}, and {@code angle} [1], in radians, counter-clockwise, from 0. Logs tell it in degrees.
 *
 * @param network that ends in one output a class
 * @param training of its weights
 * @param learned whether there is an angle; without one it is plain training on images as they are
 * @param dtype of all numbers
 */
public record LearnedRotation(Network network, ModelTraining training, boolean learned, DType dtype)
        implements BilevelLearner<Episodes>, Servable<Episodes>, FixedFunction {
    private static final String ANGLE = "angle";

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
        Params model = network.init(rng, dtype).under(MODEL);
        return learned ? model.with(Params.of(ANGLE, Tensors.zeros(dtype, 1))) : model;
    }

    @Override
    public Params statistics() {
        return network.initialMoments(dtype);
    }

    @Override
    public Tensor innerLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
        Normalization.Recording recording = Normalization.recording();
        Tensor logits = network.apply(phi, turned(theta, tasks, context), recording);
        if (!statistics().isEmpty()) {
            context.observe(recording.moments().detach());
        }
        return Losses.crossEntropy(logits, tasks.supportY());
    }

    /** The support images, each task's by its angle. */
    private Tensor turned(Params theta, Episodes tasks, StepContext context) {
        Tensor x = tasks.supportX();
        if (!learned) {
            return x;
        }
        Params own = context.forTasks(theta.filter(ANGLE::equals), tasks.size());
        Tensor angles = own.get(ANGLE).expand(-1, tasks.supportSize()).reshape(-1);
        long[] shape = x.shape();
        return Functional.rotate(x.reshape(-1, shape[2], shape[3], shape[4]), angles)
                .reshape(shape);
    }

    @Override
    public Tensor metaLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
        if (learned && context.training()) {
            Tensor angle = context.forTasks(theta.filter(ANGLE::equals), tasks.size())
                    .get(ANGLE)
                    .detach();
            context.report(Params.of("degrees", angle.select(1, 0).mul(180 / Math.PI)));
        }
        Tensor logits = context.training() ? network.apply(phi, tasks.queryX()) : predict(theta, phi, tasks, context);
        return Losses.crossEntropy(logits, tasks.queryY());
    }

    @Override
    public Tensor predict(Params theta, Params phi, Episodes tasks, StepContext context) {
        return network.apply(phi, tasks.queryX(), Normalization.fixed(context.statistics()));
    }

    @Override
    public Params solution(Params theta, Params phi, Episodes tasks, StepContext context) {
        return Params.builder()
                .put("weights", phi.task(0))
                .put("moments", context.statistics())
                .build();
    }

    @Override
    public Tensor answer(Params solution, Tensor x) {
        return network.apply(solution.child("weights"), x.unsqueeze(0), Normalization.fixed(solution.child("moments")))
                .squeeze(0);
    }

    @Override
    public Optional<FrozenNetwork> frozen(Params solution) {
        return Optional.of(FrozenNetwork.whole(network, solution.child("weights"), solution.child("moments")));
    }

    @Override
    public boolean fixedOutputs() {
        return true;
    }
}
