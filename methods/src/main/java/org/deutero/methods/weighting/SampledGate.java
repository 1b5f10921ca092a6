package org.deutero.methods.weighting;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.deutero.learn.StepContext;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * Gates that are drawn in every step, each by a small network that sees the pooled gradient of its tensor (FaMUS): r = 1 is open. The draw is a Gumbel-softmax whose value is the choice and whose slope is that of the probability.
 *
 * <p>Samplers are told to open so many gates: budget weight (sum r - K)^2 is what the choice costs. They see gradients as constants.
 *
 * @param always what is open in any case, layers or tensors
 * @param sampled tensors whose gates are drawn; all others are shut
 * @param sampler the network of a gate
 * @param budget K, gates that should be open among those drawn
 * @param budgetWeight of that loss
 * @param lastOnly whether only the last gate counts in it, as in the released code, rather than all
 * @param throughStep whether gates feel the meta-loss through the step, too, as in the released code: the gradient is r g or (1 - r) g, of the same value
 */
public record SampledGate(
        FixedGate always,
        List<String> sampled,
        GateSampler sampler,
        double budget,
        double budgetWeight,
        boolean lastOnly,
        boolean throughStep)
        implements Gate {
    /** Copies the names. */
    public SampledGate {
        sampled = List.copyOf(sampled);
    }

    @Override
    public Params init(RandomGenerator rng, Params model, DType dtype) {
        Params.Builder all = Params.builder();
        for (String name : sampled) {
            all.put(name, sampler.init(rng, (int) model.get(name).size(0), dtype));
        }
        return all.build();
    }

    @Override
    public Passed pass(Params gate, Params gradient, StepContext context) {
        if (sampled.isEmpty()) {
            return new Passed(gradient.with(shut(gradient)), null);
        }
        int tasks = (int) gradient.values().get(0).size(0);
        Params own = context.forTasks(gate, tasks);
        Params luck = context.draw("gates", tasks, (rng, n) -> noise(rng, n, gradient));
        Params result = gradient.with(shut(gradient));
        List<Tensor> gates = new ArrayList<>();
        for (String name : sampled) {
            Tensor g = gradient.get(name);
            Tensor r = sampler.draw(own.child(name), g.detach(), luck.get(name));
            gates.add(r);
            result = result.with(Params.of(name, passed(g, r)));
        }
        context.report(Params.of("open-gates", sum(gates).detach()));
        Tensor counted = lastOnly ? gates.get(gates.size() - 1) : sum(gates);
        return new Passed(result, counted.sub(budget).square().mul(budgetWeight));
    }

    /** What is neither open nor drawn, as constants. */
    private Params shut(Params gradient) {
        return gradient.filter(name -> !always.open(name) && !sampled.contains(name))
                .detach();
    }

    private Params noise(RandomGenerator rng, int tasks, Params gradient) {
        Map<String, Tensor> noise = new LinkedHashMap<>();
        for (String name : sampled) {
            noise.put(name, GateSampler.gumbel(rng, tasks, gradient.get(name).dtype()));
        }
        return Params.of(noise);
    }

    private static Tensor sum(List<Tensor> gates) {
        return gates.stream().reduce(Tensor::add).orElseThrow();
    }

    /** The same value, through the gate. */
    private Tensor passed(Tensor g, Tensor r) {
        double[] open = r.detach().doubles();
        boolean all = true;
        boolean none = true;
        for (double one : open) {
            all &= one > 0.5;
            none &= one <= 0.5;
        }
        Tensor fixed = g.detach();
        if (!throughStep && (all || none)) {
            // No graph at all where a gate is shut: this is what saves time.
            return all ? g : fixed;
        }
        long[] shape = new long[g.rank()];
        Arrays.fill(shape, 1);
        shape[0] = r.size(0);
        Tensor own = r.reshape(shape);
        if (!throughStep) {
            return fixed.add(g.sub(fixed).mul(own.detach()));
        }
        if (all) {
            return g.mul(own);
        }
        Tensor otherwise = fixed.mul(own.neg().add(1));
        if (none) {
            return otherwise;
        }
        Tensor choice = own.detach();
        return Tensors.where(choice.gt(0.5), g.mul(own), otherwise);
    }
}
