package org.deutero.experiment.gradcheck;

import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.deutero.learn.evolution.EvolutionStrategies;
import org.deutero.learn.evolution.PersistentEvolution;
import org.deutero.learn.evolution.Perturbation;
import org.deutero.learn.gradient.EvoGrad;
import org.deutero.learn.gradient.ExampleWeights;
import org.deutero.learn.gradient.ForwardModeGradient;
import org.deutero.learn.gradient.TruncatedBackpropagation;
import org.deutero.learn.gradient.Unroll;
import org.deutero.learn.gradient.adjoint.Contrast;
import org.deutero.learn.gradient.adjoint.Contrastive;
import org.deutero.learn.gradient.adjoint.FiniteDifference;
import org.deutero.learn.gradient.adjoint.IdentityJacobian;
import org.deutero.learn.gradient.adjoint.Implicit;
import org.deutero.learn.gradient.adjoint.MixedMode;
import org.deutero.learn.gradient.adjoint.Nudging;
import org.deutero.learn.gradient.adjoint.Reversible;
import org.deutero.learn.gradient.adjoint.Store;
import org.deutero.learn.gradient.adjoint.Sweep;
import org.deutero.learn.gradient.adjoint.Truncated;
import org.deutero.learn.gradient.solver.ConjugateGradient;
import org.deutero.learn.gradient.solver.DenseSolve;
import org.deutero.learn.gradient.solver.NeumannSeries;
import org.deutero.learn.meta.MetaGradient;
import org.deutero.tensor.DType;

/** The estimators that are set side by side; a new one is a line here. */
public final class Comparison {
    /** Mirrored pairs of evolution: enough to see a direction. */
    private static final int PAIRS = 16;

    /** Random estimators that are not set beside others. */
    private static final Set<String> NOISY_TOO = Set.of("openai-es", "truncated-es", "score-function");

    private Comparison() {}

    /**
     * An estimator in its setting for comparisons.
     *
     * @param label its name, with its setting where there are several
     * @param estimator which
     * @param kind what may be expected of it
     */
    public record Entry(String label, MetaGradient estimator, EstimatorKind kind) {}

    /**
     * All of them.
     *
     * @param type of the numbers they work on
     * @param steps of the inner loop; where an estimator goes back over a part only, it is half of them
     */
    public static List<Entry> of(DType type, int steps) {
        int half = Math.max(1, steps / 2);
        double displacement = type == DType.FLOAT64 ? 1e-5 : 1e-2;
        return List.of(
                exact("unroll", Unroll.FULL),
                exact("sweep", Sweep.ALL),
                exact("sweep-sqrt", Sweep.SQRT),
                exact("mixed-mode", new MixedMode(Store.ALL)),
                exact("mixed-mode-sqrt", new MixedMode(Store.SQRT)),
                exact("reversible", new Reversible(1e-3)),
                exact("example-weights", ExampleWeights.EXACT),
                biased("example-weights-last", ExampleWeights.last(1)),
                exact("forward", new ForwardModeGradient(200)),
                biased("finite-difference", new FiniteDifference(displacement, OptionalInt.empty())),
                biased("truncated", new Truncated(half)),
                biased("truncated-bptt", new TruncatedBackpropagation(half)),
                biased("identity", new IdentityJacobian()),
                biased("first-order", Unroll.FIRST_ORDER),
                biased("implicit-cg", new Implicit(new ConjugateGradient(10, 1e-20), 0)),
                biased("implicit-neumann", new Implicit(new NeumannSeries(10, 0.01), 0)),
                biased("implicit-dense", new Implicit(new DenseSolve(500), 0)),
                biased("t1-t2", Implicit.T1_T2),
                biased("contrastive", new Contrastive(Contrast.SYMMETRIC, 0.1, Nudging.own(half))),
                noisy("evograd", EvoGrad.PUBLISHED),
                noisy("es", new EvolutionStrategies(PAIRS, 0.01)),
                noisy("pes", new PersistentEvolution(half, Perturbation.of(PAIRS, 0.01))));
    }

    /** The labels of all entries. */
    public static List<String> labels() {
        return of(DType.FLOAT32, 1).stream().map(Entry::label).toList();
    }

    /** What may be expected of any estimator: by its name, and the worst of what is not listed. */
    static EstimatorKind kind(MetaGradient estimator) {
        if (NOISY_TOO.contains(estimator.name())) {
            return EstimatorKind.NOISY;
        }
        if (estimator instanceof ExampleWeights weights && !weights.isExact()) {
            return EstimatorKind.BIASED;
        }
        return of(DType.FLOAT32, 1).stream()
                .filter(entry -> entry.estimator().name().equals(estimator.name()))
                .map(Entry::kind)
                .findFirst()
                .orElse(EstimatorKind.BIASED);
    }

    private static Entry exact(String label, MetaGradient estimator) {
        return new Entry(label, estimator, EstimatorKind.EXACT);
    }

    private static Entry noisy(String label, MetaGradient estimator) {
        return new Entry(label, estimator, EstimatorKind.NOISY);
    }

    private static Entry biased(String label, MetaGradient estimator) {
        return new Entry(label, estimator, EstimatorKind.BIASED);
    }
}
