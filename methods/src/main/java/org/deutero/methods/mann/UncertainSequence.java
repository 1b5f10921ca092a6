package org.deutero.methods.mann;

import java.util.random.RandomGenerator;
import org.deutero.learn.Predictive;
import org.deutero.learn.ProbabilisticLearner;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/**
 * A {@link SequenceLearner} that answers numbers by normal distributions, as a learner that knows how sure it is.
 *
 * @param sequence whose targets are {@link NormalValues}
 */
record UncertainSequence(SequenceLearner sequence) implements ProbabilisticLearner<Episodes> {
    @Override
    public Params metaParameters(RandomGenerator rng) {
        return sequence.metaParameters(rng);
    }

    @Override
    public Params begin(Params theta, Episodes tasks, StepContext context) {
        return sequence.begin(theta, tasks, context);
    }

    @Override
    public Step step(Params theta, Params phi, Episodes tasks, StepContext context) {
        return sequence.step(theta, phi, tasks, context);
    }

    @Override
    public int steps(Episodes tasks) {
        return sequence.steps(tasks);
    }

    @Override
    public Tensor metaLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
        return sequence.metaLoss(theta, phi, tasks, context);
    }

    @Override
    public Tensor predict(Params theta, Params phi, Episodes tasks, StepContext context) {
        return sequence.predict(theta, phi, tasks, context);
    }

    @Override
    public Predictive predictive(Params theta, Params phi, Episodes tasks, StepContext context) {
        NormalValues normal = (NormalValues) sequence.targets();
        return normal.believed(sequence.ask(theta, phi, tasks.queryX(), context));
    }
}
