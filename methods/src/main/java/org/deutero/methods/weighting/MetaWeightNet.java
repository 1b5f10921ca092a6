package org.deutero.methods.weighting;

import java.util.Map;
import java.util.random.RandomGenerator;
import org.deutero.learn.InnerGradient;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.capability.ExampleWeighting;
import org.deutero.learn.capability.ModelTraining;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.optim.Sgd;

/**
 * Meta-Weight-Net (Shu, Xie, Yi, Zhao, Zhou, Xu, Meng 2019, arXiv 1902.07379): a small network V sets the weight of a training example by its loss; V is learned beside the classifier so that one step of plain descent on the weighted batch lowers the loss of a clean one. With gates on the layers through
 * which V is learned, FaMUS (Xu, Zhu, Jiang, Yang 2021, arXiv 2104.15092).
 *
 * <p>theta: the classifier under {@code model}, V under {@code weight-net}, the gate's own parameters under {@code sampler}. A fast state may hold the pooled gradient of the last layer under {@code pooled}, which FaMUS aligns.
 *
 * @param classifier the classifier
 * @param net V
 * @param decay weight decay of V: half of it times the squares of V's parameters are part of the meta-loss
 * @param gate which tensors the meta-gradient passes through
 * @param samplerRate step size of the gate's own parameters, which move by descent with momentum 0.9
 * @param alignment of the last layer's gradients
 */
public record MetaWeightNet(
        Classifier classifier, WeightNet net, double decay, Gate gate, double samplerRate, Alignment alignment)
        implements TrainedClassifier, ExampleWeighting<Episodes> {
    static final String NET = "weight-net";
    static final String SAMPLER = "sampler";
    private static final String POOLED = "pooled";
    private static final double SAMPLER_MOMENTUM = 0.9;

    /** Without gates. */
    public MetaWeightNet(Classifier classifier, WeightNet net, double decay) {
        this(classifier, net, decay, FixedGate.NONE, 0.1, Alignment.NONE);
    }

    @Override
    public Params metaParameters(RandomGenerator rng) {
        Params model = classifier.init(rng);
        return Params.builder()
                .put(MODEL, model)
                .put(NET, net.init(rng, classifier.dtype()))
                .put(SAMPLER, gate.init(rng, model, classifier.dtype()))
                .build();
    }

    @Override
    public Map<String, ModelTraining> ownTraining() {
        return gate instanceof SampledGate
                ? Map.of(SAMPLER, ModelTraining.of(new Sgd(SAMPLER_MOMENTUM, false), samplerRate))
                : Map.of();
    }

    @Override
    public Params weights(Params phi) {
        return phi.filter(name -> !name.startsWith(POOLED + "."));
    }

    @Override
    public Tensor exampleLosses(Params theta, Params phi, Episodes tasks, StepContext context) {
        return classifier.losses(weights(phi), tasks.supportX(), tasks.supportY());
    }

    @Override
    public Tensor exampleWeights(Params theta, Tensor losses, Episodes tasks, StepContext context) {
        return net.weights(context.forTasks(theta.child(NET), tasks.size()), losses);
    }

    @Override
    public Tensor innerLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
        Tensor losses = classifier.observedLosses(weights(phi), tasks.supportX(), tasks.supportY(), context);
        return losses.mul(exampleWeights(theta, losses, tasks, context)).sum(1);
    }

    @Override
    public Step update(Params theta, Params phi, Params gradient, Episodes tasks, StepContext context) {
        Gate.Passed passed = gate.pass(theta.child(SAMPLER), gradient, context);
        Params moved =
                weights(phi).addScaled(passed.gradient(), -modelTraining().rateAt(context.iteration()));
        Params pooled = aligns(context) ? alignment.pooled(lastLayer(gradient)) : Params.EMPTY;
        return new Step(moved.with(pooled.under(POOLED)), passed.loss());
    }

    private boolean aligns(StepContext context) {
        return alignment.weight() > 0 && context.training();
    }

    private Params lastLayer(Params model) {
        String last = classifier.network().headLayer() + ".";
        return model.filter(name -> name.startsWith(last));
    }

    @Override
    public Tensor metaLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
        Tensor loss = TrainedClassifier.super.metaLoss(theta, phi, tasks, context);
        Params pooled = phi.child(POOLED);
        if (aligns(context) && !pooled.isEmpty()) {
            loss = loss.add(alignment.loss(pooled, cleanGradient(phi, tasks, context)));
        }
        return decay == 0 || !context.training() ? loss : loss.add(penalty(theta, tasks, context));
    }

    /** The gradient of the clean loss by the last layer; differentiable by all weights if the step is. */
    private Params cleanGradient(Params phi, Episodes tasks, StepContext context) {
        Params weights = weights(phi);
        return InnerGradient.of(
                        (none, last) -> classifier
                                .losses(weights.with(last), tasks.queryX(), tasks.queryY())
                                .mean(1),
                        Params.EMPTY,
                        lastLayer(weights),
                        context)
                .gradient();
    }

    private Tensor penalty(Params theta, Episodes tasks, StepContext context) {
        Params own = context.forTasks(theta.child(NET), tasks.size());
        return own.dotPerTask(own).mul(decay / 2);
    }
}
