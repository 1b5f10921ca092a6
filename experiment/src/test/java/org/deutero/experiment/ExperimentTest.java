package org.deutero.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.deutero.experiment.recipe.RecipeFile;
import org.deutero.options.OptionsException;
import org.deutero.tensor.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentTest {
    @TempDir
    private Path folder;

    private Experiment experiment(String yaml, String... overrides) throws IOException {
        Path file = Files.writeString(folder.resolve("r.yaml"), yaml);
        return Experiment.of(RecipeFile.load(file.toString(), List.of(overrides)));
    }

    @Test
    void aMethodIsEnoughAndAllDefaultsAreWrittenOut() throws IOException {
        Experiment experiment = experiment("method: {name: maml}\n");
        assertThat(experiment.resolved().toString())
                .contains("source=omniglot", "way=5", "inner-rate=0.4", "filters=64", "iterations=10000", "rate=0.001");
    }

    @Test
    void theResolvedRecipeResolvesToItself() throws IOException {
        for (String name : List.of(
                "maml",
                "fomaml",
                "anil",
                "boil",
                "meta-sgd",
                "maml-plus-plus",
                "cavia",
                "reptile",
                "protonet",
                "joint")) {
            Experiment first = experiment("method: {name: " + name + "}\n");
            Experiment second = experiment(RecipeFile.toYaml(first.resolved()));
            assertThat(second.resolved()).isEqualTo(first.resolved());
        }
    }

    @Test
    void sequencesHaveNoQueriesToBeMeasuredOn() {
        assertThatThrownBy(() -> experiment("method: {name: mann}\n"
                        + "tasks: {source: prototype-sequences}\n"
                        + "evaluation: {protocol: queries}\n"))
                .isInstanceOf(OptionsException.class)
                .hasMessage("evaluation.protocol is queries, but these sequences ask nothing after their last item; "
                        + "expected instances, prequential or meta-loss");
    }

    /** In one sentence that names both kinds, and what would do. */
    @Test
    void aMethodAndASourceOfDifferentKindsAreRefused() {
        assertThatThrownBy(() -> experiment("method: {name: symla}\n"))
                .isInstanceOf(OptionsException.class)
                .hasMessage("method symla learns worlds, but tasks of omniglot are episodes; "
                        + "expected a method that learns episodes or a source of worlds");
        assertThatThrownBy(() -> experiment("method: {name: anil}\ntasks: {source: cart-pole}\n"))
                .hasMessage("method anil learns episodes, but tasks of cart-pole are worlds; "
                        + "expected a method that learns worlds or a source of episodes");
        assertThatThrownBy(() -> experiment("method: {name: learned-rates}\ntasks: {source: prototype-sequences}\n"))
                .hasMessageContaining("learns problems, but tasks of prototype-sequences are sequences");
        assertThatThrownBy(() -> experiment("method: {name: hebbian}\ntasks: {source: quadratics}\n"))
                .hasMessageContaining("method hebbian learns episodes or worlds, but tasks of quadratics are problems");
    }

    /** Any source of episodes gives problems, if the recipe says which network is to be fitted. */
    @Test
    @SuppressWarnings("try") // the scope works by being open
    void aNetworkOfTheTasksMakesProblems() throws IOException {
        Experiment experiment = experiment(
                "method: {name: learned-rates}\ntasks: {source: sinusoid, problem: {hidden: [5], steps: 7}}\n");
        assertThat(experiment.joint().kind().name()).isEqualTo("problems");
        try (Scope s = Scope.open()) {
            assertThat(experiment
                            .joint()
                            .learner()
                            .metaParameters(new SplittableRandom(1))
                            .names())
                    .containsExactly("log-rate.l0", "log-rate.l1");
        }
        assertThat(experiment.resolved().toString()).contains("problem={hidden=[5]", "steps=7");
        assertThatThrownBy(experiment::learner)
                .hasMessageContaining("problems to learn, but this needs a learner of episodes");
    }

    /** Families of problems may be mixed with each other, and with nothing else. */
    @Test
    @SuppressWarnings("try") // the scope works by being open
    void onlyProblemsAreMixed() throws IOException {
        String mixture = "method: {name: %s}\ntasks: {source: quadratics, also: {source: quadratics, dimensions: 3}}\n";
        try (Scope s = Scope.open()) {
            assertThat(experiment(mixture.formatted("l2l")).joint().learner().metaParameters(new SplittableRandom(1)))
                    .isNotNull();
        }
        assertThatThrownBy(() ->
                        experiment(mixture.formatted("learned-rates")).joint().learner())
                .hasMessageContaining("problems of several families");
        assertThatThrownBy(() ->
                        experiment("method: {name: l2l}\ntasks: {source: quadratics, also: {source: sinusoid}}\n"))
                .isInstanceOf(OptionsException.class)
                .hasMessageContaining("tasks.also mixes families of problems");
    }

    @Test
    void unknownKeysOfAnySectionAreRefusedByName() {
        assertThatThrownBy(() -> experiment("method: {name: maml, inner-rat: 1}\ntraning: {}\n"))
                .isInstanceOf(OptionsException.class)
                .hasMessageContaining("unknown key \"method.inner-rat\"; did you mean \"inner-rate\"?")
                .hasMessageContaining("unknown key \"traning\"; did you mean \"training\"?");
        assertThatThrownBy(() -> experiment("method: {name: maml}\ntasks: {source: sinusoid, way: 5}\n"))
                .hasMessageContaining("unknown key \"tasks.way\"");
    }

    @Test
    void unknownMethodsAndSourcesAreRefused() {
        assertThatThrownBy(() -> experiment("method: {name: mmal}\n"))
                .hasMessageStartingWith("there is no method \"mmal\"; did you mean \"maml\"?");
        assertThatThrownBy(() -> experiment("seed: 1\n")).hasMessageStartingWith("the recipe lacks method.name");
        assertThatThrownBy(() -> experiment("method: {name: maml}\ntasks: {source: imagenet}\n"))
                .hasMessageContaining("tasks.source must be one of omniglot, omniglot-alphabets, mini-imagenet");
    }

    @Test
    void aHeadFixesTheNumberOfClassesButAMetricDoesNot() throws IOException {
        assertThatThrownBy(() -> experiment("method: {name: maml}\n", "tasks.train-way=20"))
                .hasMessageContaining("tasks.train-way is 20 and tasks.way is 5");
        assertThat(experiment("method: {name: protonet}\n", "tasks.train-way=20")
                        .tasks()
                        .trainWay())
                .isEqualTo(20);
    }

    @Test
    void whatDoesNotFitTogetherIsAFaultOfTheRecipe() {
        assertThatThrownBy(() -> experiment("method: {name: protonet}\ntasks: {source: sinusoid}\n"))
                .isInstanceOf(OptionsException.class)
                .hasMessageContaining("needs a classification");
        assertThatThrownBy(() -> experiment("method: {name: maml}\ntasks: {size: 7}\n"))
                .isInstanceOf(OptionsException.class)
                .hasMessageContaining("network.blocks");
    }

    @Test
    void pretrainingAndTasksAreNotMistakenForEachOther() throws IOException {
        assertThatThrownBy(() -> experiment("method: {name: maml}\n", "tasks.train-form=classes"))
                .isInstanceOf(OptionsException.class)
                .hasMessageContaining("method maml is meta-trained on tasks; expected episodes");
        assertThatThrownBy(() -> experiment("method: {name: baseline}\n"))
                .isInstanceOf(OptionsException.class)
                .hasMessageContaining("expected tasks.train-form: classes");
        assertThat(experiment("method: {name: baseline, base-classes: 9}\n", "tasks.train-form=classes")
                        .tasks()
                        .pretrains())
                .isTrue();
    }

    @Test
    void anEnsembleOfMoreThanAreKeptIsRefused() {
        assertThatThrownBy(() -> experiment("method: {name: maml}\n", "training.keep-best=2", "evaluation.ensemble=3"))
                .isInstanceOf(OptionsException.class)
                .hasMessageContaining("evaluation.ensemble is 3")
                .hasMessageContaining("keeps only 2");
    }

    @Test
    void variableRatioCountsWhatOneTaskChanges() throws IOException {
        VariableRatio maml = VariableRatio.of(experiment("method: {name: maml}\ntasks: {source: sinusoid}\n"));
        assertThat(maml).isEqualTo(new VariableRatio(1761, 1761));
        VariableRatio protonet = VariableRatio.of(experiment("method: {name: protonet}\n"));
        assertThat(protonet).isEqualTo(new VariableRatio(111_936, 5 * 64));
        VariableRatio nothing = VariableRatio.of(experiment("method: {name: nearest-centroid}\n"));
        assertThat(nothing.metaParameters()).isZero();
        assertThat(nothing.ratio()).isNaN();
    }
}
