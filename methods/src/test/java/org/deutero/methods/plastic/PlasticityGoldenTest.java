package org.deutero.methods.plastic;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.deutero.tensor.Autograd;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.testkit.Golden;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Traces, modulated traces and fast weights over a short sequence, and the gradient of a loss on the last output. */
class PlasticityGoldenTest {
    @TestFactory
    Stream<DynamicTest> files() {
        return Golden.tests(getClass(), List.of("plasticity"), golden -> {
            for (String name : golden.list("cases")) {
                switch (name) {
                    case "hebb", "oja" -> plastic(golden, name);
                    case "simple", "fan", "retroactive" -> modulated(golden, name);
                    default -> fast(golden, name);
                }
            }
        });
    }

    private static void plastic(Golden golden, String name) {
        TraceRule rule = name.equals("oja") ? TraceRule.OJA : TraceRule.HEBB_DECAY;
        RecurrentCell cell = new PlasticCell(golden.integer("units"), rule, true, 1, 1);
        recurrent(golden, name, cell, "plastic", theta -> theta);
    }

    private static void modulated(Golden golden, String name) {
        PlasticityModulation modulation = PlasticityModulation.valueOf(name.toUpperCase(Locale.ROOT));
        int inputs = (int) golden.tensor("modulated.input").size(2);
        RecurrentCell cell =
                new ModulatedCell(inputs, golden.integer("units"), modulation, golden.number("clip_" + name), 1, 1);
        UnaryOperator<Params> used = theta -> theta.filter(n -> switch (n) {
            case "eta" -> modulation == PlasticityModulation.RETROACTIVE;
            case "fan.weight", "fan.bias" -> modulation == PlasticityModulation.FAN;
            default -> true;
        });
        recurrent(golden, name, cell, "modulated", used);
    }

    private static void recurrent(
            Golden golden, String name, RecurrentCell cell, String group, UnaryOperator<Params> used) {
        String expected = "expect." + name + ".";
        Tensor input = golden.tensor(group + ".input");
        Params theta = used.apply(golden.params(group + ".theta")).leaf();
        Params state = cell.start(theta, golden.integer("batch"));
        List<Params> states = new ArrayList<>();
        for (int t = 0; t < golden.integer("steps"); t++) {
            state = cell.step(theta, state, input.select(0, t).unsqueeze(1));
            states.add(state);
        }
        golden.check(expected + "output", all(states, RecurrentCell.ACTIVITY).squeeze(2));
        for (String kept : List.of("trace", "eligibility")) {
            if (golden.has(expected + kept)) {
                golden.check(expected + kept, all(states, kept));
            }
        }
        if (golden.has(expected + "modulation")) {
            golden.check(
                    expected + "modulation",
                    all(states, "modulation").squeeze(3).squeeze(2));
        }
        gradient(golden, name, state.get(RecurrentCell.ACTIVITY).squeeze(1), golden.tensor(group + ".target"), theta);
    }

    private static void fast(Golden golden, String name) {
        FastWeightRule rule = name.startsWith("delta") ? FastWeightRule.DELTA : FastWeightRule.ADDITIVE;
        String map = name.substring(name.indexOf('_') + 1);
        FeatureMap phi = map.equals("elu")
                ? new FeatureMap.Elu()
                : new FeatureMap.Dpfp(Integer.parseInt(map.substring("dpfp".length())));
        String expected = "expect." + name + ".";
        Tensor input = golden.tensor("fast.input");
        Params theta = golden.params("fast.theta")
                .filter(n -> rule == FastWeightRule.DELTA || !n.startsWith("rate"))
                .leaf();
        int values = (int) golden.tensor("fast.target").size(1);
        int features = phi.width((int) golden.tensor("fast.theta.key.weight").size(0));
        Params state = rule.start(DType.FLOAT64, golden.integer("batch"), values, features);
        List<Params> states = new ArrayList<>();
        List<Tensor> outputs = new ArrayList<>();
        for (int t = 0; t < golden.integer("steps"); t++) {
            Tensor x = input.select(0, t).unsqueeze(1);
            Tensor strength =
                    rule == FastWeightRule.DELTA ? linear(theta, "rate", x).sigmoid() : null;
            state = rule.write(state, phi.apply(linear(theta, "key", x)), linear(theta, "value", x), strength);
            states.add(state);
            outputs.add(rule.read(state, phi.apply(linear(theta, "query", x))).squeeze(1));
        }
        golden.check(expected + "fast_weight", all(states, "fast"));
        golden.check(expected + "output", Tensors.stack(outputs, 0));
        gradient(golden, name, outputs.get(outputs.size() - 1), golden.tensor("fast.target"), theta);
    }

    private static Tensor linear(Params theta, String name, Tensor x) {
        return x.matmul(theta.get(name + ".weight").transpose(0, 1));
    }

    private static Tensor all(List<Params> states, String name) {
        return Tensors.stack(states.stream().map(s -> s.get(name)).toList(), 0);
    }

    private static void gradient(Golden golden, String name, Tensor last, Tensor target, Params theta) {
        Tensor loss = last.sub(target).square().sum(1).mean();
        golden.check("expect." + name + ".loss", loss.reshape(1));
        golden.checkAll("expect." + name + ".grad", Autograd.gradient(loss, theta, false));
    }
}
