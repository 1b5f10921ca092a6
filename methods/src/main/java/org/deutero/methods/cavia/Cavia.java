package org.deutero.methods.cavia;

import java.util.random.RandomGenerator;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.capability.GradientLearner;
import org.deutero.learn.capability.Servable;
import org.deutero.methods.QueryStatistics;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.Objective;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Normalization;
import org.deutero.tensor.optim.Optimizer;
import org.deutero.tensor.optim.Rates;

/**
 * Fast context adaptation (CAVIA; Zintgraf, Shiarlis, Kurin, Hofmann, Whiteson 2019, arXiv 1810.03642): c_0 = 0, c_{t+1} = c_t - alpha grad_c L(f(x, c; theta);
 * support), and theta is learned so that the query loss under c_T is small. All of theta is shared by tasks, none of it is adapted.
 *
 * <p>Differs from the official code in one point: that clips the meta-gradient of every task to +-10, element by element; the meta-optimiser's {@code clip-value} clips their mean.
 *
 * <p>Fast state: {@code context} [tasks, size], and optimiser slots under {@code slots}.
 *
 * @param network whose parameters are learned
 * @param objective inner and outer loss
 * @param optimizer of the inner loop; the paper's is plain gradient descent
 * @param rate of the inner loop; 1 as published
 * @param steps in meta-training
 * @param evaluationSteps when the learner is used
 * @param queryStatistics of batch normalisation when the learner is used; meta-training uses the query batch
 * @param dtype of all numbers
 */
public record Cavia(
        ContextNetwork network,
        Objective objective,
        Optimizer optimizer,
        double rate,
        int steps,
        int evaluationSteps,
        QueryStatistics queryStatistics,
        DType dtype)
        implements Servable<Episodes>, GradientLearner<Episodes> {
    private static final String CONTEXT = "context";
    private static final String SLOTS = "slots";
    private static final String WEIGHTS = "weights";
    private static final String MOMENTS = "moments";

    /** Refuses running averages, which this learner does not keep. */
    public Cavia {
        if (queryStatistics == QueryStatistics.RUNNING) {
            throw new IllegalArgumentException("CAVIA keeps no running averages: expected batch or support");
        }
    }

    @Override
    public Params metaParameters(RandomGenerator rng) {
        return network.init(rng, dtype);
    }

    @Override
    public Params begin(Params theta, Episodes tasks, StepContext context) {
        Tensor zeros = Tensors.zeros(dtype, tasks.size(), network.context())
                .to(tasks.supportX().device());
        Params start = Params.of(CONTEXT, zeros);
        return start.with(optimizer.init(start).under(SLOTS));
    }

    @Override
    public Params weights(Params phi) {
        return phi.filter(CONTEXT::equals);
    }

    @Override
    public Tensor innerLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
        return objective.losses(
                network.apply(theta, phi.get(CONTEXT), tasks.supportX(), Normalization.batch()), tasks.supportY());
    }

    @Override
    public Step update(Params theta, Params phi, Params gradient, Episodes tasks, StepContext context) {
        Optimizer.Update update =
                optimizer.update(gradient, phi.child(SLOTS), weights(phi), Rates.constant(rate), context.step());
        return Step.of(update.params().with(update.state().under(SLOTS)));
    }

    @Override
    public int steps(Episodes tasks) {
        return steps;
    }

    @Override
    public int evaluationSteps(Episodes tasks) {
        return evaluationSteps;
    }

    @Override
    public Tensor metaLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
        return objective.losses(
                network.apply(theta, phi.get(CONTEXT), tasks.queryX(), Normalization.batch()), tasks.queryY());
    }

    @Override
    public Tensor predict(Params theta, Params phi, Episodes tasks, StepContext context) {
        Tensor c = phi.get(CONTEXT);
        if (queryStatistics == QueryStatistics.BATCH) {
            return network.apply(theta, c, tasks.queryX(), Normalization.batch());
        }
        Normalization.Recording recording = Normalization.recording();
        network.apply(theta, c, tasks.supportX(), recording);
        return network.apply(theta, c, tasks.queryX(), Normalization.fixed(recording.moments()));
    }

    /** The network under {@code weights}, the task's {@code context}, and the support set's moments under {@code moments}. */
    @Override
    public Params solution(Params theta, Params phi, Episodes tasks, StepContext context) {
        Normalization.Recording recording = Normalization.recording();
        network.apply(theta, phi.get(CONTEXT), tasks.supportX(), recording);
        return Params.builder()
                .put(WEIGHTS, theta)
                .put(CONTEXT, phi.get(CONTEXT).select(0, 0))
                .put(MOMENTS, recording.moments().task(0))
                .build();
    }

    @Override
    public Tensor answer(Params solution, Tensor x) {
        Normalization normalization = Normalization.fixed(solution.child(MOMENTS));
        Tensor context = solution.get(CONTEXT).unsqueeze(0);
        return network.apply(solution.child(WEIGHTS), context, x.unsqueeze(0), normalization)
                .squeeze(0);
    }

    @Override
    public boolean fixedOutputs() {
        return true;
    }
}
