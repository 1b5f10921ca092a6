package org.deutero.experiment.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deutero.experiment.Experiment;
import org.deutero.experiment.OwnPictures;
import org.deutero.experiment.base.UserException;
import org.deutero.options.OptionsException;
import org.deutero.tasks.DataException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every recipe that is shipped with every option that changes recipes: a result, or a sentence. Nothing is loaded or trained. */
class RecipesWithOptionsTest {
    private static final Path DATA = Path.of("no-such-folder-of-pictures");
    private static final Path SPLIT = Path.of("split.csv");

    /** Sources whose tasks are drawn from labelled pictures, by their names in recipes. */
    private static final List<String> PICTURES =
            List.of("omniglot", "omniglot-alphabets", "drawings", "mini-imagenet", "fashion-mnist", "mnist", "images");

    /** So many recipes in a row have tried all overrides. */
    private static final int TURNS = 4;

    static List<String> names() {
        return RecipeFile.names();
    }

    /** What a user would read; empty for a result. @throws AssertionError for a failure that is none of the user's */
    private static Optional<String> refusal(Recipe recipe, Path data, Path split) {
        try {
            Experiment experiment = Experiment.of(OwnPictures.in(recipe, data, split));
            assertThat(experiment.resolved()).isNotEmpty();
            return Optional.empty();
        } catch (UserException | OptionsException | DataException sentence) {
            assertThat(sentence.getMessage()).isNotBlank().hasLineCount(1);
            return Optional.of(sentence.getMessage());
        } catch (RuntimeException e) {
            return fail(recipe.source() + " with data " + data + " and split " + split + " fails: " + e, e);
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void withPicturesAndSplits(String name) {
        Recipe recipe = RecipeFile.bundled(name);
        Object tasks = recipe.tree().get("tasks");
        String source = tasks instanceof Map<?, ?> map && map.get("source") != null
                ? String.valueOf(map.get("source"))
                : "omniglot";
        boolean supervised = String.valueOf(tasks).matches(".*form=(supervised|rotated).*")
                || String.valueOf(tasks).contains("form=noisy") && !source.equals("images");
        Optional<String> withData = refusal(recipe, DATA, null);
        if (String.valueOf(tasks).contains("form=noisy") && source.equals("images")) {
            assertThat(withData).isEmpty();
            assertThat(refusal(recipe, DATA, SPLIT).orElseThrow()).contains("--split does not fit");
            return;
        }
        if (PICTURES.contains(source) && !supervised) {
            // Of other numbers of inputs or classes than a method is made for: a sentence, but not about --data.
            withData.ifPresent(sentence -> assertThat(sentence).doesNotContain("--data", "unknown key"));
        } else {
            assertThat(withData.orElseThrow()).contains("tasks.source: " + source, "--data does not fit");
        }
        assertThat(refusal(recipe, DATA, SPLIT)).isEqualTo(withData);
        assertThat(refusal(recipe, null, SPLIT))
                .satisfies(sentence -> assertThat(sentence.isPresent()).isEqualTo(!source.equals("images")));
    }

    @ParameterizedTest
    @MethodSource("names")
    void withOverrides(String name) {
        List<String> overrides = List.of(
                "evaluation.tasks=7",
                "evaluation.protocol=meta-loss",
                "evaluation.protocol=instances",
                "evaluation.protocol=prequential",
                "evaluation.protocol=queries",
                "evaluation.ensemble=2",
                "evaluation.measure=accuracy",
                "evaluation.measure=nll",
                "training.meta-batch=3",
                "tasks.way=3",
                "tasks.shot=2",
                "tasks.sequence=true",
                "tasks.train-form=classes",
                "tasks.problem.hidden=[3]",
                "meta-gradient=adjoint",
                "meta-gradient=first-order",
                "meta-gradient=forward",
                "meta-gradient=es",
                "meta-gradient=cma-es",
                "meta-optimizer=sgd",
                "network.type=mlp",
                "network.type=conv4",
                "method.name=maml",
                "method.name=protonet",
                "method.name=cnp",
                "method.name=mann",
                "method.name=symla");
        List<String> results = new ArrayList<>();
        // A quarter of them each, which ones goes round from recipe to recipe: neighbours are of one source, or of one
        // method.
        for (int i = names().indexOf(name) % TURNS; i < overrides.size(); i += TURNS) {
            String override = overrides.get(i);
            try {
                refusal(RecipeFile.load(name, List.of(override)), null, null).ifPresent(results::add);
            } catch (UserException | OptionsException sentence) {
                results.add(sentence.getMessage());
            }
        }
        Optional<String> plain = refusal(RecipeFile.bundled(name), null, null);
        assertThat(refusal(RecipeFile.load(name, List.of("seed=3")), null, null))
                .isEqualTo(plain);
        assertThat(results).allSatisfy(s -> assertThat(s).isNotBlank());
    }
}
