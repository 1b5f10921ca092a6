package org.deutero.learn.capability;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.deutero.learn.Capability;
import org.deutero.learn.Learner;
import org.deutero.learn.Predictor;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.sequence.Sequences;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/**
 * A learner of sequences as one of episodes: support items are told one after the other, in the order in which they stand, and queries are asked from whatever state they are asked in. Meta-parameters, fast state and numbers are the same.
 *
 * <p>Of the capabilities of the other it has those that the use of a learner needs, {@link Servable} and {@link ProbabilisticLearner}, and those that have nothing to do with tasks.
 */
public class AsEpisodes implements Predictor<Episodes> {
    private final Predictor<Sequences> learner;

    /** @param learner whose predictions are answers to the questions of sequences, as those of a {@link SequenceLearner} are */
    public AsEpisodes(Predictor<Sequences> learner) {
        this.learner = learner;
    }

    @Override
    public <C> Optional<C> as(Class<C> capability) {
        if (capability.isInstance(this)) {
            return Optional.of(capability.cast(this));
        }
        if (capability == Servable.class) {
            return Capability.<Sequences, Servable<Sequences>>of(learner, Servable.class)
                    .map(Serving::new)
                    .map(capability::cast);
        }
        if (capability == ProbabilisticLearner.class) {
            return Capability.<Sequences, ProbabilisticLearner<Sequences>>of(learner, ProbabilisticLearner.class)
                    .map(Doubting::new)
                    .map(capability::cast);
        }
        return Learner.class.isAssignableFrom(capability) ? Optional.empty() : learner.as(capability);
    }

    @Override
    public final Params metaParameters(RandomGenerator rng) {
        return learner.metaParameters(rng);
    }

    @Override
    public final Params statistics() {
        return learner.statistics();
    }

    @Override
    public final Params statistics(Params theta) {
        return learner.statistics(theta);
    }

    @Override
    public final Params begin(Params theta, Episodes tasks, StepContext context) {
        return learner.begin(theta, Sequences.of(tasks), context);
    }

    @Override
    public final Step step(Params theta, Params phi, Episodes tasks, StepContext context) {
        return learner.step(theta, phi, Sequences.of(tasks), context);
    }

    @Override
    public final int steps(Episodes tasks) {
        return learner.steps(Sequences.of(tasks));
    }

    @Override
    public final int evaluationSteps(Episodes tasks) {
        return learner.evaluationSteps(Sequences.of(tasks));
    }

    @Override
    public final Tensor metaLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
        return learner.metaLoss(theta, phi, Sequences.of(tasks), context);
    }

    @Override
    public final Tensor predict(Params theta, Params phi, Episodes tasks, StepContext context) {
        return learner.predict(theta, phi, Sequences.of(tasks), context);
    }

    @Override
    public final Params project(Params theta) {
        return learner.project(theta);
    }

    private static final class Serving extends AsEpisodes implements Servable<Episodes> {
        private final Servable<Sequences> able;

        Serving(Servable<Sequences> able) {
            super(able);
            this.able = able;
        }

        @Override
        public Params solution(Params theta, Params phi, Episodes tasks, StepContext context) {
            return able.solution(theta, phi, Sequences.of(tasks), context);
        }

        @Override
        public Tensor answer(Params solution, Tensor x) {
            return able.answer(solution, x);
        }

        @Override
        public boolean fixedOutputs() {
            return able.fixedOutputs();
        }
    }

    private static final class Doubting extends AsEpisodes implements ProbabilisticLearner<Episodes> {
        private final ProbabilisticLearner<Sequences> able;

        Doubting(ProbabilisticLearner<Sequences> able) {
            super(able);
            this.able = able;
        }

        @Override
        public Predictive predictive(Params theta, Params phi, Episodes tasks, StepContext context) {
            return able.predictive(theta, phi, Sequences.of(tasks), context);
        }
    }
}
