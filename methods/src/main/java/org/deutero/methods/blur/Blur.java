package org.deutero.methods.blur;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.capability.ReadableRule;
import org.deutero.learn.capability.Servable;
import org.deutero.methods.QueryStatistics;
import org.deutero.methods.StreamBatches;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.Objective;
import org.deutero.tensor.DType;
import org.deutero.tensor.Functional;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/**
 * Bidirectional learned update rules (BLUR; Sandler, Vladymyrov, Zhmoginov, Miller, Madams, Jackson, Ag&uuml;era y Arcas 2021, arXiv 2104.04657): neurons of k states,
 * synapses of k channels, and a genome, the same for all neurons, layers and tasks, that says how states pass forward and back and how synapses change. Labels enter as
 * the second state of the last layer. Nothing is differentiated while a task is learned, and nothing in the genome depends on the size of a network or a task.
 *
 * <p>A support set is a stream of mini-batches; every step uses the next one. Unlike in the released code, whose last unrolled step is forward only, every step ends with an update, so T
 * steps are T updates. Neurons start at 0 in every step.
 *
 * <p>Fast state: synapses as {@link BidirectionalPass} names them, drawn anew for every task.
 *
 * @param hidden units of the hidden layers; input and output follow the task
 * @param rule what is chosen
 * @param start how the genome starts
 * @param scales how meta-parameters stand for genes
 * @param synapses how synapses start
 * @param batches how the support set is gone through
 * @param objective the meta-loss on queries
 * @param logitScale factor between the last layer's first state and logits, since outputs of tanh are bounded; 1 for regressions
 * @param everyStep whether the meta-loss is the mean of the query losses after all steps, or the one after the last
 * @param queryStatistics of neuron normalisation when the learner is used; meta-training uses the query batch
 * @param dtype of all numbers
 */
public record Blur(
        List<Integer> hidden,
        BlurRule rule,
        GenomeStart start,
        GeneScales scales,
        SynapseStart synapses,
        StreamBatches batches,
        Objective objective,
        double logitScale,
        boolean everyStep,
        QueryStatistics queryStatistics,
        DType dtype)
        implements Servable<Episodes>, ReadableRule {
    private static final String GENES = "genes";
    private static final String SYNAPSES = "synapses";
    private static final String MOMENTS = "moments";

    /** Refuses running averages, which this learner does not keep. */
    public Blur {
        hidden = List.copyOf(hidden);
        if (queryStatistics == QueryStatistics.RUNNING) {
            throw new IllegalArgumentException("BLUR keeps no running averages: expected batch or support");
        }
    }

    @Override
    public Params metaParameters(RandomGenerator rng) {
        return start.init(rule, scales, rng, dtype);
    }

    @Override
    public Params begin(Params theta, Episodes tasks, StepContext context) {
        List<Integer> sizes = sizes(tasks);
        return context.draw(tasks.size(), (rng, n) -> drawn(rng, n, sizes))
                .to(tasks.supportX().device());
    }

    private Params drawn(RandomGenerator rng, int tasks, List<Integer> sizes) {
        Params.Builder drawn = Params.builder();
        for (int l = 0; l + 1 < sizes.size(); l++) {
            int in = sizes.get(l);
            int out = sizes.get(l + 1);
            drawn.put(
                    BidirectionalPass.forwardName(l), synapses.draw(rng, dtype, tasks, rule.states(), in, in + 1, out));
            if (!rule.symmetricDirections()) {
                drawn.put(
                        BidirectionalPass.backwardName(l),
                        synapses.draw(rng, dtype, tasks, rule.states(), out, out, in));
            }
        }
        return drawn.build();
    }

    private List<Integer> sizes(Episodes tasks) {
        List<Integer> sizes = new ArrayList<>();
        int features = 1;
        for (long size : tasks.inputShape()) {
            features = Math.multiplyExact(features, (int) size);
        }
        sizes.add(features);
        sizes.addAll(hidden);
        sizes.add(tasks.classification() ? tasks.way() : (int) tasks.supportY().size(2));
        return sizes;
    }

    @Override
    public Step step(Params theta, Params phi, Episodes tasks, StepContext context) {
        Genome genome = genome(theta, tasks, context);
        Params next = learn(genome, phi, flat(batches.x(tasks, context.step())), batches.y(tasks, context.step()));
        int steps = steps(tasks);
        boolean met = everyStep && context.training() && context.step() + 1 < steps;
        return met ? new Step(next, queryLosses(genome, next, tasks).div(steps)) : Step.of(next);
    }

    /** Synapses after one batch. */
    Params learn(Genome genome, Params phi, Tensor x, Tensor y) {
        BidirectionalPass sweep = new BidirectionalPass(rule, genome, phi);
        List<Tensor> forward = sweep.forward(x, rule.batchNorm());
        Tensor feedback = rule.feedback().of(outputs(forward), y, objective, logitScale);
        return new Hebb(rule, genome).update(phi, forward, sweep.backward(forward, feedback));
    }

    @Override
    public Params genes(Params theta) {
        return scales.genes(theta);
    }

    Genome genome(Params theta, Episodes tasks, StepContext context) {
        return Genome.of(context.forTasks(theta, tasks.size()), scales);
    }

    /** First states of the last layer, [tasks, batch, outputs]. */
    static Tensor outputs(List<Tensor> layers) {
        return layers.get(layers.size() - 1).select(1, 0);
    }

    private static Tensor flat(Tensor x) {
        return Functional.vectors(x);
    }

    @Override
    public int steps(Episodes tasks) {
        return batches.steps(tasks);
    }

    @Override
    public Tensor metaLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
        Tensor losses = queryLosses(genome(theta, tasks, context), phi, tasks);
        return everyStep && context.training() ? losses.div(steps(tasks)) : losses;
    }

    private Tensor queryLosses(Genome genome, Params phi, Episodes tasks) {
        Tensor answers = answers(genome, phi, tasks.queryX(), rule.batchNorm());
        return objective.losses(answers, tasks.queryY());
    }

    private Tensor answers(Genome genome, Params phi, Tensor x, NeuronNorm norm) {
        return outputs(new BidirectionalPass(rule, genome, phi).forward(flat(x), norm))
                .mul(logitScale);
    }

    @Override
    public Tensor predict(Params theta, Params phi, Episodes tasks, StepContext context) {
        Genome genome = genome(theta, tasks, context);
        NeuronNorm norm =
                queryStatistics == QueryStatistics.BATCH ? rule.batchNorm() : afterwards(moments(genome, phi, tasks));
        return answers(genome, phi, tasks.queryX(), norm);
    }

    /** Moments of the whole support set under these synapses; empty without neuron normalisation. */
    private Params moments(Genome genome, Params phi, Episodes tasks) {
        Params.Builder moments = Params.builder();
        if (rule.normalization().neurons()) {
            answers(genome, phi, tasks.supportX(), NeuronNorm.recording(moments));
        }
        return moments.build();
    }

    private NeuronNorm afterwards(Params moments) {
        return rule.normalization().neurons() ? NeuronNorm.fixed(moments) : NeuronNorm.NONE;
    }

    /** Genes, synapses, and the support set's moments. */
    @Override
    public Params solution(Params theta, Params phi, Episodes tasks, StepContext context) {
        return Params.builder()
                .put(GENES, context.task().ownTheta() ? theta.task(0) : theta)
                .put(SYNAPSES, phi.task(0))
                .put(MOMENTS, moments(genome(theta, tasks, context), phi, tasks).task(0))
                .build();
    }

    @Override
    public Tensor answer(Params solution, Tensor x) {
        Params single = solution.expand(1);
        Genome genome = Genome.of(single.child(GENES), scales);
        return answers(genome, single.child(SYNAPSES), x.unsqueeze(0), afterwards(single.child(MOMENTS)))
                .squeeze(0);
    }

    @Override
    public boolean fixedOutputs() {
        return false;
    }
}
