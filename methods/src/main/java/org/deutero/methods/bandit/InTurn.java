package org.deutero.methods.bandit;

import java.util.Arrays;

/**
 * Another policy after all arms have been pulled in turn, as in Riquelme, Tucker, Snoek 2018 (arXiv 1802.09127). The other policy learns from the beginning.
 *
 * @param policy what comes after
 * @param pulls of every arm
 */
public record InTurn(Policy policy, int pulls) implements Policy {
    @Override
    public String name() {
        return policy.name();
    }

    @Override
    public Player begin(Game game) {
        Player player = policy.begin(game);
        return new Player() {
            @Override
            public int[] choose(double[][] contexts) {
                int round = game.history().rounds();
                if (round >= pulls * game.arms()) {
                    return player.choose(contexts);
                }
                int[] arms = new int[contexts.length];
                Arrays.fill(arms, round % game.arms());
                return arms;
            }

            @Override
            public void learn() {
                player.learn();
            }
        };
    }
}
