package org.deutero.methods.rates;

import java.util.random.RandomGenerator;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.capability.GradientLearner;
import org.deutero.learn.capability.LearnedStepSizes;
import org.deutero.learn.capability.ProblemLearner;
import org.deutero.tasks.problem.ProblemShape;
import org.deutero.tasks.problem.Problems;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * Gradient descent on problems with a learned rate for each layer: w_l moves by -exp(a_l) dL/dw_l, where L is the loss of a step's mini-batch. A layer is what has a common name before the last dot.
 *
 * <p>Step sizes of layers and parameters as meta-parameters: Maclaurin, Duvenaud, Adams 2015 (arXiv 1502.03492), section 3.2; Li, Zhou, Chen, Li 2017 (arXiv 1707.09835). Logarithms keep rates positive and let them move by factors. Meta-parameters: {@code log-rate.LAYER}, each []; fast state: {@code weights}.
 *
 * @param shape of the problems
 * @param sharing what has a rate of its own
 * @param rate of all before meta-training
 * @param dtype of the meta-parameters
 */
public record LearnedRates(ProblemShape shape, Sharing sharing, double rate, DType dtype)
        implements ProblemLearner, GradientLearner<Problems>, LearnedStepSizes {
    private static final String LOG_RATE = "log-rate";
    private static final String ALL = "all";

    /** What has a rate of its own. */
    public enum Sharing {
        /** Each layer. */
        LAYER,
        /** Each tensor of weights. */
        TENSOR,
        /** All weights together: a single rate. */
        NONE;

        String group(String name) {
            return switch (this) {
                case LAYER -> ProblemShape.layer(name);
                case TENSOR -> name;
                case NONE -> ALL;
            };
        }
    }

    /** Refuses rates that have no logarithm. */
    public LearnedRates {
        if (!(rate > 0)) {
            throw new IllegalArgumentException("a learned rate starts above 0, not at " + rate);
        }
    }

    @Override
    public Params metaParameters(RandomGenerator rng) {
        Params.Builder rates = Params.builder();
        shape.weights().keySet().stream()
                .map(sharing::group)
                .distinct()
                .forEach(group -> rates.put(group, Tensors.full(Math.log(rate), dtype)));
        return rates.build().under(LOG_RATE);
    }

    @Override
    public Params stepSizes(Params theta) {
        return theta.child(LOG_RATE).map(Tensor::exp);
    }

    @Override
    public Params begin(Params theta, Problems tasks, StepContext context) {
        return tasks.start().under(WEIGHTS);
    }

    @Override
    public Tensor innerLoss(Params theta, Params phi, Problems tasks, StepContext context) {
        return tasks.loss(ProblemLearner.trained(phi), context.step());
    }

    @Override
    public Step update(Params theta, Params phi, Params gradient, Problems tasks, StepContext context) {
        Params logarithms = context.forTasks(theta, tasks.size()).child(LOG_RATE);
        Params g = ProblemLearner.trained(gradient);
        Params.Builder next = Params.builder();
        ProblemLearner.trained(phi).forEach((name, w) -> {
            Params one = Params.of(name, g.get(name));
            Tensor factors = logarithms.get(sharing.group(name)).exp();
            next.put(name, w.sub(one.mulPerTask(factors).get(name)));
        });
        return Step.of(next.build().under(WEIGHTS));
    }
}
