package org.deutero.methods.neuronml;

import java.util.random.RandomGenerator;
import org.deutero.learn.GradientLearner;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/**
 * The level that moves the gates: it learns tasks as the learner does, and is judged by the structure that comes out (equation 9).
 *
 * @param learner that learns tasks
 */
record StructureLevel(NeuronMl learner) implements GradientLearner<Episodes> {
    @Override
    public Params metaParameters(RandomGenerator rng) {
        return learner.metaParameters(rng);
    }

    @Override
    public Params statistics(Params theta) {
        return learner.statistics(theta);
    }

    @Override
    public Params begin(Params theta, Episodes tasks, StepContext context) {
        return learner.begin(theta, tasks, context);
    }

    @Override
    public Params weights(Params phi) {
        return learner.weights(phi);
    }

    @Override
    public Tensor innerLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
        return learner.innerLoss(theta, phi, tasks, context);
    }

    @Override
    public Step update(Params theta, Params phi, Params gradient, Episodes tasks, StepContext context) {
        return learner.update(theta, phi, gradient, tasks, context);
    }

    @Override
    public int steps(Episodes tasks) {
        return learner.steps(tasks);
    }

    @Override
    public Tensor metaLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
        Structure structure = learner.structure();
        Structure.Terms terms = learner.terms(learner.adapted(phi), tasks, context);
        context.report(terms.named().with(GateNumbers.ofEachTask(learner.gates(), theta, tasks.size())));
        Tensor losses = structure.sum(terms);
        return structure.taskWeight() == 0
                ? losses
                : losses.addScaled(learner.metaLoss(theta, phi, tasks, context), structure.taskWeight());
    }
}
