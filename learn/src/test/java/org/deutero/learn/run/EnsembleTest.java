package org.deutero.learn.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.deutero.learn.InScope;
import org.deutero.learn.MetaState;
import org.deutero.learn.Predictor;
import org.deutero.learn.Seeds;
import org.deutero.learn.TaskContext;
import org.deutero.learn.evaluate.Ensemble;
import org.deutero.learn.evaluate.Evaluator;
import org.deutero.learn.evaluate.Measure;
import org.deutero.learn.shards.Workers;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InScope.class)
class EnsembleTest {
    private final Curves learner = new Curves(0.1);
    private final Episodes tasks = Curves.SOURCE.sample(4, Seeds.generator(1, "tasks"));

    private MetaState member(long seed) {
        return new MetaState(
                seed, learner.metaParameters(Seeds.generator(seed, "x")), Params.EMPTY, learner.statistics());
    }

    private Tensor outputs(Predictor<Episodes> any, MetaState state) {
        TaskContext context = TaskContext.evaluation(5, state.statistics());
        Params phi = any.begin(state.theta(), tasks, context.at(0, false));
        for (int t = 0; t < any.evaluationSteps(tasks); t++) {
            phi = any.step(state.theta(), phi, tasks, context.at(t, false)).state();
        }
        return any.predict(state.theta(), phi, tasks, context.at(any.evaluationSteps(tasks), false));
    }

    @Test
    void outputsAreTheMeanOfThoseOfTheMembers() {
        List<MetaState> members = List.of(member(1), member(2), member(3));
        Tensor mean = outputs(learner, members.get(0))
                .add(outputs(learner, members.get(1)))
                .add(outputs(learner, members.get(2)))
                .div(3);
        Tensor together = outputs(new Ensemble<>(learner, 3), Ensemble.join(members));
        assertThat(together.doubles()).containsExactly(mean.doubles(), within(1e-6));
        assertThat(together.doubles())
                .isNotEqualTo(outputs(learner, members.get(0)).doubles());
    }

    @Test
    void oneMemberAnswersAsTheLearnerDoes() {
        MetaState state = member(7);
        Evaluator<Episodes> evaluator = new Evaluator<>(Curves.SOURCE, Measure.SQUARED_ERROR, 11, 3, 7);
        try (Workers workers = new Workers(2)) {
            double[] alone = evaluator.atEnd(learner, state, workers).perTask().get(0);
            double[] ensemble = evaluator
                    .atEnd(new Ensemble<>(learner, 1), Ensemble.join(List.of(state)), workers)
                    .perTask()
                    .get(0);
            assertThat(ensemble).isEqualTo(alone);
        }
    }

    @Test
    void statisticsAndObservationsBelongToMembers() {
        Ensemble<Episodes> ensemble = new Ensemble<>(learner, 2);
        assertThat(ensemble.statistics().names()).containsExactly("member0.mean", "member1.mean");
        Params theta = ensemble.metaParameters(Seeds.generator(1, "x"));
        List<Params> seen = new ArrayList<>();
        TaskContext context = TaskContext.training(1, 0, ensemble.statistics(), seen::add);
        ensemble.step(theta, ensemble.begin(theta, tasks, context.at(0, false)), tasks, context.at(0, false));
        assertThat(seen).hasSize(2);
        assertThat(seen.get(1).names()).containsExactly("member1.mean");
    }

    @Test
    void nobodyIsNoEnsemble() {
        assertThatThrownBy(() -> new Ensemble<>(learner, 0)).hasMessageContaining("at least one member");
    }
}
