package org.deutero.methods.bandit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.deutero.learn.MetaState;
import org.deutero.learn.Predictor;
import org.deutero.learn.Seeds;
import org.deutero.methods.InScope;
import org.deutero.methods.Method;
import org.deutero.methods.Methods;
import org.deutero.options.Options;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskShape;
import org.deutero.tasks.bandit.WheelBandit;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.optim.Adam;
import org.deutero.tensor.optim.Sgd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(InScope.class)
class LearnedPolicyTest {
    private static Predictor<Episodes> learner(String name) {
        Method method = Methods.named(name).orElseThrow();
        return method.learner(
                Options.of(Map.of()),
                Options.of(Map.of("hidden", List.of(16), "activation", "tanh")),
                TaskShape.bandit(2, 5));
    }

    private static MetaState state(Predictor<Episodes> learner) {
        return new MetaState(0, learner.metaParameters(new SplittableRandom(1)), Params.EMPTY, Params.EMPTY);
    }

    private static LearnedPolicy policy(String name, int steps, double epsilon) {
        Predictor<Episodes> learner = learner(name);
        return LearnedPolicy.of(
                name,
                learner,
                state(learner),
                new LearnedPolicy.Updates(20, steps, 32, Adam.DEFAULT, 0.02),
                epsilon,
                0.02);
    }

    private static double[][] play(Policy policy, int trials) {
        return new Simulation(List.of(new WheelBandit(0.3), new WheelBandit(0.3)), List.of(1L, 2L), trials)
                .regret(policy);
    }

    /** Also a learner whose fast state has features of the support set, which change with each mini-batch. */
    @ParameterizedTest
    @ValueSource(strings = {"complex-synapse", "maml", "anil", "meta-sgd"})
    void learnersLearnWhileTheyPlay(String name) {
        double uniform = 160 * new WheelBandit(0.3).uniformRegret();
        double[][] learning = play(new InTurn(policy(name, 60, 0), 4), 160);
        double mean =
                Arrays.stream(learning).mapToDouble(game -> game[159]).average().orElseThrow();
        assertThat(mean).isLessThan(0.75 * uniform);
    }

    @Test
    void aGameLeavesNothingBehindAndIsTheSameAgain() {
        Policy policy = new InTurn(policy("complex-synapse", 3, 0.1), 2);
        assertThat(play(policy, 60)[1]).containsExactly(play(policy, 60)[1]);
    }

    @Test
    void withEpsilonOfOneItIsUniform() {
        double[][] regret = play(policy("complex-synapse", 0, 1), 2000);
        double mean = (regret[0][1999] + regret[1][1999]) / 4000;
        assertThat(mean).isCloseTo(new WheelBandit(0.3).uniformRegret(), within(1.5));
    }

    /** Weights and slots go on: two updates of one step are the same as what plain descent does in two steps on the same mini-batches. */
    @Test
    void weightsAreCarriedFromUpdateToUpdate() {
        Predictor<Episodes> learner = learner("complex-synapse");
        MetaState state = state(learner);
        LearnedPolicy once = LearnedPolicy.of(
                "", learner, state, new LearnedPolicy.Updates(1, 2, 8, new Sgd(0.9, false), 0.05), 0, 0.02);
        LearnedPolicy often = LearnedPolicy.of(
                "", learner, state, new LearnedPolicy.Updates(1, 1, 8, new Sgd(0.9, false), 0.05), 0, 0.02);
        double[][] context = {{0.3, -0.4}};
        try (Scope s = Scope.open()) {
            // One round only, so that all mini-batches are equal.
            Game game = game();
            game.history().add(context, new int[] {2}, new double[] {50});
            Player a = once.begin(game);
            Player b = often.begin(game);
            Player c = often.begin(game);
            a.learn();
            b.learn();
            b.learn();
            c.learn();
            assertThat(expected(a)).containsExactly(expected(b), within(1e-6));
            assertThat(Math.abs(expected(a)[2] - expected(c)[2])).isGreaterThan(1e-3);
            // Only the arm that was pulled has been taught: a hidden unit's change reaches the others, so its change is
            // the largest.
            assertThat(expected(a)[2]).isGreaterThan(expected(once.begin(game))[2]);
        }
    }

    private static Game game() {
        return new Game(2, 5, new History(1, 2), List.of(Seeds.generator(1, "test")), 1);
    }

    private static double[] expected(Player player) {
        return ((LearnedPolicy.Learning) player).expected(new double[][] {{0.3, -0.4}});
    }

    @Test
    void refusesALearnerWithoutAnInnerLoss() {
        Predictor<Episodes> prototypes = Methods.named("protonet")
                .orElseThrow()
                .learner(Options.of(Map.of()), Options.of(Map.of()), TaskShape.images(1, 16, 3));
        assertThatThrownBy(() -> LearnedPolicy.of(
                        "protonet",
                        prototypes,
                        state(prototypes),
                        policy("maml", 1, 0).updates(),
                        0,
                        1))
                .hasMessageContaining("inner loss");
    }
}
