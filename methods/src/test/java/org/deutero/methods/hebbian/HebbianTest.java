package org.deutero.methods.hebbian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.deutero.learn.TaskContext;
import org.deutero.learn.capability.Agent;
import org.deutero.methods.InScope;
import org.deutero.methods.hebbian.AbcdRule.Place;
import org.deutero.methods.hebbian.AbcdRule.Terms;
import org.deutero.tasks.control.CartPole;
import org.deutero.tasks.control.CartPoleTasks;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Coefficients of every synapse's own, and lives under them. */
@ExtendWith(InScope.class)
class HebbianTest {
    private final SplittableRandom rng = new SplittableRandom(1);

    private static double at(Params coefficients, String name, int i, int j) {
        return coefficients.has(name)
                ? coefficients.get(name).select(0, i).select(0, j).item()
                : 0;
    }

    @Test
    void theRuleIsItsFormulaInAllVariants() {
        double[] before = {0.5, -2};
        double[] behind = {1.5, 0.25, -1};
        for (Terms terms : Terms.values()) {
            for (boolean rate : new boolean[] {false, true}) {
                for (Place place : Place.values()) {
                    if (place == Place.IN || terms == Terms.AD || terms == Terms.ABCD) {
                        AbcdRule rule = new AbcdRule(terms, rate, place);
                        Params k = rule.init(rng, DType.FLOAT64, 2, 3);
                        Tensor change = rule.change(k, Tensor.of(before, 1, 2), Tensor.of(behind, 1, 3));
                        for (int i = 0; i < 2; i++) {
                            for (int j = 0; j < 3; j++) {
                                double inside = at(k, "a", i, j) * before[i] * behind[j]
                                        + at(k, "b", i, j) * before[i]
                                        + at(k, "c", i, j) * behind[j]
                                        + at(k, "d", i, j);
                                double expected = inside * (rate ? at(k, "eta", i, j) : 1) + at(k, "offset", i, j);
                                assertThat(change.select(0, i).select(0, j).item())
                                        .as(rule.toString())
                                        .isCloseTo(expected, within(1e-12));
                            }
                        }
                    }
                }
            }
        }
    }

    private static HebbianNetwork network(boolean plastic) {
        return new HebbianNetwork(new AbcdRule(Terms.ABCD, true, Place.IN), plastic, List.of(3), 0.1);
    }

    @Test
    void theLargestWeightOfALayerIsOneAfterAChange() {
        HebbianNetwork network = network(true);
        Params theta = network.init(rng, DType.FLOAT64, 4, 2);
        Params weights = network.start(rng, DType.FLOAT64, 4, 2, 5);
        assertThat(weights.get("l0").abs().flatten(0).max(0).item()).isLessThan(0.1);
        List<Tensor> activations = network.forward(theta, weights, Tensors.normal(rng, DType.FLOAT64, 5, 1, 4));
        Params next = network.update(theta, weights, activations);
        for (String layer : List.of("l0", "l1")) {
            assertThat(next.get(layer).abs().flatten(1).max(1).doubles())
                    .containsExactly(new double[] {1, 1, 1, 1, 1}, within(1e-6));
        }
    }

    private static double[] returns(HebbianAgent agent, Params theta, Worlds tasks, TaskContext context) {
        Params phi = agent.begin(theta, tasks, context.at(0, false));
        Tensor losses = Tensors.zeros(DType.FLOAT64, tasks.size());
        for (int t = 0; t < agent.steps(tasks); t++) {
            var step = agent.step(theta, phi, tasks, context.at(t, false));
            phi = step.state();
            losses = losses.add(step.loss());
        }
        Tensor sums = Worlds.returns(Agent.lives(phi));
        assertThat(losses.mul(-tasks.steps()).doubles())
                .containsExactly(sums.mean(1).doubles(), within(1e-9));
        return sums.reshape(-1).doubles();
    }

    /** A population meets the same lives with the same random weights; each candidate's returns are those that it has alone. */
    @Test
    void candidatesLiveSideBySideAsTheyDoAlone() {
        CartPoleTasks source = new CartPoleTasks(40, CartPoleTasks.Polarity.BOTH);
        for (boolean plastic : new boolean[] {true, false}) {
            HebbianAgent agent = new HebbianAgent(network(plastic), CartPole.shape(40), DType.FLOAT64);
            Params first = agent.metaParameters(rng);
            Params second = agent.metaParameters(rng);
            Params both = first.zip(second, (a, b) -> Tensors.stack(List.of(a, b), 0));
            Worlds tasks = source.sample(2, new SplittableRandom(3));
            TaskContext context = TaskContext.training(7);
            double[] together = returns(agent, both.repeatEach(2), tasks.repeat(2), context.forPopulation(2));
            double[] one = returns(agent, first, tasks, context);
            double[] other = returns(agent, second, tasks, context);
            assertThat(together).hasSize(8).startsWith(one).endsWith(other);
            assertThat(Arrays.stream(together)).allMatch(r -> r >= 8 && r <= 40);
        }
    }

    /** Where nothing is learned in a life, swapping actions turns what balances into what pushes over. */
    @Test
    void fixedWeightsServeOnePolarityOnly() {
        HebbianNetwork linear = new HebbianNetwork(new AbcdRule(Terms.ABCD, true, Place.IN), false, List.of(), 0.1);
        HebbianAgent agent = new HebbianAgent(linear, CartPole.shape(200), DType.FLOAT64);
        double[] pushRight = {0.1, 0.3, 1, 1.5};
        Tensor w = Tensors.stack(List.of(Tensors.zeros(DType.FLOAT64, 4), Tensor.of(pushRight, 4)), 1);
        Params theta = Params.of("l0.w", w);
        double[] lives = returns(
                agent,
                theta,
                new CartPoleTasks(200, CartPoleTasks.Polarity.BOTH).sample(3, new SplittableRandom(3)),
                TaskContext.training(1));
        for (int task = 0; task < 3; task++) {
            assertThat(lives[2 * task]).isEqualTo(200);
            assertThat(lives[2 * task + 1]).isLessThan(15);
        }
    }
}
