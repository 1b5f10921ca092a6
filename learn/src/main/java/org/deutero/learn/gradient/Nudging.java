package org.deutero.learn.gradient;

import java.util.Optional;
import org.deutero.learn.Lifetime;
import org.deutero.learn.StepContext;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.GradMode;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.optim.Optimizer;
import org.deutero.tensor.optim.Rates;
import org.deutero.tensor.optim.Schedule;

/**
 * How a nudged phase goes on from the end of the free phase, downhill on L + beta F.
 *
 * @param steps number of steps
 * @param rule the descent; empty for the learner's own update, its slots and its count of steps started afresh
 * @param rescaled whether to descend (L + beta F)/(1 + beta), which has the same minimum, so that one rate serves every beta
 */
public record Nudging(int steps, Optional<Rule> rule, boolean rescaled) {
    /**
     * A descent of the phase's own.
     *
     * @param rate step size at its start
     * @param schedule factor on the rate, by the number of the step
     */
    public record Rule(Optimizer optimizer, double rate, Schedule schedule) {
        private Rates rates(int step) {
            return Rates.constant(rate * schedule.factor(step));
        }
    }

    /** By the learner's own update. */
    public static Nudging own(int steps) {
        return new Nudging(steps, Optional.empty(), false);
    }

    /** By plain means. */
    public static Nudging by(Rule rule, int steps) {
        return new Nudging(steps, Optional.of(rule), false);
    }

    /**
     * The state at the end of the phase, in the innermost open scope.
     *
     * @param free the state at the end of the free phase
     * @param end the number of steps of the free phase
     */
    <T extends TaskBatch<T>> Params run(Lifetime<T> lifetime, Params free, int end, double strength) {
        InnerLoss<T> loss = InnerLoss.of(lifetime, end, false);
        return GradMode.off(() -> rule.map(r -> byRule(r, loss, free, strength))
                .orElseGet(() -> byLearner(lifetime, loss, free, strength)));
    }

    private <T extends TaskBatch<T>> Params byRule(Rule r, InnerLoss<T> loss, Params free, double strength) {
        try (Scope s = Scope.open()) {
            Params weights = s.keep(loss.weights(free).detach());
            Params slots = s.keep(r.optimizer().init(weights).detach());
            for (int k = 0; k < steps; k++) {
                Params before = weights;
                Params slotsBefore = slots;
                try (Scope step = Scope.open()) {
                    Params gradient = gradient(loss, free.with(before), strength);
                    Optimizer.Update update = r.optimizer().update(gradient, slotsBefore, before, r.rates(k), k);
                    weights = step.keep(update.params().detach());
                    slots = step.keep(update.state().detach());
                }
                before.close();
                slotsBefore.close();
            }
            return s.keep(free.with(weights).detach());
        }
    }

    private <T extends TaskBatch<T>> Params byLearner(
            Lifetime<T> lifetime, InnerLoss<T> loss, Params free, double strength) {
        try (Scope s = Scope.open()) {
            // Fresh slots: momentum of the free phase would push both nudged phases the same way.
            Params phi = lifetime.replay().begin(false).with(loss.weights(free)).detach();
            for (int k = 0; k < steps; k++) {
                Params before = phi;
                try (Scope step = Scope.open()) {
                    Params gradient = gradient(loss, before, strength);
                    StepContext at = lifetime.context().replay().at(k, false);
                    phi = step.keep(loss.learner()
                            .update(lifetime.theta(), before, gradient, lifetime.tasks(), at)
                            .state()
                            .detach());
                }
                before.close();
            }
            return s.keep(phi);
        }
    }

    /** The gradient of the augmented loss in the weights, by the learner's own rule if it has one. */
    private <T extends TaskBatch<T>> Params gradient(InnerLoss<T> loss, Params phi, double strength) {
        Params gradient = loss.followed(phi, strength);
        return rescaled ? gradient.mul(1 / (1 + strength)) : gradient;
    }
}
