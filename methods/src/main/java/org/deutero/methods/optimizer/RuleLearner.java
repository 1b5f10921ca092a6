package org.deutero.methods.optimizer;

import java.util.random.RandomGenerator;
import org.deutero.learn.InnerGradient;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.capability.OptimizerLearner;
import org.deutero.learn.capability.ProblemLearner;
import org.deutero.methods.optimizer.MetaObjective.Judged;
import org.deutero.methods.optimizer.rule.LearnedRule;
import org.deutero.methods.optimizer.rule.TrainedRule;
import org.deutero.tasks.problem.Problems;
import org.deutero.tensor.Autograd;
import org.deutero.tensor.DType;
import org.deutero.tensor.GradMode;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.optim.Optimizer;
import org.deutero.tensor.optim.Optimizer.Direction;

/**
 * Problems trained by a learned rule. A step of learning is a step of training; losses that count are met on the way.
 *
 * <p>Gradients of problems are constants to meta-training unless second derivatives are asked for: what is then left out is how a step changes the gradients that come later. Weights are differentiated through all the same.
 *
 * <p>Meta-parameters: the rule's; fast state: {@code weights}, {@code slots} and, if that is what counts, {@code lowest}, the lowest loss so far [tasks].
 *
 * @param rule that is learned
 * @param objective of meta-training
 * @param secondDerivatives whether gradients are differentiated through, where the estimator does
 * @param dtype of the meta-parameters
 */
public record RuleLearner(LearnedRule rule, MetaObjective objective, boolean secondDerivatives, DType dtype)
        implements ProblemLearner, OptimizerLearner {
    private static final String SLOTS = "slots";
    private static final String LOWEST = "lowest";

    @Override
    public Params metaParameters(RandomGenerator rng) {
        return rule.metaParameters(rng, dtype);
    }

    @Override
    public Params begin(Params theta, Problems tasks, StepContext context) {
        Params weights = tasks.start();
        Params phi = Params.builder()
                .put(WEIGHTS, weights)
                .put(SLOTS, rule.slots(weights))
                .build();
        return objective.judged() == Judged.LOWEST ? phi.with(Params.of(LOWEST, zeros(weights, tasks.size()))) : phi;
    }

    private static Tensor zeros(Params like, int tasks) {
        Tensor first = like.values().get(0);
        return Tensors.zeros(first.dtype(), tasks).to(first.device());
    }

    @Override
    public Step step(Params theta, Params phi, Problems tasks, StepContext context) {
        Params weights = ProblemLearner.trained(phi);
        int t = context.step();
        InnerGradient inner = gradient(theta, weights, tasks, context);
        Direction move = rule.direction(theta, inner.gradient(), phi.child(SLOTS), weights, t);
        Params next = weights.sub(move.direction());
        Params state =
                Params.builder().put(WEIGHTS, next).put(SLOTS, move.state()).build();
        if (objective.judged() == Judged.LOWEST) {
            Tensor now = counted(inner.losses(), tasks);
            Tensor lowest = t == 0 ? now : lower(phi.get(LOWEST), now);
            return Step.of(state.with(Params.of(LOWEST, lowest)));
        }
        return switch (objective.judged()) {
            case BEFORE -> meeting(state, inner.losses(), tasks);
            case AFTER -> meeting(state, tasks.loss(next, t), tasks);
            case FRESH -> meeting(state, tasks.fresh(next, t), tasks);
            case NEXT -> {
                Step step = meeting(state, tasks.loss(next, t + 1), tasks);
                Tensor first = t == 0 ? counted(inner.losses(), tasks) : null;
                yield first == null ? step : step.meeting(Step.LOSS, step.loss().add(first));
            }
            case FINAL, LOWEST -> Step.of(state);
        };
    }

    private static Tensor lower(Tensor a, Tensor b) {
        return Tensors.where(a.sub(b).lt(0), a, b);
    }

    private Step meeting(Params state, Tensor losses, Problems tasks) {
        return new Step(state, counted(losses, tasks));
    }

    private Tensor counted(Tensor losses, Problems tasks) {
        return objective.counted(losses, tasks.steps());
    }

    private InnerGradient gradient(Params theta, Params weights, Problems tasks, StepContext context) {
        boolean through = secondDerivatives && context.differentiable();
        int t = context.step();
        if (through || objective.judged() != Judged.BEFORE && objective.judged() != Judged.LOWEST) {
            InnerGradient inner = InnerGradient.of(
                    (th, w) -> tasks.loss(w, t), theta, weights, context.task().at(t, through));
            return secondDerivatives
                    ? inner
                    : new InnerGradient(inner.gradient().detach(), inner.losses());
        }
        // The loss counts, so its graph back through the weights stays; its gradient is a constant.
        return GradMode.on(() -> {
            Params at = weights.map(w -> w.requiresGrad() ? w : w.leaf());
            Tensor losses = tasks.loss(at, t);
            Params gradient = Autograd.gradientRetaining(losses.sum(), at, false);
            return new InnerGradient(secondDerivatives ? gradient : gradient.detach(), losses);
        });
    }

    @Override
    public Tensor metaLoss(Params theta, Params phi, Problems tasks, StepContext context) {
        if (objective.judged() == Judged.FINAL) {
            return counted(found(ProblemLearner.trained(phi), tasks), tasks);
        }
        if (objective.judged() == Judged.LOWEST) {
            return phi.get(LOWEST);
        }
        // All has been met on the way.
        return zeros(phi, tasks.size());
    }

    private Tensor found(Params weights, Problems tasks) {
        Tensor sum = null;
        for (int i = 0; i < objective.finalBatches(); i++) {
            Tensor loss = tasks.fresh(weights, i);
            sum = sum == null ? loss : sum.add(loss);
        }
        return sum == null ? tasks.heldOut(weights) : sum.div(objective.finalBatches());
    }

    @Override
    public Optimizer optimizer(Params theta, boolean tasks) {
        return new TrainedRule(rule, theta, tasks);
    }
}
