package org.deutero.methods.weighting;

import java.util.random.RandomGenerator;
import org.deutero.learn.InnerGradient;
import org.deutero.learn.StepContext;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.Autograd;
import org.deutero.tensor.GradMode;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/**
 * Learning to Reweight Examples (Ren, Zeng, Yang, Urtasun 2018, arXiv 1803.09050): an example weighs as much as its gradient agrees with that of the clean batch, a_i = max(G_i, 0) / sum_j max(G_j, 0) with G_i = &lt;grad F(phi), grad l_i(phi)&gt;; all zero if none agrees. Nothing is learned that lasts
 * longer than an iteration.
 *
 * <p>G is the derivative of the clean loss by weights of examples at zero, up to the rate, and is taken in one pass in forward mode.
 *
 * @param classifier the classifier
 * @param gate through which tensors of the model the gradients are compared
 */
public record LearningToReweight(Classifier classifier, FixedGate gate) implements TrainedClassifier {
    @Override
    public Params metaParameters(RandomGenerator rng) {
        return classifier.init(rng).under(MODEL);
    }

    /** G, [tasks, examples]. */
    Tensor agreement(Params phi, Episodes tasks, StepContext context) {
        Params point = phi.detach();
        Params open = point.filter(gate::open);
        StepContext constants = context.differentiable() ? context.task().at(context.step(), false) : context;
        Params clean = InnerGradient.of(
                        (none, at) -> classifier
                                .losses(point.with(at), tasks.queryX(), tasks.queryY())
                                .mean(1),
                        Params.EMPTY,
                        open,
                        constants)
                .gradient();
        return Autograd.jvp(
                        at -> GradMode.off(() -> Params.of(
                                "losses", classifier.losses(point.with(at), tasks.supportX(), tasks.supportY()))),
                        open,
                        clean)
                .get("losses");
    }

    /** Weights of examples, [tasks, examples]. */
    static Tensor weights(Tensor agreement) {
        Tensor positive = agreement.relu();
        Tensor sum = positive.sumKeep(1);
        // A task where nothing agrees has only zeros to divide.
        return positive.div(sum.add(sum.eq(sum.mul(0)).to(sum.dtype())));
    }

    @Override
    public Tensor innerLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
        Tensor weights = weights(agreement(phi, tasks, context));
        return classifier
                .observedLosses(phi, tasks.supportX(), tasks.supportY(), context)
                .mul(weights)
                .sum(1);
    }
}
