package org.deutero.learn.recipe;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.deutero.learn.gradient.Annealed;
import org.deutero.learn.gradient.EvoGrad;
import org.deutero.learn.gradient.ExampleWeights;
import org.deutero.learn.gradient.ForwardModeGradient;
import org.deutero.learn.gradient.ReptileDirection;
import org.deutero.learn.gradient.ScoreFunction;
import org.deutero.learn.gradient.Unroll;
import org.deutero.learn.gradient.adjoint.FiniteDifference;
import org.deutero.learn.gradient.adjoint.IdentityJacobian;
import org.deutero.learn.gradient.adjoint.Implicit;
import org.deutero.learn.gradient.adjoint.MixedMode;
import org.deutero.learn.gradient.adjoint.Reversible;
import org.deutero.learn.gradient.adjoint.Store;
import org.deutero.learn.gradient.adjoint.Sweep;
import org.deutero.learn.gradient.adjoint.Truncated;
import org.deutero.learn.gradient.solver.ConjugateGradient;
import org.deutero.learn.gradient.solver.DenseSolve;
import org.deutero.learn.gradient.solver.NeumannSeries;
import org.deutero.learn.meta.GradientRule;
import org.deutero.learn.meta.MetaGradient;
import org.deutero.learn.meta.MetaRule;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.options.Registry;

/** The {@code meta-gradient} section of a recipe. */
public final class MetaGradientOptions {
    /** Names of the estimators that the library has. */
    public static final List<String> NAMES = Stream.of(
                    List.of(
                            "unroll",
                            "sweep",
                            "mixed-mode",
                            "finite-difference",
                            "reversible",
                            "forward",
                            "truncated",
                            "first-order",
                            "identity",
                            "implicit-cg",
                            "implicit-neumann",
                            "implicit-dense",
                            "t1-t2",
                            "contrastive",
                            "score-function",
                            "reptile",
                            "evograd",
                            "example-weights"),
                    TrajectoryOptions.NAMES,
                    PolicyOptions.NAMES,
                    EvolutionOptions.NAMES,
                    PopulationOptions.NAMES,
                    PolicyUpdateOptions.NAMES)
            .flatMap(List::stream)
            .toList();

    private MetaGradientOptions() {}

    /** The rule that a recipe names, most often by its estimator. */
    public static MetaRule of(Options o, String standard) {
        Registry<NamedMetaGradient> known = Registry.of(
                "meta-gradient",
                MetaGradientProvider.class,
                MetaGradientProvider::metaGradients,
                NamedMetaGradient::name);
        String name = o.choice("name", standard, known.names(), "how the meta-gradient is estimated");
        MetaRule named = known.named(name).orElseThrow().reader().apply(o);
        int first = o.integer(
                "first-order-iterations", 0, 0, Integer.MAX_VALUE, "meta-iterations of first order before it (MAML++)");
        if (first > 0 && PopulationOptions.NAMES.contains(named.name())) {
            throw new OptionsException(o.path("first-order-iterations") + " does not go with " + named.name()
                    + ", which has one population for all tasks");
        }
        if (first == 0) {
            return named;
        }
        if (PolicyUpdateOptions.NAMES.contains(named.name())) {
            throw new OptionsException(o.path("first-order-iterations") + " does not go with " + named.name()
                    + ", which goes several steps on the same episodes");
        }
        if (TrajectoryOptions.NAMES.contains(named.name()) || PolicyOptions.NAMES.contains(named.name())) {
            throw new OptionsException(o.path("first-order-iterations") + " does not go with " + named.name()
                    + ", which never goes back over the inner loop");
        }
        MetaGradient then = named.estimator().orElseThrow();
        return new GradientRule(new Annealed(first, then));
    }

    static MetaRule named(Options o, String name) {
        if (PopulationOptions.NAMES.contains(name)) {
            return PopulationOptions.of(o, name);
        }
        if (TrajectoryOptions.NAMES.contains(name)) {
            return TrajectoryOptions.of(o, name);
        }
        if (PolicyOptions.NAMES.contains(name)) {
            return PolicyOptions.of(o, name);
        }
        if (PolicyUpdateOptions.NAMES.contains(name)) {
            return PolicyUpdateOptions.of(o, name);
        }
        return EvolutionOptions.NAMES.contains(name)
                ? EvolutionOptions.of(o, name)
                : new GradientRule(estimator(o, name));
    }

    private static MetaGradient estimator(Options o, String name) {
        return switch (name) {
            case "unroll" -> Unroll.FULL;
            case "sweep" -> new Sweep(store(o));
            case "mixed-mode" -> new MixedMode(store(o));
            case "finite-difference" ->
                new FiniteDifference(
                        o.positive("scale", 0.01, "norm of the displacement"),
                        o.optionalInteger("steps", 1, 1_000_000, "last steps to go back over; all if absent")
                                .map(OptionalInt::of)
                                .orElse(OptionalInt.empty()));
            case "reversible" ->
                new Reversible(o.positive("tolerance", 1e-3, "of the relative error of the recovered start"));
            case "forward" ->
                new ForwardModeGradient(
                        o.integer("limit", 100, 1, 1_000_000, "the most meta-parameters that are taken on"));
            case "truncated" -> new Truncated(o.integer("steps", 1, 1, 1_000_000, "last steps to go back over"));
            case "first-order" -> Unroll.FIRST_ORDER;
            case "identity" -> new IdentityJacobian();
            case "implicit-cg" ->
                new Implicit(
                        new ConjugateGradient(
                                o.integer("iterations", 5, 1, 100_000, "conjugate-gradient iterations"),
                                o.number("tolerance", 1e-10, 0, 1, "of the squared residual")),
                        damping(o));
            case "implicit-neumann" ->
                new Implicit(
                        new NeumannSeries(
                                o.integer("terms", 10, 0, 100_000, "terms of the series after the first"),
                                o.positive("rate", 0.01, "of the series; the inner rate is a natural choice")),
                        damping(o));
            case "implicit-dense" ->
                new Implicit(
                        new DenseSolve(o.integer("limit", 2000, 1, 20_000, "the most fast weights that are taken on")),
                        damping(o));
            case "t1-t2" -> Implicit.T1_T2;
            case "contrastive" -> ContrastiveOptions.of(o);
            case "score-function" ->
                new ScoreFunction(o.choice(
                        "baseline",
                        ScoreFunction.Baseline.OTHERS,
                        "what is subtracted from the losses to come: nothing, or the mean of the other tasks"
                                + " of a shard"));
            case "example-weights" ->
                new ExampleWeights(
                        o.choice(
                                "tangent",
                                ExampleWeights.Tangent.FORWARD,
                                "how the losses of examples are differentiated along the meta-gradient of the model:"
                                        + " in forward mode, or by a central difference"),
                        o.positive("scale", 0.01, "norm of the displacement of such a difference"),
                        o.integer(
                                "layers",
                                0,
                                0,
                                1000,
                                "the last layers of the model that the meta-gradient passes through; 0 for all"));
            case "reptile" -> new ReptileDirection();
            case "evograd" -> evoGrad(o);
            default -> throw new IllegalArgumentException("there is no estimator " + name + " among " + NAMES);
        };
    }

    private static EvoGrad evoGrad(Options o) {
        EvoGrad standard = EvoGrad.PUBLISHED;
        return new EvoGrad(
                o.integer("copies", standard.copies(), 2, 100_000, "perturbed copies of the weights"),
                o.positive("sigma", standard.sigma(), "deviation of every weight of a copy"),
                o.positive("tau", standard.tau(), "temperature: copies are weighed by softmax(-loss / tau)"),
                o.choice("noise", standard.noise(), "what copies are displaced by: normal numbers, or their signs"),
                o.flag(
                        "rescale",
                        standard.rescale(),
                        "multiply by the ratio of the learner's inner rate to sigma^2 (K - 1) / (K tau), the step that"
                                + " the population stands for"));
    }

    private static Store store(Options o) {
        return o.choice("store", Store.AUTO, "which states of the inner loop are kept");
    }

    private static double damping(Options o) {
        return o.number("damping", 0, 0, 1e6, "added to the curvature, times the identity");
    }
}
