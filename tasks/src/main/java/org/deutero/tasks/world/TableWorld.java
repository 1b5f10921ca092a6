package org.deutero.tasks.world;

import org.deutero.tasks.ArraySize;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/** Lifetimes in a world of primitive arrays that can be written down as tables. */
final class TableWorld extends ArrayWorld implements Tabular {
    private final TabularDynamics dynamics;

    TableWorld(TabularDynamics dynamics, int lifetimes, double[] given) {
        super(dynamics, lifetimes, given);
        this.dynamics = dynamics;
    }

    @Override
    public Tables tables() {
        int states = dynamics.states();
        int actions = shape().choices();
        int rows = ArraySize.of(size(), states, actions);
        double[] pays = new double[rows];
        double[] moves = new double[ArraySize.of(size(), states, actions, states)];
        for (int row = 0; row < rows; row++) {
            int lifetime = row / (states * actions);
            int from = row / actions % states;
            pays[row] = dynamics.row(given(), lifetime * dynamics.given(), from, row % actions, moves, row * states);
        }
        return new Tables(Tensor.of(pays, size(), states, actions), Tensor.of(moves, size(), states, actions, states));
    }

    @Override
    public Tensor number(Params state) {
        Tensor life = state.get(LIFE);
        double[] lives = life.doubles();
        int k = dynamics.state();
        long[] numbers = new long[lives.length / k];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = dynamics.number(lives, i * k);
        }
        return Tensor.of(numbers, size(), numbers.length / size());
    }
}
