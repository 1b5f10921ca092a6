package org.deutero.methods.maml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.deutero.learn.Descent;
import org.deutero.learn.GradientMetaAlgorithm;
import org.deutero.learn.MetaState;
import org.deutero.learn.evaluate.Evaluator;
import org.deutero.learn.evaluate.Measure;
import org.deutero.learn.evaluate.Summary;
import org.deutero.learn.gradient.Unroll;
import org.deutero.learn.run.Plan;
import org.deutero.learn.run.Trainer;
import org.deutero.learn.shards.Workers;
import org.deutero.methods.QueryStatistics;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.Objective;
import org.deutero.tasks.synthetic.Sinusoids;
import org.deutero.tensor.DType;
import org.deutero.tensor.nn.Mlp;
import org.deutero.tensor.optim.Adam;
import org.deutero.tensor.optim.Sgd;
import org.junit.jupiter.api.Test;

/** MAML from end to end: after some hundred iterations a few gradient steps help on sinusoids never seen. */
class SinusoidTrainingTest {
    @Test
    void adaptationHelpsOnUnseenTasks() {
        Maml learner = new Maml(
                Mlp.of(1, 40, 40, 1),
                Objective.SQUARED_ERROR,
                Adaptation.ALL,
                InnerLoop.of(Sgd.PLAIN, 0.01, 1, 5),
                QueryStatistics.BATCH,
                DType.FLOAT32);
        var algorithm = new GradientMetaAlgorithm<>(learner, Unroll.FULL, Descent.of(Adam.DEFAULT, 5e-3));
        Evaluator<Episodes> evaluator = new Evaluator<>(Sinusoids.evaluation(10), Measure.SQUARED_ERROR, 100, 25, 77);
        Plan plan = new Plan(250, 16, 8, 1, 3, 0, 0, 0);
        MetaState state = new Trainer<>(
                        algorithm, Sinusoids.of(10, 10), Optional.empty(), plan, Optional.empty(), List.of())
                .train();
        try (Workers workers = new Workers(1)) {
            List<Summary> steps = evaluator.bySteps(learner, state, workers).bySteps();
            double before = steps.get(0).mean();
            double after = steps.get(5).mean();
            assertThat(after).isLessThan(0.6 * before);
            assertThat(after).isLessThan(2.2);
        }
        state.close();
    }
}
