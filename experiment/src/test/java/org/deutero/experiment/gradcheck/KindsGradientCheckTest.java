package org.deutero.experiment.gradcheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.deutero.experiment.Experiment;
import org.deutero.experiment.Joint;
import org.deutero.experiment.VariableRatio;
import org.deutero.experiment.recipe.RecipeFile;
import org.deutero.options.OptionsException;
import org.deutero.tasks.kind.TaskKind;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.DType;
import org.deutero.tensor.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Meta-gradients of learners of sequences, problems and worlds. */
class KindsGradientCheckTest {
    private static final String SEQUENCES = """
            tasks: {source: prototype-sequences, features: 4, way: 2, shot: 3}
            method: {name: mann, units: 6, slots: 4, width: 3, heads: 1}
            """;
    private static final String PROBLEMS = """
            tasks: {source: sinusoid, shot: 8, problem: {hidden: [6], batch: 4, steps: 5, activation: tanh}}
            method: {name: learned-rates, rate: 0.05}
            """;
    private static final String WORLDS = """
            tasks: {source: cart-pole, polarity: normal, horizon: 40}
            method: {name: hebbian, plastic: false}
            network: {hidden: [2]}
            """;

    @TempDir
    private Path folder;

    private Experiment experiment(String recipe, String... more) throws IOException {
        Path file = Files.writeString(folder.resolve("r.yaml"), recipe);
        return Experiment.of(RecipeFile.load(file.toString(), List.of(more)));
    }

    private static GradientCheck.Result check(Experiment experiment, int tasks, String... estimators) {
        var settings = new GradientCheck.Settings(tasks, 4, DType.FLOAT64, List.of(estimators));
        return new GradientCheck(experiment, settings, line -> {}).run();
    }

    private static void exact(GradientCheck.Result result) {
        assertThat(result.against()).isEqualTo("float64 against float64");
        assertThat(result.own().error()).isLessThan(1e-12);
        assertThat(result.own().slopeError()).isLessThan(1e-6);
        assertThat(result.verdict()).startsWith("exact");
    }

    private static Finding named(GradientCheck.Result result, String label) {
        return result.findings().stream()
                .filter(finding -> finding.entry().label().equals(label))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void sequencesAreCheckedExactly() throws IOException {
        GradientCheck.Result result = check(experiment(SEQUENCES), 2, "sweep", "truncated");
        exact(result);
        assertThat(named(result, "truncated").error()).isGreaterThan(1e-3);
    }

    @Test
    void problemsAreCheckedExactly() throws IOException {
        GradientCheck.Result result = check(experiment(PROBLEMS), 2, "sweep", "mixed-mode", "first-order");
        exact(result);
        assertThat(named(result, "mixed-mode").error()).isLessThan(1e-12);
        // Curvature counts when step sizes are learned.
        assertThat(named(result, "first-order").error()).isGreaterThan(1e-3);
        // Two layers have a rate each, and a step changes the weights of 1-6-1.
        assertThat(VariableRatio.of(experiment(PROBLEMS))).isEqualTo(new VariableRatio(2, 19));
    }

    @Test
    void worldsAreCheckedAgainstTheSmoothedLoss() throws IOException {
        GradientCheck.Result result =
                check(experiment(WORLDS, "meta-gradient={name: es, pairs: 16, std: 0.3}"), 16, "sweep", "first-order");
        assertThat(result.against()).startsWith("float32 against the meta-loss smoothed by 0.3");
        // 256 pairs for 16 numbers: as long and in the same direction but for noise.
        assertThat(result.own().cosine()).isGreaterThan(0.75);
        assertThat(result.own().norm()).isBetween(0.8, 2.0);
        assertThat(result.verdict()).startsWith("noisy");
        assertThat(result.misfits()).containsOnlyKeys("sweep", "first-order");
    }

    /** The gradient and the slopes of the smoothed loss have nothing in common but the loss. */
    @Test
    @SuppressWarnings("try") // the scope works by being open
    void bothWaysToLookAtASmoothedLossAgree() throws IOException {
        Experiment experiment = experiment(WORLDS);
        Joint<Worlds> joint = experiment.joint().as(TaskKind.WORLDS, "hebbian");
        try (Scope s = Scope.open()) {
            Instance<Worlds> drawn = Instance.of(
                    experiment, joint.learner(), experiment.load(joint).train(), 16);
            Smoothed smoothed = Smoothed.of(drawn, 0.3, 6);
            assertThat(smoothed.agreement()).isGreaterThan(0.9);
            // 1 would be as good as no gradient at all.
            assertThat(smoothed.slopes().error(smoothed.gradient())).isLessThan(0.6);
        }
    }

    @Test
    void anEstimatorThatNeedsDerivativesOfActionsIsRefused() throws IOException {
        assertThatThrownBy(() -> check(
                        experiment("tasks: {source: bernoulli-bandit, arms: 2, rounds: 3}\n"
                                + "method: {name: symla, state: 2, message: 2}\nmeta-gradient: unroll\n"),
                        2))
                .isInstanceOf(OptionsException.class)
                .hasMessageContaining("no derivative reaches through them");
    }
}
