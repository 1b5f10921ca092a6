package org.deutero.methods.bandit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import org.deutero.tasks.bandit.ContextualBandit;
import org.deutero.tasks.bandit.WheelBandit;
import org.junit.jupiter.api.Test;

class SimulationTest {
    private static Simulation wheels(double delta, int games, int trials) {
        return new Simulation(
                Collections.nCopies(games, new WheelBandit(delta)),
                LongStream.range(0, games).boxed().toList(),
                trials);
    }

    @Test
    void theUniformPolicyRegretsWhatTheFormulaSays() {
        int games = 40;
        int trials = 500;
        double[] ends = Arrays.stream(wheels(0.7, games, trials).regret(new Uniform()))
                .mapToDouble(game -> game[trials - 1])
                .toArray();
        double mean = Arrays.stream(ends).average().orElseThrow();
        double variance = Arrays.stream(ends).map(x -> (x - mean) * (x - mean)).sum() / (games - 1);
        assertThat(mean)
                .isCloseTo(trials * new WheelBandit(0.7).uniformRegret(), within(4 * Math.sqrt(variance / games)));
    }

    /** A policy that knows the bandit. */
    private record Oracle(ContextualBandit bandit) implements Policy {
        @Override
        public String name() {
            return "oracle";
        }

        @Override
        public Player begin(Game game) {
            return new Player() {
                @Override
                public int[] choose(double[][] contexts) {
                    double[] means = new double[contexts.length * game.arms()];
                    Arrays.setAll(means, i -> bandit.mean(contexts[i / game.arms()], i % game.arms()));
                    return game.best(means, 0);
                }

                @Override
                public void learn() {
                    // it knows
                }
            };
        }
    }

    @Test
    void anOracleRegretsNothingAndArmsInTurnCostWhatTheyCost() {
        WheelBandit wheel = new WheelBandit(0.5);
        double[][] oracle = wheels(0.5, 3, 200).regret(new Oracle(wheel));
        double[][] later = wheels(0.5, 3, 200).regret(new InTurn(new Oracle(wheel), 2));
        for (int b = 0; b < 3; b++) {
            assertThat(oracle[b][199]).isZero();
            assertThat(later[b][9]).isPositive();
            assertThat(later[b][199]).isEqualTo(later[b][9]);
        }
    }

    @Test
    void armsArePulledInTurnAndTheHistoryHoldsEveryRound() {
        List<Integer> arms = new ArrayList<>();
        Policy watching = new InTurn(
                new Policy() {
                    @Override
                    public String name() {
                        return "watching";
                    }

                    @Override
                    public Player begin(Game game) {
                        return new Player() {
                            @Override
                            public int[] choose(double[][] contexts) {
                                return new int[] {3};
                            }

                            @Override
                            public void learn() {
                                History history = game.history();
                                int latest = history.rounds() - 1;
                                arms.add(history.arm(0, latest));
                                double mean =
                                        new WheelBandit(0.5).mean(history.context(0, latest), history.arm(0, latest));
                                assertThat(history.reward(0, latest)).isCloseTo(mean, within(0.4));
                            }
                        };
                    }
                },
                2);
        wheels(0.5, 1, 12).regret(watching);
        assertThat(arms).containsExactly(0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 3, 3);
    }

    /** Chance is each bandit's own. */
    @Test
    void aBanditsCourseDoesNotDependOnItsNeighbours() {
        for (String name : List.of("uniform", "linear-greedy", "linear-thompson")) {
            Policy policy = new InTurn(ReferencePolicies.named(name), 2);
            double[][] together = wheels(0.8, 3, 60).regret(policy);
            double[] alone = new Simulation(List.of(new WheelBandit(0.8)), List.of(2L), 60).regret(policy)[0];
            assertThat(together[2]).as(name).containsExactly(alone);
        }
    }

    @Test
    void bothBayesianPoliciesLearn() {
        double uniform = 300 * new WheelBandit(0.5).uniformRegret();
        for (String name : List.of("linear-thompson", "neural-linear")) {
            double[][] regret = wheels(0.5, 3, 300).regret(new InTurn(ReferencePolicies.named(name), 2));
            double mean = Arrays.stream(regret)
                    .mapToDouble(game -> game[299])
                    .average()
                    .orElseThrow();
            assertThat(mean).as(name).isLessThan(0.6 * uniform);
        }
    }

    @Test
    void refusesSeedsThatDoNotMatch() {
        assertThatThrownBy(() -> new Simulation(List.of(new WheelBandit(0.5)), List.of(), 5))
                .hasMessageContaining("a seed for each");
    }
}
