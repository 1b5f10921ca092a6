package org.deutero.learn.gradient;

import java.util.random.RandomGenerator;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.capability.GradientLearner;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/** Reports each call of a learner's methods through what steps observe. */
record Observing(GradientLearner<Episodes> learner) implements GradientLearner<Episodes> {
    @Override
    public Params metaParameters(RandomGenerator rng) {
        return learner.metaParameters(rng);
    }

    @Override
    public Params begin(Params theta, Episodes tasks, StepContext context) {
        context.observe(Params.of("begin", Tensor.scalar(1)));
        return learner.begin(theta, tasks, context);
    }

    @Override
    public Params weights(Params phi) {
        return learner.weights(phi);
    }

    @Override
    public Tensor innerLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
        context.observe(Params.of("step" + context.step(), Tensor.scalar(1)));
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
        context.observe(Params.of("loss" + context.step(), Tensor.scalar(1)));
        return learner.metaLoss(theta, phi, tasks, context);
    }
}
