package org.deutero.learn.gradient;

import java.util.Optional;
import org.deutero.learn.Capability;
import org.deutero.learn.InnerGradient;
import org.deutero.learn.Learner;
import org.deutero.learn.Lifetime;
import org.deutero.learn.Passage;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.TaskContext;
import org.deutero.learn.capability.GradientLearner;
import org.deutero.options.OptionsException;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.GradMode;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;

/**
 * Leap's direction (Flennerhag, Moreno, Lawrence, Damianou 2019, "Transferring Knowledge across Learning Processes", arXiv 1812.01054, equation 8): the start is pulled along each task's path so that the
 * path becomes shorter, every segment with the same force however long it is.
 *
 * <p>Full: paths run on the loss surface; segment i pulls by (phi_i - phi_{i+1} - dL_i grad L_i(phi_i)) / sqrt(|phi_i - phi_{i+1}|^2 + dL_i^2) with dL_i = L_{i+1}(phi_{i+1}) - L_i(phi_i), each loss that of the
 * step's own mini-batch. The stabiliser counts a rise of the loss as a fall, so that nobody is pulled towards worse starts. Simple: loss differences are left out, as in the code of WarpGrad. A norm is one
 * over all copies of meta-parameters, plus 1e-9.
 *
 * @param full whether loss differences count
 * @param stabilised whether a rise of the loss counts as a fall; only means something if they do
 * @param lastSegment whether the step that ends the lifetime counts; the code of WarpGrad stores states before each step and so misses it
 */
public record LeapDirection(boolean full, boolean stabilised, boolean lastSegment) implements TrajectoryDirection {
    /** As the paper has it. */
    public static final LeapDirection FULL = new LeapDirection(true, true, true);

    private static final double EPSILON = 1e-9;

    @Override
    public String name() {
        return "leap";
    }

    @Override
    public String describe() {
        return "shortens the paths of the inner loop"
                + (full ? " on the loss surface" : " in the space of weights, losses left out")
                + "; no derivative reaches back over a step";
    }

    @Override
    public String cost() {
        return full ? "memory 2 P + a, time 3 T c" : "memory 2 P + a, time T c";
    }

    @Override
    public Optional<String> misfit(Learner<?> learner) {
        return full && learner.as(GradientLearner.class).isEmpty()
                ? Optional.of(
                        "its paths run on the surface of an inner loss, which it does not have; expected form: simple")
                : Optional.empty();
    }

    @Override
    public <T extends TaskBatch<T>> Onlooker onlooker(Lifetime<T> lifetime) {
        Optional<GradientLearner<T>> descending =
                full ? Capability.of(lifetime.learner(), GradientLearner.class) : Optional.empty();
        if (full && descending.isEmpty()) {
            throw new OptionsException("meta-gradient leap in full form needs a learner with an inner loss");
        }
        return new Path<>(this, lifetime, descending);
    }

    /** A path that is gone along. */
    private static final class Path<T extends TaskBatch<T>> implements Onlooker {
        private final LeapDirection rule;
        private final Lifetime<T> lifetime;
        private final TaskContext again;
        private final Optional<GradientLearner<T>> descending;
        private final int segments;
        private Params sum = Params.EMPTY;

        Path(LeapDirection rule, Lifetime<T> lifetime, Optional<GradientLearner<T>> descending) {
            this.rule = rule;
            this.lifetime = lifetime;
            this.again = lifetime.context().replay();
            this.descending = descending;
            this.segments = lifetime.steps() - (rule.lastSegment ? 0 : 1);
        }

        @Override
        public void stepped(Passage before, Step step, Scope scope) {
            if (before.age() >= segments) {
                return;
            }
            Params way = copies(before.state()).sub(copies(step.state())).detach();
            Tensor square = way.dotPerTask(way);
            if (descending.isPresent()) {
                GradientLearner<T> learner = descending.get();
                InnerGradient here = here(learner, before);
                Tensor rise = loss(learner, step.state(), before.age() + 1).sub(here.losses());
                Tensor fall = rule.stabilised ? rise.abs() : rise.neg();
                square = square.add(fall.square());
                way = way.add(here.gradient().filter(way::has).mulPerTask(fall));
            }
            Params pull = way.mulPerTask(square.sqrt().add(EPSILON).pow(-1)).map(t -> t.sum(0));
            Params next = scope.keep(sum.isEmpty() ? pull : sum.add(pull));
            if (!sum.isEmpty()) {
                sum.close();
            }
            sum = next;
        }

        private Params copies(Params state) {
            return state.filter(lifetime.theta()::has);
        }

        private InnerGradient here(GradientLearner<T> learner, Passage at) {
            StepContext context = again.at(at.age(), false);
            return InnerGradient.of(
                    (theta, weights) -> learner.innerLoss(theta, at.state().with(weights), lifetime.tasks(), context),
                    lifetime.theta(),
                    learner.weights(at.state()),
                    context);
        }

        private Tensor loss(GradientLearner<T> learner, Params state, int age) {
            return GradMode.off(() ->
                    learner.innerLoss(lifetime.theta(), state.constant(), lifetime.tasks(), again.at(age, false)));
        }

        @Override
        public Params direction(Passage end) {
            return sum;
        }
    }
}
