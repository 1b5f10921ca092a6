package org.deutero.methods.recurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.deutero.learn.capability.PolicyLearner.Evaluated;
import org.deutero.methods.mann.LstmCell;
import org.deutero.methods.plastic.ModulatedCell;
import org.deutero.methods.plastic.PlasticityModulation;
import org.deutero.methods.plastic.RecurrentCell;
import org.deutero.tasks.world.Actions;
import org.deutero.tensor.Autograd;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.recurrent.NormGru;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole courses of time give what steps give, with states that begin anew, and the way back over them gives what autograd gives over steps. */
class CoursesTest {
    private static final int IN = 3;
    private static final int UNITS = 4;
    private static final int LIVES = 5;
    private static final int STEPS = 6;

    private static RecurrentCell cell(String name) {
        return switch (name) {
            case "gru" -> new GruCell(IN, UNITS);
            case "gru-norm" -> new NormGruCell(new NormGru(IN, UNITS, 1, 1e-5));
            case "lstm" -> new LstmCell(IN, UNITS, 1);
            case "feed-forward" -> new FeedForwardCell(IN, List.of(UNITS, UNITS));
            case "modulated" -> new ModulatedCell(IN, UNITS, PlasticityModulation.SIMPLE, 1, 0.5, 0);
            default -> throw new IllegalArgumentException(name);
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"gru", "gru-norm", "lstm", "feed-forward", "modulated"})
    void coursesAreStepsInARow(String name) {
        for (boolean episodic : new boolean[] {false, true}) {
            for (boolean separate : new boolean[] {false, true}) {
                for (Actions actions : new Actions[] {new Actions.Discrete(3), new Actions.Box(2, 1)}) {
                    try (Scope s = Scope.open()) {
                        compare(cell(name), episodic, separate, actions);
                    }
                }
            }
        }
    }

    private static void compare(RecurrentCell cell, boolean episodic, boolean separate, Actions actions) {
        RandomGenerator rng = new SplittableRandom(3);
        PolicyAndValue network =
                new PolicyAndValue(cell, separate ? Optional.of(cell) : Optional.empty(), actions, false);
        Params theta = network.init(rng, DType.FLOAT64)
                .map(t -> t.add(Tensors.normal(rng, DType.FLOAT64, t.shape()).mul(0.1)));
        Tensor input = Tensors.normal(rng, DType.FLOAT64, LIVES, STEPS, IN);
        Tensor keep = episodic
                ? Tensors.uniform(rng, 0, 1, DType.FLOAT64, LIVES, STEPS)
                        .gt(0.4)
                        .to(DType.FLOAT64)
                : null;
        Tensor weights = Tensors.normal(rng, DType.FLOAT64, LIVES, STEPS);
        Tensor action = actions instanceof Actions.Box
                ? Tensors.normal(rng, DType.FLOAT64, LIVES, STEPS, 2)
                : weights.gt(0).to(DType.INT64);
        Function<Evaluated, Tensor> loss = found -> found.policy()
                .logProbability(action)
                .add(found.policy().entropy())
                .mul(weights)
                .add(found.value().square())
                .sum();
        Params leaf = theta.leaf();
        Tensor expected = steps(network, leaf, input, keep, action, weights);
        Evaluated whole = network.sequence(theta, input, keep);
        assertThat(loss.apply(whole).item()).isCloseTo(expected.item(), within(1e-9));
        Params by = Autograd.gradient(expected, leaf, false);
        Params found = network.gradient(theta, input, keep, loss);
        assertThat(found.names()).isEqualTo(theta.names());
        found.forEach((key, value) ->
                assertThat(value.doubles()).as(key).containsExactly(by.get(key).doubles(), within(1e-10)));
    }

    /** The same loss, step by step. */
    private static Tensor steps(
            PolicyAndValue network, Params theta, Tensor input, Tensor keep, Tensor action, Tensor weights) {
        Params start = network.start(theta, LIVES);
        Params state = start;
        List<Tensor> losses = new ArrayList<>();
        for (int t = 0; t < STEPS; t++) {
            Params before = keep == null ? state : RecurrentCell.begunAnew(start, state, keep.select(1, t));
            PolicyAndValue.Moment moment = network.step(theta, before, input.slice(1, t, t + 1));
            state = moment.state();
            losses.add(moment.policy()
                    .logProbability(action.slice(1, t, t + 1))
                    .add(moment.policy().entropy())
                    .mul(weights.slice(1, t, t + 1))
                    .add(moment.value().square()));
        }
        return Tensors.cat(losses, 1).sum();
    }
}
