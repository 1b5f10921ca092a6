package org.deutero.methods.disco;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.deutero.learn.Predictor;
import org.deutero.methods.Method;
import org.deutero.methods.Method.Form;
import org.deutero.methods.Method.Sections;
import org.deutero.methods.Spectrum;
import org.deutero.options.Options;
import org.deutero.tasks.kind.TaskKind;
import org.deutero.tasks.world.WorldShape;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.DType;

/** DiscoRL as recipes name it. */
public final class DiscoMethods {
    /** The rule, published or meta-trained. */
    public static final Method DISCO = new Method(
            "disco",
            "Discovering State-of-the-art Reinforcement Learning Algorithms",
            Spectrum.OBJECTIVE,
            "Oh, Farquhar, Kemaev, Calian, Hessel, Zintgraf, Singh, van Hasselt, Silver 2025, doi"
                    + " 10.1038/s41586-025-09761-x",
            "networks that say towards which distributions an agent's policy and predictions are to move; the"
                    + " published Disco103 from a file, or meta-trained",
            "truncated-bptt",
            List.of(new Form<>(TaskKind.WORLDS, DiscoMethods::agent)));

    private DiscoMethods() {}

    private static Predictor<Worlds> agent(Sections s, WorldShape world) {
        Options o = s.method();
        int predictions = o.integer("predictions", 600, 2, 100_000, "numbers of each of the predictions y and z");
        return new DiscoAgent(
                rule(o),
                start(o, predictions),
                new AgentNetwork(
                        world.observations(),
                        world.choices(),
                        s.network().integers("hidden", List.of(128, 128), 1, 100_000, "units of the hidden layers"),
                        o.integer("model", 128, 1, 100_000, "units of an agent for each action"),
                        predictions,
                        o.integer("bins", 601, 2, 100_000, "bins of the agent's values")),
                new ClippedAdam(
                        o.number("beta1", 0.9, 0, 1 - 1e-9, "decay of the first moment of an agent's gradients"),
                        o.number("beta2", 0.999, 0, 1 - 1e-9, "decay of the second moment of an agent's gradients"),
                        o.positive("epsilon", 1e-8, "added to the root of the second moment")),
                new DiscoAgent.Updates(
                        o.integer("updates", 2, 1, 100_000, "updates of the agent in a step of learning"),
                        o.integer("rollout", 16, 1, 100_000, "steps of every life before an update"),
                        o.positive("rate", 5e-4, "step size of the agent, whose directions lie within -1 and 1"),
                        o.number("slowness", 0.9, 0, 1, "share of the target copy that stays in an update")),
                new MetaObjective(
                        o.integer("validation", 32, 1, 100_000, "steps of the rollout by which an update is judged"),
                        o.number("validation-trace", 0.95, 0, 1, "lambda of the advantages there"),
                        o.number("entropy", 0.01, 0, 1e6, "weight of the policy's entropy in meta-training"),
                        o.number(
                                "prediction-entropy",
                                0.001,
                                0,
                                1e6,
                                "weight of the entropies of predictions, and of the squared means of targets' logits"),
                        o.number("divergence", 0.01, 0, 1e6, "weight of KL(policy of the target copy || its target)")),
                DType.FLOAT32);
    }

    private static DiscoRule rule(Options o) {
        return new DiscoRule(
                new CategoricalValue(
                        o.positive("largest-value", 300, "last bin of values, on their compressed scale"),
                        CategoricalValue.PUBLISHED.hyperbolicEpsilon(),
                        CategoricalValue.PUBLISHED.twoHotEpsilon()),
                o.number("discount", 0.997, 0, 1, "discount of rewards to come"),
                o.number("trace", 0.95, 0, 1, "lambda of the targets of values"),
                o.number("moment-decay", 0.99, 0, 1 - 1e-9, "decay of the moments of advantages and errors"),
                DiscoRule.PUBLISHED.epsilon(),
                DiscoRule.PUBLISHED.rootEpsilon(),
                new Losses.Weights(
                        o.number("policy-weight", 1, 0, 1e6, "weight of the policy's loss"),
                        o.number("y-weight", 1, 0, 1e6, "weight of the loss of predictions of states"),
                        o.number("z-weight", 1, 0, 1e6, "weight of the loss of predictions of actions"),
                        o.number("auxiliary-weight", 1, 0, 1e6, "weight of the loss of foretold policies"),
                        o.number("value-weight", 0.2, 0, 1e6, "weight of the loss of values")));
    }

    private static DiscoAgent.RuleStart start(Options o, int predictions) {
        DiscoWeights sizes = new DiscoWeights(
                predictions,
                o.integer("trajectory-units", 256, 1, 100_000, "units of the network that goes through a rollout"),
                o.integer("lifetime-units", 128, 1, 100_000, "units of the network that goes through a lifetime"),
                o.integer("hidden-units", 16, 1, 100_000, "units of the rule's small hidden layers"),
                o.integer("action-channels", 2, 1, 100_000, "numbers by which the rule tells actions apart"));
        Optional<String> file = o.optionalText(
                "weights", "file of the rule's weights, such as disco_103.npz; drawn afresh if left out");
        String sha256 = o.text(
                "weights-sha256",
                DiscoWeights.ANY,
                "SHA-256 that the file must have, in hexadecimal; any for any file");
        return file.isPresent() ? (rng, dtype) -> sizes.read(Path.of(file.get()), sha256, dtype) : sizes::init;
    }
}
