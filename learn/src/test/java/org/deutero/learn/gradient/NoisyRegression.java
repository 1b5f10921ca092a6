package org.deutero.learn.gradient;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.capability.GradientLearner;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.optim.Optimizer;
import org.deutero.tensor.optim.Rates;

/**
 * Everything that an estimator must cope with in one learner: slots of the inner optimiser, a learned rate and decay, noise in every step, and
 * losses met on the way that depend on theta, on the state before and on the state after.
 */
record NoisyRegression(Optimizer optimizer, int steps, boolean lossesOnTheWay, DType type)
        implements GradientLearner<Episodes> {
    NoisyRegression(Optimizer optimizer, int steps, boolean lossesOnTheWay) {
        this(optimizer, steps, lossesOnTheWay, DType.FLOAT64);
    }

    static Episodes tasks() {
        SplittableRandom rng = new SplittableRandom(1);
        return new Episodes(
                Tensors.normal(rng, DType.FLOAT64, 3, 4, 2),
                Tensors.normal(rng, DType.FLOAT64, 3, 4, 1),
                Tensors.normal(rng, DType.FLOAT64, 3, 5, 2),
                Tensors.normal(rng, DType.FLOAT64, 3, 5, 1),
                0);
    }

    static Params theta() {
        return new NoisyRegression(null, 0, false).metaParameters(new SplittableRandom(2));
    }

    @Override
    public Params metaParameters(RandomGenerator rng) {
        return Params.builder()
                .put("w", Tensors.normal(rng, DType.FLOAT64, 2))
                .put("b", Tensors.normal(rng, DType.FLOAT64, 1))
                .put("log_rate", Tensor.of(new double[] {-2}))
                .put("log_decay", Tensor.of(new double[] {-1}))
                .put("unused", Tensor.of(new double[] {1, 2}, 2))
                .build();
    }

    @Override
    public Params begin(Params theta, Episodes tasks, StepContext context) {
        Params start = theta.filter(n -> n.length() == 1).map(Tensor::tanh).expand(tasks.size());
        return start.with(optimizer.init(start).under("slots"));
    }

    private static Tensor error(Params weights, Tensor x, Tensor y) {
        Tensor prediction = x.matmul(weights.get("w").unsqueeze(2))
                .add(weights.get("b").unsqueeze(1))
                .tanh();
        return prediction.sub(y).square().meanPerTask();
    }

    @Override
    public Params weights(Params phi) {
        return phi.filter(n -> n.length() == 1);
    }

    @Override
    public Tensor innerLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
        Params w = weights(phi);
        Tensor noise = Tensors.normal(context.random(), DType.FLOAT64, 3, 4, 2)
                .mul(0.3)
                .to(type);
        return error(w, tasks.supportX().add(noise), tasks.supportY())
                .add(theta.get("log_decay").exp().mul(w.dotPerTask(w)));
    }

    @Override
    public Step update(Params theta, Params phi, Params gradient, Episodes tasks, StepContext context) {
        Rates rates = (params, direction) -> params.zip(
                direction, (p, d) -> p.sub(d.mul(theta.get("log_rate").exp())));
        Optimizer.Update update = optimizer.update(gradient, phi.child("slots"), weights(phi), rates, context.step());
        Params next = update.params().with(update.state().under("slots"));
        if (!lossesOnTheWay) {
            return Step.of(next);
        }
        Tensor met = error(update.params(), tasks.queryX(), tasks.queryY())
                .mul(0.3)
                .add(error(weights(phi), tasks.queryX(), tasks.queryY()).mul(0.2))
                .add(theta.get("log_rate").square().mul(0.01 * (context.step() + 1)));
        return new Step(next, met);
    }

    @Override
    public int steps(Episodes tasks) {
        return steps;
    }

    @Override
    public Tensor metaLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
        return error(phi.filter(n -> n.length() == 1), tasks.queryX(), tasks.queryY())
                .add(theta.get("log_decay").square().mul(0.05));
    }
}
