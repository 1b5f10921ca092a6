package org.deutero.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.deutero.experiment.recipe.RecipeFile;
import org.deutero.learn.Predictor;
import org.deutero.learn.TaskContext;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.junit.jupiter.api.Test;

/** Another seed is another experiment, where nothing but the start of learning is drawn, too. */
@SuppressWarnings("try") // scopes work by being open
class SeedsTest {
    private static final String DECAY = "mnist-learned-decay-small";

    private static float[] weights(String... overrides) {
        Experiment experiment = Experiment.of(RecipeFile.load(DECAY, List.of(overrides)));
        Predictor<Episodes> learner = experiment.learner();
        Params theta = learner.metaParameters(new SplittableRandom(3));
        Tensor x = Tensors.zeros(DType.FLOAT32, 1, 2, 1, 14, 14);
        Tensor y = Tensors.zeros(DType.INT64, 1, 2);
        Episodes tasks = new Episodes(x, y, x, y, 10);
        return learner.begin(theta, tasks, TaskContext.training(5).at(0, false))
                .get("l0.weight")
                .floats();
    }

    /** Its data and its strengths are always the same: the weights that learning starts from are all that a seed can change. */
    @Test
    void learnedDecayStartsFromWeightsOfTheSeed() {
        try (Scope s = Scope.open()) {
            assertThat(weights("seed=1")).containsExactly(weights("seed=1"));
            assertThat(weights("seed=2")).isNotEqualTo(weights("seed=1"));
            assertThat(weights("seed=2", "method.start-seed=9"))
                    .containsExactly(weights("seed=1", "method.start-seed=9"));
        }
    }
}
