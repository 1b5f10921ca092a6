package org.deutero.methods.arms;

import java.util.List;
import java.util.function.Function;
import org.deutero.methods.Method;
import org.deutero.methods.Method.Form;
import org.deutero.methods.Spectrum;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tasks.kind.TaskKind;
import org.deutero.tensor.DType;

/** Classical agents of bandits, as recipes name them. */
public final class ArmMethods {
    /** Thompson sampling. */
    public static final Method THOMPSON_SAMPLING = new Method(
            "thompson-sampling",
            "Thompson sampling",
            Spectrum.BASELINE,
            "baseline",
            "nothing: Beta posteriors over what arms pay; what a learned agent has to beat on bandits",
            "unroll",
            List.of(new Form<>(TaskKind.WORLDS, (s, world) -> new ThompsonSampling(DType.FLOAT32))));

    /** The best arm so far. */
    public static final Method GREEDY = method(
            "greedy",
            "Greedy arm",
            "nothing: pulls the arm of the best mean so far, on bandits",
            o -> new GreedyRule(pay(o), 0, false));

    /** Mostly the best arm so far. */
    public static final Method EPSILON_GREEDY = method(
            "epsilon-greedy",
            "Epsilon-greedy arm",
            "nothing: pulls the arm of the best mean so far, now and then any, on bandits",
            o -> new GreedyRule(
                    pay(o),
                    o.number("epsilon", 0.01, 0, 1, "probability of an arm at random"),
                    o.flag("epsilon-decay", false, "whether it is divided by the number of the round")));

    /** Optimism in the face of uncertainty. */
    public static final Method UCB1 = method(
            "ucb1",
            "UCB1",
            "nothing: pulls the arm of the largest upper confidence bound, on bandits",
            o -> new UpperConfidence(
                    pay(o), o.number("c", 0.2, 0, Double.MAX_VALUE, "factor on sqrt(2 ln t / n); 1 in print")));

    /** The optimum under a discount. */
    public static final Method GITTINS = method(
            "gittins",
            "Gittins index",
            "nothing: pulls the Bernoulli arm of the largest Gittins index, from a table that is computed at the start",
            ArmMethods::gittins);

    private ArmMethods() {}

    private static Method method(String name, String title, String summary, Function<Options, ArmRule> rule) {
        return new Method(
                name,
                title,
                Spectrum.BASELINE,
                "baseline",
                summary,
                "unroll",
                List.of(new Form<>(
                        TaskKind.WORLDS, (s, world) -> new ArmAgent(rule.apply(s.method()), DType.FLOAT32))));
    }

    static ArmRule gittins(Options o) {
        int pulls = o.integer("table", 100, 1, 2000, "pulls of an arm up to which it has an index; then its mean");
        double discount = o.number("discount", 0.99, 0, 0.9999, "on pay that is a round later");
        try {
            GittinsTable.horizon(pulls, discount);
        } catch (IllegalArgumentException e) {
            throw new OptionsException(o.path("table") + ", " + o.path("discount") + ": " + e.getMessage(), e);
        }
        return new GittinsRule(() -> GittinsTable.of(pulls, discount));
    }

    private static MeanPay pay(Options o) {
        return new MeanPay(
                o.number(
                        "imagined",
                        2,
                        0,
                        Double.MAX_VALUE,
                        "pulls of every arm before the first; with 0, untried arms come first"),
                o.number("worth", 0.5, -Double.MAX_VALUE, Double.MAX_VALUE, "what these have paid on average"));
    }
}
