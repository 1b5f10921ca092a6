package org.deutero.methods.lpg;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.deutero.learn.StepContext;
import org.deutero.learn.TaskContext;
import org.deutero.learn.reinforcement.Advantages;
import org.deutero.methods.lpg.LearnedUpdate.Updated;
import org.deutero.tensor.Autograd;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.testkit.Golden;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Inputs, targets, updates of agents, the terms of the meta-loss and its gradient, with and without the age of lifetimes. */
class LpgGoldenTest {
    @TestFactory
    Stream<DynamicTest> files() {
        return Golden.tests(getClass(), List.of("lpg"), golden -> {
            for (String name : golden.list("cases")) {
                check(golden, name);
            }
        });
    }

    private static Lpg lpg(Golden golden, String name) {
        Params eta = golden.params(name + ".eta");
        Lifespan lifespan = switch (name) {
            case "lpg" -> Lifespan.UNTOLD;
            case "ta" -> Lifespan.RELATIVE;
            case "ta_raw" -> Lifespan.RAW;
            default -> throw new IllegalArgumentException(name);
        };
        ObjectiveNetwork network = new ObjectiveNetwork(
                ObjectiveNetwork.Memory.GRU,
                (int) eta.get("gru.weight_hh").size(1),
                (int) eta.get("embed0.weight").size(0),
                (int) eta.get("embed0.weight").size(1),
                lifespan);
        Body body = new Body.Table((int) golden.tensor("init.policy").size(1));
        return new Lpg(
                new LearnedUpdate(
                        network,
                        body,
                        AgentSteps.sgd(
                                golden.number("clip_norm"),
                                golden.number("policy_rate"),
                                golden.number("prediction_rate"))),
                new Values(body, 1, new Advantages(0.99, 0.95), 0),
                new MetaObjective(
                        MetaObjective.Kind.POLICY_GRADIENT,
                        new Regularizers(
                                golden.number("policy_entropy_weight"),
                                golden.number("prediction_entropy_weight"),
                                golden.number("pi_hat_weight"),
                                golden.number("y_hat_weight")),
                        golden.integer("updates")),
                (int) golden.tensor("rollout0.reward").size(2),
                new Lpg.Start(0, 0),
                HyperParameters.fixed(golden.number("prediction_weight")),
                Optional.empty(),
                DType.FLOAT64);
    }

    private static Experience lived(Golden golden, String prefix) {
        Tensor seen = golden.tensor(prefix + ".state");
        long lifetimes = seen.size(0);
        Tensor none = Tensors.zeros(DType.FLOAT64, seen.shape());
        boolean whole = golden.has(prefix + ".reward");
        return new Experience(
                Params.EMPTY,
                seen.reshape(lifetimes, -1),
                whole ? golden.tensor(prefix + ".next_state").reshape(lifetimes, -1) : null,
                golden.tensor(prefix + ".action").reshape(lifetimes, -1),
                whole ? golden.tensor(prefix + ".reward") : none,
                whole ? golden.tensor(prefix + ".done").to(DType.FLOAT64) : none,
                none);
    }

    private static double[] numbers(Tensor tensor, int plus) {
        return Arrays.stream(tensor.longs()).mapToDouble(n -> n + plus).toArray();
    }

    private static void check(Golden golden, String name) {
        Lpg lpg = lpg(golden, name);
        LearnedUpdate update = lpg.update();
        Params eta = golden.params(name + ".eta").leaf();
        Params agent = Body.Table.of(golden.tensor("init.policy"))
                .under(AgentSteps.POLICY)
                .with(Body.Table.of(golden.tensor("init.prediction")).under(AgentSteps.PREDICTION));
        int updates = golden.integer("updates");
        Tensor loss = null;
        long lifetimes = golden.tensor("init.policy").size(0);
        for (int k = 0; k < updates; k++) {
            Experience lived = lived(golden, "rollout" + k);
            Tensor ageFeatures = update.network()
                    .lifespan()
                    .features(
                            numbers(golden.tensor("lifetime.update"), k),
                            numbers(golden.tensor("lifetime.length"), 0),
                            DType.FLOAT64);
            StepContext context = TaskContext.training(1).at(k, true);
            Updated updated = update.of(
                    eta,
                    agent,
                    Params.EMPTY,
                    lived,
                    ageFeatures,
                    new LearnedUpdate.Hyper(
                            Tensors.full(golden.number("prediction_weight"), DType.FLOAT64, lifetimes), null),
                    context);
            agent = updated.agent();
            String expected = "expect." + name + ".update" + k + ".";
            golden.check(expected + "input", updated.inputs());
            golden.check(expected + "pi_hat", updated.targets().policy());
            golden.check(expected + "y_hat", updated.targets().prediction());
            golden.check(expected + "agent_loss", updated.losses());
            golden.check(expected + "policy_grad", updated.gradient().get("policy.table"));
            golden.check(expected + "prediction_grad", updated.gradient().get("prediction.table"));
            golden.check(expected + "policy", agent.get("policy.table"));
            golden.check(expected + "prediction", agent.get("prediction.table"));
            Regularizers.Terms terms = lpg.terms(updated, lived);
            golden.check(expected + "policy_entropy", terms.policyEntropy());
            golden.check(expected + "prediction_entropy", terms.predictionEntropy());
            golden.check(expected + "pi_hat_square", terms.policyTarget());
            golden.check(expected + "y_hat_square", terms.predictionTarget());
            Tensor own = lpg.regularized(updated, lived).div(updates);
            loss = loss == null ? own : loss.add(own);
        }
        Tensor policyGradient = lpg.policyGradient(
                agent,
                lived(golden, "validation"),
                golden.tensor("validation.advantage").reshape(lifetimes, -1));
        golden.check("expect." + name + ".policy_gradient_loss", policyGradient);
        Tensor metaLoss = loss.add(policyGradient);
        golden.check("expect." + name + ".meta_loss", metaLoss);
        golden.checkAll("expect." + name + ".grad", Autograd.gradient(metaLoss.mean(), eta, false));
    }
}
