package org.deutero.methods.optimizer.rule;

import java.util.List;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/** Looks into rules, for tests of other packages. */
public final class RuleProbe {
    private RuleProbe() {}

    /** What the network of a rule is told. */
    public static Tensor inputs(LstmRule rule, Tensor gradients) {
        return rule.inputs(gradients);
    }

    /** Features of all coordinates in the order of the rule, as they are. */
    public static Tensor raw(LearnedRule rule, Params gradients, Params after, Params weights) {
        if (rule instanceof MlpRule mlp) {
            return mlp.features(Coordinates.of(weights), gradients, after, weights);
        }
        return ((AdafactorRule) rule).features(ordered(rule, weights), gradients, after, weights);
    }

    /** The same as the network is told them, the age included. */
    public static Tensor inputs(LearnedRule rule, Params gradients, Params after, Params weights, long step) {
        Tensor told = StepNetwork.normalized(ordered(rule, weights), raw(rule, gradients, after, weights));
        StepNetwork network = rule instanceof MlpRule mlp ? mlp.network() : ((AdafactorRule) rule).network();
        Tensor age = network.age(told, step);
        return Tensors.cat(List.of(told, age.unsqueeze(1).expand(told.size(0), age.size(0), told.size(2))), 1);
    }

    /** A tensor [tasks, depth, coordinates] by the tensors of the weights, each [tasks, ..., depth]. */
    public static Params byTensor(LearnedRule rule, Params weights, Tensor joined) {
        Coordinates coordinates = ordered(rule, weights);
        List<Tensor> parts = coordinates.parts(joined);
        Params.Builder tree = Params.builder();
        int i = 0;
        for (String name : coordinates.like().names()) {
            long[] shape = weights.get(name).shape();
            long[] deep = new long[shape.length + 1];
            deep[0] = shape[0];
            deep[1] = joined.size(1);
            System.arraycopy(shape, 1, deep, 2, shape.length - 1);
            tree.put(name, depthLast(parts.get(i++).reshape(deep)));
        }
        return tree.build();
    }

    /** From [tasks, depth, ...] to [tasks, ..., depth]. */
    private static Tensor depthLast(Tensor t) {
        long[] order = new long[t.rank()];
        for (int i = 1; i + 1 < order.length; i++) {
            order[i] = i + 1L;
        }
        order[order.length - 1] = 1;
        return t.permute(order).contiguous();
    }

    private static Tensor depthFirst(Tensor t) {
        long[] order = new long[t.rank()];
        order[1] = order.length - 1L;
        for (int i = 2; i < order.length; i++) {
            order[i] = i - 1L;
        }
        return t.permute(order).contiguous();
    }

    /** Slots as the golden files have them, by tensor: {@code m.NAME}, {@code row.NAME} and so on. */
    public static Params byTensor(LearnedRule rule, Params weights, Params slots) {
        Params.Builder all = Params.builder().put("m", byTensor(rule, weights, slots.get("m")));
        if (slots.has("v")) {
            all.put("v", byTensor(rule, weights, slots.get("v")));
            Params small = weights.filter(name -> weights.get(name).rank() < 3);
            all.put("diag", byTensor(rule, small, slots.get("diag")));
            weights.filter(name -> !small.has(name)).names().forEach(name -> {
                all.put("row." + name, depthLast(slots.get("factored." + name + ".row")));
                all.put("col." + name, depthLast(slots.get("factored." + name + ".col")));
            });
        }
        return all.build();
    }

    /** The way back: slots of a rule from those by tensor. */
    public static Params joined(LearnedRule rule, Params weights, Params byTensor) {
        Params.Builder slots = Params.builder().put("m", joined(rule, weights, byTensor, "m"));
        if (rule instanceof AdafactorRule) {
            slots.put("v", joined(rule, weights, byTensor, "v"));
            Params small = weights.filter(name -> weights.get(name).rank() < 3);
            slots.put("diag", joined(rule, small, byTensor, "diag"));
            weights.filter(name -> !small.has(name)).names().forEach(name -> {
                slots.put("factored." + name + ".row", depthFirst(byTensor.get("row." + name)));
                slots.put("factored." + name + ".col", depthFirst(byTensor.get("col." + name)));
            });
        }
        return slots.build();
    }

    private static Tensor joined(LearnedRule rule, Params weights, Params byTensor, String slot) {
        return Tensors.cat(
                ordered(rule, weights).like().names().stream()
                        .map(name -> byTensor.get(slot + "." + name))
                        .map(t -> depthFirst(t).reshape(t.size(0), t.size(t.rank() - 1), -1))
                        .toList(),
                2);
    }

    private static Coordinates ordered(LearnedRule rule, Params weights) {
        return Coordinates.of(rule instanceof AdafactorRule ? Coordinates.matricesFirst(weights) : weights);
    }

    /** Decays in use, by the names of the golden file. */
    public static Params decays(AdafactorRule rule, Params theta) {
        return Params.builder()
                .put("momentum", used(AdafactorRule.share(theta.get(AdafactorRule.MOMENTUM), rule.momentum(), false)))
                .put("rms", used(AdafactorRule.share(theta.get(AdafactorRule.RMS), List.of(rule.rms()), true)))
                .put("adafactor", used(AdafactorRule.share(theta.get(AdafactorRule.ADAFACTOR), rule.adafactor(), true)))
                .build();
    }

    private static Tensor used(Tensor share) {
        return share.neg().add(1);
    }
}
