package org.deutero.methods.lpg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.deutero.learn.TaskContext;
import org.deutero.methods.InScope;
import org.deutero.tensor.Autograd;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Where the meta-gradient of a policy flows to, in updates from experience that stays the same. */
@ExtendWith(InScope.class)
class DifferentiableInputsTest {
    private static final int LIFETIMES = 2;
    private static final int STATES = 4;
    private static final int STEPS = 6;

    private static final ObjectiveNetwork NETWORK =
            new ObjectiveNetwork(ObjectiveNetwork.Memory.GRU, 5, 4, 3, Lifespan.UNTOLD);
    private static final Body BODY = new Body.Table(STATES);

    private final SplittableRandom rng = new SplittableRandom(3);
    private final Params eta = NETWORK.init(rng, DType.FLOAT64);
    private final Params agent = BODY.init(rng, DType.FLOAT64, LIFETIMES, 2, 0.5)
            .under(AgentSteps.POLICY)
            .with(BODY.init(rng, DType.FLOAT64, LIFETIMES, 3, 0.5).under(AgentSteps.PREDICTION));
    private final Experience[] lived = {experience(), experience(), experience()};
    private final Tensor advantage = Tensors.normal(rng, DType.FLOAT64, LIFETIMES, STEPS);

    private Experience experience() {
        Tensor none = Tensors.zeros(DType.FLOAT64, LIFETIMES, 1, STEPS);
        return new Experience(
                Params.EMPTY,
                numbers(STATES),
                numbers(STATES),
                numbers(2),
                Tensors.normal(rng, DType.FLOAT64, LIFETIMES, 1, STEPS),
                none,
                none);
    }

    private Tensor numbers(int below) {
        long[] numbers = rng.longs((long) LIFETIMES * STEPS, 0, below).toArray();
        return Tensor.of(numbers, LIFETIMES, STEPS);
    }

    /** Minus log pi A after three updates. */
    private Tensor loss(Params at, boolean differentiableInputs) {
        LearnedUpdate update = new LearnedUpdate(NETWORK, BODY, AgentSteps.sgd(0.5, 3, 2), differentiableInputs);
        Params now = agent;
        for (int k = 0; k < lived.length; k++) {
            now = update.of(
                            at,
                            now,
                            Params.EMPTY,
                            lived[k],
                            Tensors.zeros(DType.FLOAT64, LIFETIMES, 2),
                            new LearnedUpdate.Hyper(Tensors.full(0.5, DType.FLOAT64, LIFETIMES), null),
                            TaskContext.training(1).at(k, true))
                    .agent();
        }
        return update.logProbability(now, lived[0].seen(), lived[0].action())
                .mul(advantage)
                .mean()
                .neg();
    }

    private Params gradient(boolean differentiableInputs) {
        Params leaf = eta.leaf();
        return Autograd.gradient(loss(leaf, differentiableInputs), leaf, false);
    }

    @Test
    void constantInputsHideFromPredictionsWhatPoliciesMakeOfThem() {
        Params constant = gradient(false);
        assertThat(constant.get("prediction.weight").doubles()).containsOnly(0);
        assertThat(constant.get("policy.weight").square().sum().item()).isPositive();
        assertThat(gradient(true).get("prediction.weight").square().sum().item())
                .isGreaterThan(1e-10);
    }

    @Test
    void differentiableInputsGiveTheWholeDerivative() {
        Params whole = gradient(true);
        Params constant = gradient(false);
        double h = 1e-5;
        double furthest = 0;
        for (String name : new String[] {"prediction.weight", "policy.weight", "embed0.weight", "gru.weight_ih"}) {
            double[] direction = new double[Math.toIntExact(eta.get(name).numel())];
            Arrays.setAll(direction, i -> rng.nextDouble() - 0.5);
            Tensor way = Tensor.of(direction, eta.get(name).shape());
            double there = loss(eta.with(Params.of(name, eta.get(name).addScaled(way, h))), false)
                    .item();
            double back = loss(eta.with(Params.of(name, eta.get(name).addScaled(way, -h))), false)
                    .item();
            double slope = (there - back) / (2 * h);
            double along = whole.get(name).mul(way).sum().item();
            assertThat(along).as(name).isCloseTo(slope, within(1e-8 + 1e-6 * Math.abs(slope)));
            furthest = Math.max(
                    furthest, Math.abs(constant.get(name).mul(way).sum().item() - slope) / Math.abs(slope));
        }
        assertThat(furthest).as("constant inputs leave something out").isGreaterThan(0.01);
    }
}
