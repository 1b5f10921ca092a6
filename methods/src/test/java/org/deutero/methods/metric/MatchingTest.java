package org.deutero.methods.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.deutero.methods.TestTasks.assertNear;

import java.util.Optional;
import java.util.SplittableRandom;
import org.deutero.methods.InScope;
import org.deutero.methods.TestTasks;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Normalization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InScope.class)
class MatchingTest {
    private static final int WAY = 3;

    private final SplittableRandom rng = new SplittableRandom(4);
    private final Tensor queries = Tensors.normal(rng, DType.FLOAT64, 2, 5, 4);

    private static Tensor logits(Head head, Params own, Tensor support, Tensor labels, Tensor queries) {
        return head.logits(own, head.memory(own, support, labels, WAY), queries, Normalization.batch());
    }

    private Tensor support(int n) {
        return Tensors.normal(rng, DType.FLOAT64, 2, n, 4);
    }

    /** The identity that sheet and papers agree on. */
    @Test
    void withOneShotAndDistancesItIsAPrototypicalNetwork() {
        Tensor support = support(WAY);
        Tensor labels = TestTasks.labels(2, 1, 2, 0);
        Matching matching = new Matching(Matching.Kernel.EUCLIDEAN, Optional.empty());
        Tensor prototypes = logits(Prototypes.EUCLIDEAN, Params.EMPTY, support, labels, queries);
        assertNear(logits(matching, Params.EMPTY, support, labels, queries), prototypes.logSoftmax(2), 1e-9);
    }

    @Test
    void cosinesDoNotSeeLengthsAndHalfCosinesSeeTheQuerys() {
        Tensor support = support(6);
        Tensor labels = TestTasks.labels(2, 0, 1, 2, 0, 1, 2);
        for (Matching.Kernel kernel : Matching.Kernel.values()) {
            Matching matching = new Matching(kernel, Optional.empty());
            Tensor plain = logits(matching, Params.EMPTY, support, labels, queries);
            Tensor longer = logits(matching, Params.EMPTY, support.mul(3), labels, queries);
            Tensor louder = logits(matching, Params.EMPTY, support, labels, queries.mul(3));
            boolean blindToSupport = kernel != Matching.Kernel.EUCLIDEAN;
            boolean blindToQueries = blindToSupport && kernel != Matching.Kernel.HALF_COSINE;
            assertThat(far(plain, longer) < 1e-9).as(kernel + ", longer shots").isEqualTo(blindToSupport);
            assertThat(far(plain, louder) < 1e-9)
                    .as(kernel + ", longer queries")
                    .isEqualTo(blindToQueries);
        }
    }

    /** Attention is summed, so the order of shots does not matter without a context, and it does with one. */
    @Test
    void onlyContextSeesTheOrderOfShots() {
        Tensor support = support(6);
        Tensor labels = TestTasks.labels(2, 0, 1, 2, 0, 1, 2);
        Tensor order = Tensor.of(new long[] {5, 3, 1, 0, 2, 4}, 6);
        for (boolean context : new boolean[] {false, true}) {
            Matching head = new Matching(
                    Matching.Kernel.COSINE, context ? Optional.of(new FullContext(4, 3)) : Optional.empty());
            Params own = head.init(new SplittableRandom(1), DType.FLOAT64);
            Tensor plain = logits(head, own, support, labels, queries);
            Tensor shuffled = logits(head, own, support.indexSelect(1, order), labels.indexSelect(1, order), queries);
            assertThat(far(plain, shuffled) < 1e-12).isEqualTo(!context);
            // Probabilities, not logits without a bound.
            assertNear(plain.exp().sum(2), Tensors.ones(DType.FLOAT64, 2, 5), 1e-9);
        }
    }

    private static double far(Tensor a, Tensor b) {
        return a.sub(b).abs().flatten(0).max(0).item();
    }
}
