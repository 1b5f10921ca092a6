package org.deutero.methods.scratch;

import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.learn.InnerGradient;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.capability.ProblemLearner;
import org.deutero.learn.meta.RunningStatistics;
import org.deutero.tasks.problem.Problems;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.optim.Optimizer;
import org.deutero.tensor.optim.Rates;

/**
 * A plain optimiser on problems: what a learned one has to beat. Its rate is given, or chosen from several: meta-training then tries one after the other, iteration by iteration, and in use it is the one whose training runs came out best.
 *
 * <p>Fast state: {@code weights}, {@code slots} and, where rates are tried, {@code losses} [tasks], the sum of the losses before each step. Running statistics then: {@code costs} and {@code counts} [rates], sums over iterations.
 *
 * @param optimizer rule of descent
 * @param rates to choose from; a single one for no choice
 * @param atEnd whether they are chosen by the held-out loss after the last step, or by the mean of the losses before each step
 */
public record ProblemTraining(Optimizer optimizer, List<Double> rates, boolean atEnd) implements ProblemLearner {
    private static final String SLOTS = "slots";
    private static final String LOSSES = "losses";
    private static final String COSTS = "costs";
    private static final String COUNTS = "counts";

    /** What a training run counts whose losses are no numbers, or larger. */
    private static final double WORST = 1e6;

    /** Copies the list. */
    public ProblemTraining {
        rates = List.copyOf(rates);
        if (rates.isEmpty() || rates.stream().anyMatch(rate -> !(rate > 0))) {
            throw new IllegalArgumentException("an optimiser needs positive rates, not " + rates);
        }
    }

    private boolean chooses() {
        return rates.size() > 1;
    }

    @Override
    public Params metaParameters(RandomGenerator rng) {
        return Params.EMPTY;
    }

    @Override
    public Params statistics() {
        if (!chooses()) {
            return Params.EMPTY;
        }
        return Params.builder()
                .put(COSTS, Tensors.zeros(DType.FLOAT32, rates.size()))
                .put(COUNTS, Tensors.zeros(DType.FLOAT32, rates.size()))
                .build();
    }

    /** The rate that is in force: the next one to try, or the best. */
    public double rate(StepContext context) {
        if (!chooses()) {
            return rates.get(0);
        }
        return rates.get(context.training() ? (int) (context.iteration() % rates.size()) : best(context.statistics()));
    }

    private int best(Params statistics) {
        double[] costs = statistics.get(COSTS).to(DType.FLOAT64).doubles();
        double[] counts = statistics.get(COUNTS).to(DType.FLOAT64).doubles();
        int best = 0;
        for (int i = 1; i < costs.length; i++) {
            boolean tried = counts[i] > 0;
            if (tried && (counts[best] == 0 || costs[i] / counts[i] < costs[best] / counts[best])) {
                best = i;
            }
        }
        return best;
    }

    @Override
    public Params begin(Params theta, Problems tasks, StepContext context) {
        Params weights = tasks.start();
        Params phi = Params.builder()
                .put(WEIGHTS, weights)
                .put(SLOTS, optimizer.init(weights))
                .build();
        return chooses() ? phi.with(Params.of(LOSSES, Tensors.zeros(DType.FLOAT32, tasks.size()))) : phi;
    }

    @Override
    public Step step(Params theta, Params phi, Problems tasks, StepContext context) {
        Params weights = ProblemLearner.trained(phi);
        int t = context.step();
        InnerGradient inner = InnerGradient.of(
                (th, w) -> tasks.loss(w, t), theta, weights, context.task().at(t, false));
        Optimizer.Update update = optimizer.update(
                inner.gradient(), phi.child(SLOTS), weights, Rates.constant(rate(context)), context.step());
        Params next = Params.builder()
                .put(WEIGHTS, update.params())
                .put(SLOTS, update.state())
                .build();
        if (!chooses()) {
            return Step.of(next);
        }
        Tensor losses = phi.get(LOSSES).add(inner.losses().detach().to(DType.FLOAT32));
        if (t + 1 == tasks.steps()) {
            Tensor end = atEnd ? tasks.heldOut(update.params()) : losses.div(tasks.steps());
            observe(end.detach().to(DType.FLOAT32), context);
        }
        return Step.of(next.with(Params.of(LOSSES, losses)));
    }

    /** @param costs of training runs, [tasks] */
    private void observe(Tensor costs, StepContext context) {
        if (!context.training()) {
            return;
        }
        Tensor counted = bounded(costs);
        double[] one = new double[rates.size()];
        one[(int) (context.iteration() % rates.size())] = 1;
        Tensor tried = Tensor.of(one, 1, one.length).to(DType.FLOAT32).expand(costs.size(0), -1);
        Params before = context.statistics();
        context.observe(Params.builder()
                .put(COSTS, RunningStatistics.counted(before.get(COSTS), tried.mul(counted.unsqueeze(1))))
                .put(COUNTS, RunningStatistics.counted(before.get(COUNTS), tried))
                .build());
    }

    private static Tensor bounded(Tensor losses) {
        // A comparison with NaN is false.
        return Tensors.where(losses.lt(WORST), losses, Tensors.onesLike(losses).mul(WORST));
    }

    /** The held-out loss; a rate that is tried and diverges is no reason to stop. */
    @Override
    public Tensor metaLoss(Params theta, Params phi, Problems tasks, StepContext context) {
        Tensor losses = tasks.heldOut(ProblemLearner.trained(phi));
        return chooses() ? bounded(losses) : losses;
    }
}
