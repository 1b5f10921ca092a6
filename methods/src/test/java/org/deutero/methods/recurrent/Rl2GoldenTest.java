package org.deutero.methods.recurrent;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.deutero.learn.action.Categorical;
import org.deutero.learn.capability.PolicyLearner.Evaluated;
import org.deutero.learn.reinforcement.Advantages;
import org.deutero.learn.reinforcement.PolicyLoss;
import org.deutero.methods.plastic.RecurrentCell;
import org.deutero.methods.recurrent.Experience.Part;
import org.deutero.tasks.world.Actions;
import org.deutero.tasks.world.Transition;
import org.deutero.tasks.world.WorldShape;
import org.deutero.tensor.Autograd;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.recurrent.NormGru;
import org.deutero.testkit.Golden;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Inputs, states, policies, advantages and the gradient of RL^2 over trials of several episodes, step by step and at once. */
class Rl2GoldenTest {
    @TestFactory
    Stream<DynamicTest> files() {
        return Golden.tests(
                getClass(), List.of("rl2_gru"), golden -> golden.list("cases").forEach(name -> check(golden, name)));
    }

    private static void check(Golden golden, String name) {
        String setting = "case." + name + ".";
        boolean seen = Boolean.parseBoolean(golden.text(setting + "observation"));
        Tensor reward = golden.tensor("reward");
        Tensor done = seen ? golden.tensor("done").to(DType.FLOAT64) : Tensors.onesLike(reward);
        WorldShape world = new WorldShape(
                (int) golden.tensor("observation").size(2), new Actions.Discrete(golden.integer("actions")), 10);
        Set<Part> parts = EnumSet.of(Part.ACTION, Part.REWARD, Part.DONE);
        if (seen) {
            parts.add(Part.OBSERVATION);
        }
        Experience experience = new Experience(world, parts, 1, 1);
        Tensor input = inputs(golden, experience, reward, done);
        String expected = "expect." + name + ".";
        golden.check(expected + "input", input);

        Params theta = theta(golden, golden.text(setting + "theta")).leaf();
        RecurrentCell cell = cell(golden, golden.text(setting + "cell"), (int) input.size(2), theta);
        PolicyAndValue network = new PolicyAndValue(cell, Optional.empty(), world.actions(), true);
        golden.check(expected + "state", cell.sequence(theta.child("cell"), input, null));
        Evaluated found = network.sequence(theta, input, null);
        steps(golden, expected, network, theta, input);

        Categorical policy = (Categorical) found.policy();
        Tensor action = golden.tensor("action");
        golden.check(expected + "log_probabilities", policy.logProbabilities());
        golden.check(expected + "log_probability", policy.logProbability(action));
        golden.check(expected + "value", found.value());
        golden.check(expected + "entropy", policy.entropy());
        Advantages.Estimated gae =
                new Advantages(golden.number("gamma"), golden.number("lambda")).trials(reward, found.value());
        Tensor advantage = Boolean.parseBoolean(golden.text(setting + "standardised"))
                ? Advantages.standardised(gae.advantage())
                : gae.advantage();
        golden.check(expected + "advantage", advantage);
        golden.check(expected + "target", gae.target());
        PolicyLoss a2c = PolicyLoss.a2c(golden.number("value_weight"), golden.number("entropy_weight"));
        Function<Evaluated, Tensor> mean = by -> a2c.of(
                        by.policy().logProbability(action),
                        null,
                        advantage,
                        by.policy().entropy(),
                        by.value(),
                        gae.target())
                .loss()
                .mean();
        Tensor loss = mean.apply(found);
        golden.check(expected + "loss", loss.reshape(1));
        gradient(golden, expected, Autograd.gradient(loss, theta, false));
        gradient(golden, expected, network.gradient(theta, input, null, mean));
    }

    private static void gradient(Golden golden, String expected, Params gradient) {
        golden.params(expected + "grad")
                .forEach((key, value) -> golden.check(expected + "grad." + key, gradient.get(ours(key))));
    }

    /** What an agent is told in the course of the stored trials. */
    private static Tensor inputs(Golden golden, Experience experience, Tensor reward, Tensor done) {
        Params state = experience.start(DType.FLOAT64, (int) reward.size(0), 1);
        List<Tensor> inputs = new ArrayList<>();
        for (int t = 0; t < reward.size(1); t++) {
            inputs.add(experience.input(
                    state, golden.tensor("observation").select(1, t).unsqueeze(1), t));
            Tensor ended = done.slice(1, t, t + 1);
            Transition told = new Transition(
                    Params.EMPTY, Params.EMPTY, reward.slice(1, t, t + 1), ended, Tensors.zerosLike(ended));
            state = experience.told(golden.tensor("action").slice(1, t, t + 1), told);
        }
        return Tensors.cat(inputs, 1);
    }

    /** Step by step the same comes out. */
    private static void steps(Golden golden, String expected, PolicyAndValue network, Params theta, Tensor input) {
        Params state = network.start(theta, (int) input.size(0));
        List<Tensor> logProbabilities = new ArrayList<>();
        List<Tensor> values = new ArrayList<>();
        for (int t = 0; t < input.size(1); t++) {
            PolicyAndValue.Moment moment = network.step(theta, state, input.slice(1, t, t + 1));
            state = moment.state();
            logProbabilities.add(((Categorical) moment.policy()).logProbabilities());
            values.add(moment.value());
        }
        golden.check(expected + "log_probabilities", Tensors.cat(logProbabilities, 1));
        golden.check(expected + "value", Tensors.cat(values, 1));
    }

    private static RecurrentCell cell(Golden golden, String name, int inputs, Params theta) {
        int units = (int) theta.get("policy.weight").size(1);
        return name.equals("gru")
                ? new GruCell(inputs, units)
                : new NormGruCell(
                        new NormGru(inputs, units, golden.number("gate_offset"), golden.number("norm_epsilon")));
    }

    private static Params theta(Golden golden, String name) {
        Params.Builder ours = Params.builder();
        golden.params(name + ".theta").forEach((key, value) -> ours.put(ours(key), value));
        return ours.build();
    }

    /** Heads have the names of the file; everything else is the cell's. */
    private static String ours(String key) {
        if (key.startsWith("policy.") || key.startsWith("value.")) {
            return key;
        }
        return "cell." + (key.startsWith("gru.") ? key.substring("gru.".length()) : key);
    }
}
