package org.deutero.methods.disco;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.deutero.methods.InScope;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What holds of the rule whatever its weights. */
@ExtendWith(InScope.class)
class DiscoRuleTest {
    private static final DiscoWeights SIZES = new DiscoWeights(5, 6, 4, 3, 2);
    private static final long L = 2;
    private static final long T = 4;
    private static final long B = 3;
    private static final long A = 4;
    private static final SplittableRandom RNG = new SplittableRandom(1);

    private static Tensor normal(long... shape) {
        return Tensors.normal(RNG, DType.FLOAT64, shape);
    }

    private static AgentOutputs said() {
        return new AgentOutputs(
                normal(L, T + 1, B, A),
                normal(L, T + 1, B, 5),
                normal(L, T + 1, B, A, 5),
                normal(L, T + 1, B, A, A),
                normal(L, T + 1, B, A, 7));
    }

    private static Experience experience() {
        Tensor terminal = normal(L, T, B).gt(0.8).to(DType.FLOAT64);
        Tensor action = Tensors.uniform(RNG, 0, A, DType.FLOAT64, L, T + 1, B).to(DType.INT64);
        return new Experience(normal(L, T + 1, B, A), action, normal(L, T, B), terminal, Tensors.onesLike(terminal));
    }

    private static final long[] ORDER = {2, 0, 3, 1};

    private static Tensor permuted(Tensor tensor, int dim) {
        return tensor.indexSelect(dim, Tensor.of(ORDER, A));
    }

    private static AgentOutputs permuted(AgentOutputs said) {
        return new AgentOutputs(
                permuted(said.logits(), 3),
                said.y(),
                permuted(said.z(), 3),
                permuted(permuted(said.auxPi(), 3), 4),
                permuted(said.q(), 3));
    }

    /** Where each action has gone. */
    private static Tensor renamed(Tensor action) {
        long[] place = new long[(int) A];
        for (int i = 0; i < A; i++) {
            place[(int) ORDER[i]] = i;
        }
        return Tensor.of(place, A).indexSelect(0, action.reshape(-1)).reshape(action.shape());
    }

    @Test
    void actionsInAnotherOrderGetTheSameTargetsInThatOrder() {
        Params theta = SIZES.init(RNG, DType.FLOAT64);
        Params state = DiscoRule.PUBLISHED.begin(theta, (int) L, DType.FLOAT64);
        AgentOutputs said = said();
        AgentOutputs target = said();
        Experience e = experience();
        DiscoRule.Verdict plain = DiscoRule.PUBLISHED.judge(theta, state, said, target, e);
        Experience other =
                new Experience(permuted(e.behaviour(), 3), renamed(e.action()), e.reward(), e.terminal(), e.mask());
        DiscoRule.Verdict moved = DiscoRule.PUBLISHED.judge(theta, state, permuted(said), permuted(target), other);
        near(moved.targets().pi(), permuted(plain.targets().pi(), 3));
        near(moved.targets().y(), plain.targets().y());
        near(moved.targets().z(), plain.targets().z());
        near(moved.state().get("hidden"), plain.state().get("hidden"));
    }

    @Test
    void lifetimesDoNotMeet() {
        Params theta = SIZES.init(RNG, DType.FLOAT64);
        Params state = DiscoRule.PUBLISHED.begin(theta, (int) L, DType.FLOAT64);
        AgentOutputs said = said();
        Experience e = experience();
        DiscoRule.Verdict both = DiscoRule.PUBLISHED.judge(theta, state, said, said, e);
        DiscoRule.Verdict second = DiscoRule.PUBLISHED.judge(
                theta,
                state.map(t -> t.slice(0, 1, 2)),
                AgentOutputs.of(said.tree().map(t -> t.slice(0, 1, 2))),
                AgentOutputs.of(said.tree().map(t -> t.slice(0, 1, 2))),
                new Experience(
                        e.behaviour().slice(0, 1, 2),
                        e.action().slice(0, 1, 2),
                        e.reward().slice(0, 1, 2),
                        e.terminal().slice(0, 1, 2),
                        e.mask().slice(0, 1, 2)));
        near(second.targets().pi(), both.targets().pi().slice(0, 1, 2));
        near(second.state().get("cell"), both.state().get("cell").slice(0, 1, 2));
        near(second.state().get("adv"), both.state().get("adv").slice(0, 1, 2));
    }

    @Test
    void targetsDoNotLookBeyondTheEndOfAnEpisode() {
        Params theta = SIZES.init(RNG, DType.FLOAT64);
        Params state = DiscoRule.PUBLISHED.begin(theta, (int) L, DType.FLOAT64);
        AgentOutputs said = said();
        Experience e = experience();
        Tensor ended = Tensors.cat(
                java.util.List.of(
                        e.terminal().slice(1, 0, 1),
                        Tensors.ones(DType.FLOAT64, L, 1, B),
                        e.terminal().slice(1, 2, T)),
                1);
        Values a = Values.of(said, said.q(), with(e, e.reward(), ended), CategoricalValue.PUBLISHED, 0.9, 0.9);
        Tensor later = Tensors.cat(java.util.List.of(e.reward().slice(1, 0, 2), normal(L, T - 2, B)), 1);
        Values b = Values.of(said, said.q(), with(e, later, ended), CategoricalValue.PUBLISHED, 0.9, 0.9);
        near(a.goal().slice(1, 0, 2), b.goal().slice(1, 0, 2));
        assertThat(a.goal().select(1, 2).doubles())
                .isNotEqualTo(b.goal().select(1, 2).doubles());
        assertThat(state.get("hidden").doubles()).containsOnly(0);
    }

    private static Experience with(Experience e, Tensor reward, Tensor terminal) {
        return new Experience(e.behaviour(), e.action(), reward, terminal, e.mask());
    }

    @Test
    void valuesAreCompressedAndExpanded() {
        CategoricalValue value = CategoricalValue.PUBLISHED;
        Tensor x = Tensor.of(new double[] {-1e4, -1, -1e-3, 0, 0.5, 300}, 6);
        near(value.expand(value.compress(x)).div(x.abs().add(1)), x.div(x.abs().add(1)));
        // All of the weight in the last bin stands for what compresses to 300.
        Tensor logits = Tensors.full(-100, DType.FLOAT64, 601);
        double[] last = logits.doubles();
        last[600] = 100;
        assertThat(value.compress(value.mean(Tensor.of(last, 1, 601))).item()).isCloseTo(300, within(1e-9));
        // A number between two bins costs what both of them do, by nearness.
        CategoricalValue coarse = new CategoricalValue(1, 1e-3, 1e-13);
        Tensor three = Tensor.of(new double[] {0.3, -0.2, 0.9}, 1, 3);
        Tensor quarter = coarse.expand(Tensor.of(new double[] {0.25}, 1));
        double[] log = three.logSoftmax(1).doubles();
        assertThat(coarse.crossEntropy(three, quarter).item()).isCloseTo(-0.75 * log[1] - 0.25 * log[2], within(1e-12));
        Tensor beyond = Tensor.of(new double[] {1e6}, 1);
        assertThat(coarse.crossEntropy(three, beyond).item()).isCloseTo(-log[2], within(1e-12));
    }

    private static void near(Tensor actual, Tensor expected) {
        assertThat(actual.shape()).isEqualTo(expected.shape());
        assertThat(actual.sub(expected).abs().reshape(-1).max(0).item()).isLessThan(1e-12);
    }
}
