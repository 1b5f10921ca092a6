package org.deutero.methods.lpg;

import java.util.List;
import java.util.Optional;
import org.deutero.learn.reinforcement.Advantages;
import org.deutero.methods.Method.Sections;
import org.deutero.options.Options;
import org.deutero.tasks.world.WorldShape;
import org.deutero.tensor.DType;
import org.deutero.tensor.optim.Sgd;

/** The keys of learned objectives, and of agents that live with them. Standard values are those of GROOVE's code, where they are known. */
final class LpgOptions {
    private final Options o;
    private final Body body;

    private enum Kind {
        TABLE,
        PERCEPTRON
    }

    LpgOptions(Sections sections, WorldShape world) {
        this.o = sections.method();
        Kind kind = o.choice("agent", Kind.TABLE, "what agents are: tables of numbered states, or perceptrons");
        this.body = kind == Kind.TABLE
                ? new Body.Table(world.observations())
                : new Body.Perceptron(
                        world.observations(),
                        sections.network()
                                .integers("hidden", List.of(32), 1, 100_000, "units of an agent's hidden layers"));
    }

    private int rollout() {
        return o.integer("rollout", 20, 1, 1_000_000, "steps in the world for one update of an agent");
    }

    private AgentSteps steps() {
        boolean table = body.numbered();
        return new AgentSteps(
                table ? Sgd.PLAIN : AgentSteps.ADAM,
                o.positive("clip", 0.5, "largest norm of an agent's gradient, for policy and prediction apart"),
                o.positive(
                        "policy-rate",
                        table ? 40 : 1e-3,
                        "step size of policies, after clipping; of plain steps for tables and of Adam for perceptrons"),
                o.positive("prediction-rate", table ? 4 : 1e-3, "step size of predictions"));
    }

    private Values values(double least, boolean ages) {
        return new Values(
                body,
                o.positive(
                        "value-rate",
                        body.numbered() ? 0.5 : 1e-3,
                        "share of the way to its mean target that a value in a table goes in an update; step size of a"
                                + " network's"),
                new Advantages(
                        o.number("discount", 0.99, 0, 1, "factor on the value of the next step, in advantages"),
                        o.number("trace", 0.95, 0, 1, "lambda of generalised advantages")),
                o.number(
                        "least-deviation",
                        least,
                        0,
                        1e6,
                        "advantages are divided by their deviation, but by no less than this"),
                ages
                        && o.flag(
                                "pooled-advantages",
                                true,
                                "whether that deviation is one over all shards, whose lifetimes differ in age, as a running average, or one over the lifetimes of each shard"));
    }

    Lpg lpg() {
        ObjectiveNetwork network = new ObjectiveNetwork(
                o.choice("memory", ObjectiveNetwork.Memory.GRU, "kind of the recurrent network"),
                o.integer("units", 256, 1, 100_000, "units of its state"),
                o.integer("embedding", 16, 1, 100_000, "units between a prediction and the number that stands for it"),
                o.integer("bins", 8, 1, 100_000, "bins of a prediction"),
                o.choice(
                        "lifespan",
                        Lifespan.UNTOLD,
                        "what the objective is told of the age of a lifetime: nothing, the share of updates that were"
                                + " made and the logarithm of all, or both numbers as they are"));
        Values values = values(0, true);
        int rollout = rollout();
        return new Lpg(
                new LearnedUpdate(
                        network,
                        body,
                        steps(),
                        o.flag(
                                "differentiable-inputs",
                                false,
                                "whether meta-gradients flow through the probabilities and predictions that the"
                                        + " objective reads, so that what predictions should be is learned from what"
                                        + " policies make of them later, or take them for constants, as GROOVE's code"
                                        + " does")),
                values,
                objective(),
                rollout,
                new Lpg.Start(
                        o.number("policy-deviation", 0, 0, 1e6, "deviation of the numbers of a fresh policy's table"),
                        o.number(
                                "prediction-deviation",
                                0.01,
                                0,
                                1e6,
                                "deviation of the numbers of a fresh prediction's table")),
                hyper(),
                rival(values, rollout),
                DType.FLOAT32);
    }

    ActorCritic actorCritic() {
        return new ActorCritic(
                body,
                new AgentSteps(
                        body.numbered() ? Sgd.PLAIN : AgentSteps.ADAM,
                        o.positive("clip", 0.5, "largest norm of the gradient of a lifetime's policy"),
                        o.positive("policy-rate", body.numbered() ? 10 : 1e-3, "step size of policies, after clipping"),
                        0),
                values(0.1, false),
                o.number("entropy-weight", 0.01, 0, 1e6, "factor on the entropy of policies"),
                rollout(),
                DType.FLOAT32);
    }

    private Optional<ActorCritic> rival(Values values, int rollout) {
        if (!o.flag(
                "score-levels",
                false,
                "whether worlds are scored at the end of a lifetime, by how much more tabular-a2c earns in them: what"
                        + " meta-gradient.replay goes by")) {
            return Optional.empty();
        }
        AgentSteps moves = new AgentSteps(
                body.numbered() ? Sgd.PLAIN : AgentSteps.ADAM,
                0.5,
                o.positive("rival-rate", body.numbered() ? 10 : 1e-3, "step size of its policies, after clipping"),
                0);
        Values own = new Values(body, values.rate(), values.advantages(), Math.max(0.1, values.least()));
        return Optional.of(new ActorCritic(body, moves, own, 0.01, rollout, DType.FLOAT32));
    }

    private HyperParameters hyper() {
        double weight = o.number(
                "prediction-weight", 0.5, 0, 1e6, "factor on the divergence of predictions in an agent's loss");
        List<Double> paces = o.numbers(
                "policy-paces",
                List.of(),
                "factors on policy-rate of which every lifetime gets one, chosen by a bandit; none to leave the rate"
                        + " as it is");
        List<Double> weights = o.numbers(
                "prediction-weights",
                List.of(),
                "the same for prediction-weight: weights in its place; none to leave it as it is");
        boolean varied = !paces.isEmpty() || !weights.isEmpty();
        return new HyperParameters(
                paces.isEmpty() ? List.of(1.0) : paces,
                weights.isEmpty() ? List.of(weight) : weights,
                varied ? o.number("exploration", 0.1, 0, 1e6, "rho: weight of 1/sqrt(times tried) in a choice") : 0,
                varied
                        ? o.positive(
                                "temperature", 0.1, "tau: what rewards are divided by before the softmax of a choice")
                        : 1);
    }

    private MetaObjective objective() {
        MetaObjective.Kind kind = o.choice(
                "objective",
                MetaObjective.Kind.POLICY_GRADIENT,
                "what meta-learning lowers: minus the policy gradient's surrogate after some updates, for gradients,"
                        + " or minus the return at the end of a lifetime, for evolution");
        if (kind == MetaObjective.Kind.RETURN) {
            return new MetaObjective(kind, Regularizers.GROOVE, 1);
        }
        Regularizers standard = Regularizers.GROOVE;
        return new MetaObjective(
                kind,
                new Regularizers(
                        weight("policy-entropy", standard.policyEntropy(), "weight of the entropy of policies"),
                        weight(
                                "prediction-entropy",
                                standard.predictionEntropy(),
                                "weight of the entropy of predictions"),
                        weight(
                                "policy-target-square",
                                standard.policyTarget(),
                                "weight of the square of what policies should do"),
                        weight(
                                "prediction-target-square",
                                standard.predictionTarget(),
                                "weight of the square of what predictions should be")),
                o.integer(
                        "updates",
                        5,
                        1,
                        1_000_000,
                        "updates of agents between two rollouts on which they are judged; what meta-gradient.window"
                                + " should be a multiple of"));
    }

    private double weight(String key, double standard, String what) {
        return o.number(key, standard, 0, 1e6, what + " in the meta-loss");
    }
}
