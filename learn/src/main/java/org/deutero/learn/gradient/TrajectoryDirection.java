package org.deutero.learn.gradient;

import java.util.function.Predicate;
import org.deutero.learn.Lifetime;
import org.deutero.learn.Passage;
import org.deutero.learn.Trace;
import org.deutero.learn.meta.Estimate;
import org.deutero.learn.meta.MetaGradient;
import org.deutero.options.OptionsException;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * A direction for a learned start that is found by looking on while tasks are learned: no derivative reaches back over a step, and no state has to be kept.
 *
 * <p>Fits learners whose fast state holds adapted copies of meta-parameters under the same names; other meta-parameters do not move.
 */
public interface TrajectoryDirection extends MetaGradient {
    /** Looks on, and knows the direction in the end. */
    interface Onlooker extends Lifetime.Visitor {
        /**
         * The sum over tasks of the direction in which the start is to be descended, for the meta-parameters that the fast state has copies of.
         *
         * @param end where the lifetime ended
         */
        Params direction(Passage end);
    }

    /** Looks on at one run of a lifetime whose theta has no graph. What it remembers lies in the scope that the run is started in. */
    <T extends TaskBatch<T>> Onlooker onlooker(Lifetime<T> lifetime);

    @Override
    default <T extends TaskBatch<T>> Estimate estimate(Lifetime<T> lifetime) {
        try (Scope s = Scope.open()) {
            Params theta = lifetime.theta().detach();
            Lifetime<T> fixed = lifetime.under(theta);
            Onlooker onlooker = onlooker(fixed);
            Passage end = fixed.run(Trace.NONE, onlooker);
            requireCopies(name(), theta, end.state());
            Tensor losses = fixed.losses(end, Trace.NONE);
            Params found = onlooker.direction(end);
            Params.Builder direction = Params.builder();
            theta.forEach(
                    (name, start) -> direction.put(name, found.has(name) ? found.get(name) : Tensors.zerosLike(start)));
            return new Estimate(s.keep(losses), s.keep(direction.build()));
        }
    }

    /** Refuses a fast state that has none of the meta-parameters. */
    private static void requireCopies(String estimator, Params theta, Params adapted) {
        Predicate<String> copied = adapted::has;
        if (!theta.isEmpty() && theta.names().stream().noneMatch(copied)) {
            throw new OptionsException("meta-gradient " + estimator
                    + " needs a learner that adapts copies of its meta-parameters, but this one's fast state is "
                    + adapted.names());
        }
    }
}
