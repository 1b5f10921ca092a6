package org.deutero.methods.remember;

import java.util.random.RandomGenerator;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.capability.Servable;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.Objective;
import org.deutero.tensor.DType;
import org.deutero.tensor.Functional;
import org.deutero.tensor.Losses;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * A layer of synapses with an online rule that is learned by remembering, in the manner of Gregor 2020 (arXiv 2003.03124): every pair is shown once and never again, later pairs overwrite it as they may, and the meta-loss is how badly contents are
 * recalled from their cues afterwards. Of that paper only the abstract and the introduction were at hand; this form is ours: one state a synapse, neurons without states of their own, one type of neuron.
 *
 * <p>Nothing in theta depends on the number of neurons. Fast state: {@code synapses} [tasks, in, out], from 0. A support item is a step; an input that is 0 throughout stands for nothing, and changes nothing.
 *
 * @param rule of the synapses
 * @param loss what recall is judged by
 * @param dtype of all numbers
 */
public record LearnedMemory(SynapseRule rule, Loss loss, DType dtype) implements Servable<Episodes> {
    private static final String SYNAPSES = "synapses";
    private static final String THETA = "theta";

    /** What recall is judged by. */
    public enum Loss {
        /** Classes as such by cross-entropy, numbers by squared error. */
        TARGETS,
        /** Targets of +1 and -1 by the cross-entropy of each bit. */
        BITS
    }

    @Override
    public Params metaParameters(RandomGenerator rng) {
        return rule.init(rng, dtype);
    }

    @Override
    public Params begin(Params theta, Episodes tasks, StepContext context) {
        int out = tasks.classification() ? tasks.way() : (int) tasks.supportY().size(2);
        Tensor zeros = Tensors.zeros(dtype, tasks.size(), flat(tasks.supportX()).size(2), out);
        return Params.of(SYNAPSES, zeros.to(tasks.supportX().device()));
    }

    private Tensor flat(Tensor x) {
        return Functional.vectors(x).to(dtype);
    }

    @Override
    public Step step(Params theta, Params phi, Episodes tasks, StepContext context) {
        int t = context.step();
        Tensor x = flat(tasks.supportX().slice(1, t, t + 1));
        Tensor target = tasks.supportY().slice(1, t, t + 1);
        Tensor y = tasks.classification() ? target.oneHot(tasks.way(), dtype) : target.to(dtype);
        Tensor before = phi.get(SYNAPSES);
        Tensor after = rule.write(theta, before, x, y);
        Tensor shown = x.abs().sumKeep(2).gt(0);
        return Step.of(Params.of(SYNAPSES, Tensors.where(shown, after, before)));
    }

    @Override
    public int steps(Episodes tasks) {
        return tasks.supportSize();
    }

    @Override
    public Tensor metaLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
        Tensor recalled = predict(theta, phi, tasks, context);
        if (loss == Loss.BITS) {
            return Losses.bitCrossEntropy(recalled, tasks.queryY());
        }
        Objective objective = tasks.classification() ? Objective.CROSS_ENTROPY : Objective.SQUARED_ERROR;
        return objective.losses(recalled, tasks.queryY());
    }

    @Override
    public Tensor predict(Params theta, Params phi, Episodes tasks, StepContext context) {
        return rule.read(theta, phi.get(SYNAPSES), flat(tasks.queryX()));
    }

    /** The rule and the synapses. */
    @Override
    public Params solution(Params theta, Params phi, Episodes tasks, StepContext context) {
        return Params.builder()
                .put(THETA, context.task().ownTheta() ? theta.task(0) : theta)
                .put(SYNAPSES, phi.get(SYNAPSES).select(0, 0))
                .build();
    }

    @Override
    public Tensor answer(Params solution, Tensor x) {
        Tensor synapses = solution.get(SYNAPSES).unsqueeze(0);
        return rule.read(solution.child(THETA), synapses, flat(x.unsqueeze(0))).squeeze(0);
    }

    @Override
    public boolean fixedOutputs() {
        return false;
    }
}
