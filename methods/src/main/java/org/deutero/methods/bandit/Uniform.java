package org.deutero.methods.bandit;

/** Any arm, whatever the context: what regret is measured against. */
public record Uniform() implements Policy {
    @Override
    public String name() {
        return "uniform";
    }

    @Override
    public Player begin(Game game) {
        return new Player() {
            @Override
            public int[] choose(double[][] contexts) {
                int[] arms = new int[contexts.length];
                for (int b = 0; b < arms.length; b++) {
                    arms[b] = game.anyArm(b);
                }
                return arms;
            }

            @Override
            public void learn() {
                // there is nothing to learn
            }
        };
    }
}
