package org.deutero.learn.action;

import org.deutero.learn.StepContext;
import org.deutero.tasks.world.Actions;
import org.deutero.tensor.Tensor;

/** How likely an agent is to do what it can do, for any number of moments at once, [..]. Differentiable in what it is made of. */
public sealed interface ActionDistribution permits Categorical, DiagonalGaussian {
    /**
     * The distribution over a world's actions that a network puts out.
     *
     * @param outputs logits of choices or means of vectors, [.., outputs]
     * @param logStd logarithms of the deviations of vectors, [outputs] or as long as outputs; null for choices
     */
    static ActionDistribution of(Actions actions, Tensor outputs, Tensor logStd) {
        return actions instanceof Actions.Discrete ? Categorical.of(outputs) : new DiagonalGaussian(outputs, logStd);
    }

    /**
     * Draws an action for each moment, without derivative. The noise belongs to tasks and their steps: copies of a task, and both signs of a perturbation, get the same.
     *
     * @return numbers of choices, int64 [tasks, ..], or vectors [tasks, .., numbers]
     */
    Tensor draw(StepContext context);

    /** The likeliest action, of the shape of {@link #draw}, without derivative. */
    Tensor mode();

    /** The logarithm of the probability, or of the density, of actions of the shape of {@link #draw}, [..]. */
    Tensor logProbability(Tensor action);

    /** In nats, [..]. */
    Tensor entropy();

    /** The sum of squared probabilities, or the integral of the squared density, [..]: the more certain, the larger. */
    Tensor certainty();

    /** The Kullback-Leibler divergence of another distribution of this kind from this one, KL(this || other), in nats, [..]. */
    Tensor divergence(ActionDistribution other);
}
