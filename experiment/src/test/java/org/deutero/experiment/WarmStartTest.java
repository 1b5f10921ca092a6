package org.deutero.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.deutero.experiment.recipe.RecipeFile;
import org.deutero.learn.meta.MetaState;
import org.deutero.methods.Methods;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.serve.LearnerDescription;
import org.deutero.serve.Preprocessing;
import org.deutero.serve.TrainedLearner;
import org.deutero.tasks.TaskShape;
import org.deutero.tasks.images.ImageFormat;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training that starts from an encoder trained by ordinary classification. */
class WarmStartTest {
    private static final String RECIPE = "cross-domain-5way-5shot-lft-resnet10-small";
    private static final Map<String, Object> NETWORK = Map.of("type", "resnet10", "width", 2, "stem", "large");

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void trainedClassifier() {
        file = folder.resolve("warm-up.dtr");
        Map<String, Object> method = Map.of("base-classes", 64);
        var learner = Methods.named("baseline")
                .orElseThrow()
                .learner(Options.of(method), Options.of(NETWORK), TaskShape.images(3, 32, 5));
        var description = new LearnerDescription(
                "baseline",
                method,
                NETWORK,
                5,
                new Preprocessing(ImageFormat.colour(32), Preprocessing.Kind.PICTURE),
                Optional.empty(),
                Map.of());
        try (Scope s = Scope.open()) {
            Params theta = learner.metaParameters(new SplittableRandom(9));
            Params moments = learner.statistics().map(t -> Tensors.full(0.25, t.dtype(), t.shape()));
            try (TrainedLearner trained = TrainedLearner.of(description, theta, moments)) {
                trained.save(file);
            }
        }
    }

    private static MetaState start(String... overrides) {
        return Experiment.of(RecipeFile.load(RECIPE, List.of(overrides)))
                .algorithm()
                .init(new SplittableRandom(3));
    }

    @Test
    void theEncoderIsTheTrainedOneAndAllElseIsNew() {
        try (Scope s = Scope.open();
                MetaState cold = start("network.width=2");
                MetaState warm = start("network.width=2", "training.warm-start=" + file);
                TrainedLearner trained = LearnerSource.open(file.toString())) {
            trained.read((theta, statistics) -> {
                assertThat(warm.theta().names())
                        .containsExactlyElementsOf(cold.theta().names());
                warm.theta().forEach((name, value) -> {
                    boolean encoder = name.startsWith("model.")
                            && !name.startsWith("model.metric")
                            && !name.startsWith("model.auxiliary");
                    Params from = encoder ? theta.under("model") : cold.theta();
                    assertThat(value.floats())
                            .as(name)
                            .containsExactly(from.get(name).floats());
                });
                warm.statistics()
                        .forEach((name, value) ->
                                assertThat(value.floats()).as(name).containsOnly(0.25f));
                return warm;
            });
            assertThat(warm.theta().get("model.conv.weight").floats())
                    .isNotEqualTo(cold.theta().get("model.conv.weight").floats());
        }
    }

    /** Only the beginning of training needs the file: what is measured or sized afterwards starts from what is drawn. */
    @Test
    void aFileThatHasMovedIsNeededAtTheBeginningOnly() {
        Path gone = folder.resolve("gone.dtr");
        Experiment experiment =
                Experiment.of(RecipeFile.load(RECIPE, List.of("network.width=2", "training.warm-start=" + gone)));
        assertThatThrownBy(() -> experiment.algorithm().init(new SplittableRandom(3)))
                .isInstanceOf(OptionsException.class)
                .hasMessage("training.warm-start: there is no run folder or .dtr file " + gone);
        try (MetaState drawn = experiment.drawn(experiment.joint())) {
            assertThat(drawn.theta().names()).contains("model.conv.weight");
        }
        assertThat(VariableRatio.of(experiment)).isNotNull();
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> start("network.width=3", "training.warm-start=" + file))
                .hasMessageContainingAll("training.warm-start: conv.weight", "[2, 3, 7, 7] where [3, 3, 7, 7]");
        assertThatThrownBy(() -> Experiment.of(
                                RecipeFile.load("sinusoid-10shot-maml-small", List.of("training.warm-start=" + file)))
                        .algorithm()
                        .init(new SplittableRandom(3)))
                .hasMessageContainingAll("none of which is among");
    }
}
