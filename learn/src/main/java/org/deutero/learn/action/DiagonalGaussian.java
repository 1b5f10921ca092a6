package org.deutero.learn.action;

import org.deutero.learn.StepContext;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * Vectors whose numbers are normal and independent. Densities are those of the vector drawn, whatever a world makes of what lies outside of its bounds.
 *
 * @param mean [.., numbers]
 * @param logStd logarithms of deviations: [numbers], or whatever can be added to the mean
 */
public record DiagonalGaussian(Tensor mean, Tensor logStd) implements ActionDistribution {
    private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);
    private static final double HALF_LOG_FOUR_PI = 0.5 * Math.log(4 * Math.PI);

    private int last() {
        return mean.rank() - 1;
    }

    @Override
    public Tensor draw(StepContext context) {
        long[] shape = mean.shape();
        Params noise = context.draw((int) shape[0], (rng, n) -> {
            long[] own = shape.clone();
            own[0] = n;
            return Params.of("normal", Tensors.normal(rng, mean.dtype(), own));
        });
        Tensor normal = noise.to(mean.device()).get("normal");
        return mean.detach().add(normal.mul(logStd.detach().exp()));
    }

    @Override
    public Tensor mode() {
        return mean.detach();
    }

    /** Deviations from the mean in units of the standard deviation. */
    @Override
    public Tensor logProbability(Tensor action) {
        Tensor distance = action.sub(mean).div(logStd.exp());
        return distance.square().mul(-0.5).sub(logStd).sub(HALF_LOG_TWO_PI).sum(last());
    }

    @Override
    public Tensor entropy() {
        return logStd.add(0.5 + HALF_LOG_TWO_PI).expand(mean.shape()).sum(last());
    }

    /** The product of 1 / (2 sqrt(pi) deviation). */
    @Override
    public Tensor certainty() {
        return logStd.add(HALF_LOG_FOUR_PI)
                .expand(mean.shape())
                .sum(last())
                .neg()
                .exp();
    }

    @Override
    public Tensor divergence(ActionDistribution other) {
        if (!(other instanceof DiagonalGaussian q)) {
            throw new IllegalArgumentException("only distributions of one kind have a divergence");
        }
        Tensor variance = logStd.mul(2).exp();
        Tensor others = q.logStd.mul(2).exp();
        return variance.add(mean.sub(q.mean).square())
                .div(others.mul(2))
                .add(q.logStd.sub(logStd))
                .sub(0.5)
                .sum(last());
    }
}
