package org.deutero.methods;

import java.util.random.RandomGenerator;
import org.deutero.learn.Learner;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/** A learner whose fast state starts where a test wants it to. */
public record StartingFrom(Learner<Episodes> learner, Params start) implements Learner<Episodes> {
    @Override
    public Params metaParameters(RandomGenerator rng) {
        return learner.metaParameters(rng);
    }

    @Override
    public Params begin(Params theta, Episodes tasks, StepContext context) {
        return start;
    }

    @Override
    public Step step(Params theta, Params phi, Episodes tasks, StepContext context) {
        return learner.step(theta, phi, tasks, context);
    }

    @Override
    public int steps(Episodes tasks) {
        return learner.steps(tasks);
    }

    @Override
    public Tensor metaLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
        return learner.metaLoss(theta, phi, tasks, context);
    }
}
