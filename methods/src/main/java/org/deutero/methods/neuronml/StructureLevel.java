package org.deutero.methods.neuronml;

import org.deutero.learn.StepContext;
import org.deutero.learn.capability.ForwardingLearner;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/**
 * The level that moves the gates: it learns tasks as the learner does, and is judged by the structure that comes out (equation 9).
 */
final class StructureLevel extends ForwardingLearner<Episodes> {
    private final NeuronMl learner;

    /** @param learner that learns tasks */
    StructureLevel(NeuronMl learner) {
        super(learner);
        this.learner = learner;
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
