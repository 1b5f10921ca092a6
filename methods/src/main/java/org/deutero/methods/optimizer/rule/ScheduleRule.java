package org.deutero.methods.optimizer.rule;

import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.optim.Optimizer.Direction;

/**
 * Gradient descent with momentum whose rate is a learned function of the step: the logarithm of the rate is given at some knots and interpolated in between. The simplest learned optimiser (learned schedules: Maclaurin, Duvenaud, Adams 2015, arXiv 1502.03492, section 3.2; Wu, Ren, Liao, Grosse 2018, arXiv 1803.02021).
 *
 * <p>v' = sigmoid(mu) v + g; weights move by -exp(a(t)) v'. Meta-parameters: {@code log-rate} [knots], {@code momentum} [1], its logit. Slots: {@code velocity} [tasks, coordinates].
 *
 * @param knots where the rate is given
 * @param horizon steps from the first knot to the last; later steps have the rate of the last
 * @param scale how knots are spread over steps
 * @param rate at all knots before meta-training
 * @param momentum before meta-training
 */
public record ScheduleRule(int knots, int horizon, Scale scale, double rate, double momentum) implements LearnedRule {
    private static final String LOG_RATE = "log-rate";
    private static final String MOMENTUM = "momentum";
    private static final String VELOCITY = "velocity";

    /** How knots are spread over steps. */
    public enum Scale {
        /** Evenly. */
        LINEAR,
        /** Evenly over log(1 + t): densely at the start. */
        LOGARITHMIC
    }

    /** Refuses schedules that have no start. */
    public ScheduleRule {
        if (knots < 1 || horizon < 1 || !(rate > 0) || !(momentum > 0 && momentum < 1)) {
            throw new IllegalArgumentException(
                    "a schedule needs at least 1 knot and 1 step, a positive rate and a momentum between 0 and 1, not "
                            + knots + ", " + horizon + ", " + rate + " and " + momentum);
        }
    }

    @Override
    public Params metaParameters(RandomGenerator rng, DType dtype) {
        return Params.builder()
                .put(LOG_RATE, Tensors.full(Math.log(rate), dtype, knots))
                .put(MOMENTUM, Tensors.full(Math.log(momentum / (1 - momentum)), dtype, 1))
                .build();
    }

    @Override
    public Params slots(Params weights) {
        Coordinates coordinates = Coordinates.of(weights);
        return Params.of(VELOCITY, coordinates.zeros(coordinates.all()));
    }

    /** The rates at the knots. */
    @Override
    public Params stepSizes(Params theta) {
        return Params.of("rate", theta.get(LOG_RATE).exp());
    }

    /** The rate at a step, [1] or [tasks, 1]. */
    public Tensor rate(Params theta, long step) {
        Tensor logarithms = theta.get(LOG_RATE);
        int last = logarithms.rank() - 1;
        return logarithms
                .mul(Coordinates.constant(logarithms, shares(step)))
                .sumKeep(last)
                .exp();
    }

    /** By how much each knot counts at a step. */
    private double[] shares(long step) {
        double way = scale == Scale.LINEAR ? (double) step / horizon : Math.log1p(step) / Math.log1p(horizon);
        double at = Math.min(way, 1) * (knots - 1);
        double[] shares = new double[knots];
        for (int i = 0; i < knots; i++) {
            shares[i] = Math.max(0, 1 - Math.abs(at - i));
        }
        return shares;
    }

    @Override
    public Direction direction(Params theta, Params gradients, Params slots, Params weights, long step) {
        Coordinates coordinates = Coordinates.of(weights);
        Tensor velocity = slots.get(VELOCITY).mul(theta.get(MOMENTUM).sigmoid()).add(coordinates.join(gradients));
        return new Direction(coordinates.tree(velocity.mul(rate(theta, step))), Params.of(VELOCITY, velocity));
    }
}
