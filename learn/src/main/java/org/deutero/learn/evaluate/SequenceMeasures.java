package org.deutero.learn.evaluate;

import org.deutero.learn.Predictor;
import org.deutero.learn.StepContext;
import org.deutero.learn.capability.AsEpisodes;
import org.deutero.learn.capability.SequenceLearner;
import org.deutero.options.OptionsException;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.sequence.Sequences;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/** How well learners of sequences answer. */
public final class SequenceMeasures {
    private SequenceMeasures() {}

    /**
     * The same measure of answers to the questions of sequences. Without questions it is that of the answer to the coming item, before its own answer is told; when a sequence is over, that of the answers to all its items, each from what was told before it.
     *
     * @param measure of answers to queries
     */
    public static Measure<Sequences> of(Measure<Episodes> measure) {
        return new Answered(measure);
    }

    private record Answered(Measure<Episodes> measure) implements Measure<Sequences> {
        @Override
        public String name() {
            return measure.name();
        }

        @Override
        public boolean higherIsBetter() {
            return measure.higherIsBetter();
        }

        /** Scores already: without questions, an answer belongs to the step that it is asked in. */
        @Override
        public Tensor outputs(
                Predictor<Sequences> learner, Params theta, Params phi, Sequences tasks, StepContext context) {
            if (tasks.questions().isEmpty() && context.step() >= tasks.length()) {
                Tensor all = learner.as(SequenceLearner.class)
                        .orElseThrow(() -> new OptionsException("sequences without questions are over, and measure "
                                + name() + " of all their items needs a learner of sequences"))
                        .answers(theta, tasks, context.task());
                return measure.of(
                        all, tasks.asking(tasks.items(), tasks.answers()).episodes());
            }
            Sequences asking = tasks.questions().isPresent() ? tasks : tasks.upcoming(context.step(), tasks.length());
            Episodes asked = asking.episodes();
            return measure.of(measure.outputs(new AsEpisodes(learner), theta, phi, asked, context), asked);
        }

        @Override
        public Tensor of(Tensor scores, Sequences tasks) {
            return scores;
        }
    }
}
