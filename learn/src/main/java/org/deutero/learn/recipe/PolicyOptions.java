package org.deutero.learn.recipe;

import java.util.List;
import org.deutero.learn.meta.MetaRule;
import org.deutero.learn.reinforcement.Advantages;
import org.deutero.learn.reinforcement.EntropyCourse;
import org.deutero.learn.reinforcement.PolicyGradient;
import org.deutero.learn.reinforcement.PolicyLoss;
import org.deutero.learn.reinforcement.PolicyOptimization;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;

/** The {@code meta-gradient} section of a recipe for policies. */
final class PolicyOptions {
    static final String PPO = "ppo";
    static final String A2C = "a2c";

    /** Names of these estimators. */
    static final List<String> NAMES = List.of(PPO, A2C);

    private PolicyOptions() {}

    static MetaRule of(Options o, String name) {
        boolean ppo = name.equals(PPO);
        double clip =
                ppo ? o.positive("clip", 0.2, "c: ratios of probabilities gain nothing outside of [1 - c, 1 + c]") : 0;
        double entropy = o.number("entropy-weight", 0.01, 0, 1e6, "weight of the policy's entropy, at the start");
        EntropyCourse course = new EntropyCourse(
                entropy,
                o.number("entropy-end", entropy, 0, 1e6, "the same at last; it goes there in a straight line"),
                o.integer("entropy-iterations", 0, 0, Integer.MAX_VALUE, "iterations until it is there"));
        if (course.end() != entropy && course.iterations() == 0) {
            throw new OptionsException(o.path("entropy-end") + " is " + course.end() + ", but "
                    + o.path("entropy-iterations") + " is 0, so entropy-weight would never count; expected the"
                    + " iterations until it is there");
        }
        PolicyLoss loss = new PolicyLoss(
                clip,
                o.number("value-weight", 0.5, 0, 1e6, "weight of the value's error"),
                entropy,
                o.choice("value-loss", PolicyLoss.ValueForm.SQUARED, "the value's error: squared, or Huber's"),
                o.choice(
                        "entropy-form",
                        PolicyLoss.EntropyForm.SHANNON,
                        "the policy's entropy: Shannon's, or squares, minus the sum of squared probabilities"));
        PolicyGradient gradient = new PolicyGradient(
                name,
                new Advantages(
                        o.number("discount", 0.99, 0, 1, "gamma, factor on a reward for each step until it comes"),
                        o.number("lambda", 0.95, 0, 1, "of advantages: 0 trusts values, 1 rewards alone")),
                o.choice(
                        "span",
                        PolicyGradient.Span.TRIALS,
                        "what rewards to come are counted in: trials, for who learns within them; episodes, with the"
                                + " value of where time ended them; merged, episodes after which nothing comes"),
                loss,
                o.flag("standardise", true, "whether advantages have mean 0 and deviation 1 over an iteration"),
                o.positive("reward-scale", 1, "factor on rewards for advantages and values"));
        return new PolicyOptimization(
                gradient,
                ppo
                        ? o.integer(
                                "epochs",
                                4,
                                1,
                                10_000,
                                "times that all trials of an iteration are gone over, each in mini-batches of another order")
                        : 1,
                ppo ? o.integer("mini-batches", 2, 1, 1_000_000, "updates in an epoch, each on other whole trials") : 1,
                course);
    }
}
