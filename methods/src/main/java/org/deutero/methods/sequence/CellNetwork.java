package org.deutero.methods.sequence;

import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.deutero.methods.plastic.RecurrentCell;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.nn.CausalNetwork;
import org.deutero.tensor.nn.Linear;
import org.deutero.tensor.nn.Mlp;
import org.deutero.tensor.nn.recurrent.LstmStart;

/**
 * A recurrent cell whose activity is read out by a linear layer, with a perceptron before it or without.
 *
 * <p>Parameters: {@code front} if there is one, {@code cell} and {@code readout}. State: the cell's.
 *
 * @param front of inputs, the last layer linear
 * @param cell what it is given
 * @param outputs numbers in an output
 * @param readout how the last layer starts
 */
public record CellNetwork(Optional<Mlp> front, RecurrentCell cell, int outputs, LstmStart readout)
        implements CausalNetwork {
    private static final String FRONT = "front";
    private static final String CELL = "cell";
    private static final String READOUT = "readout";

    @Override
    public int inputs() {
        return front.map(mlp -> mlp.sizes().get(0)).orElseGet(cell::inputs);
    }

    @Override
    public Params init(RandomGenerator rng, DType dtype) {
        Params.Builder params = Params.builder();
        front.ifPresent(mlp -> params.put(FRONT, mlp.init(rng, dtype)));
        return params.put(CELL, cell.init(rng, dtype))
                .put(READOUT, readout.readout(rng, dtype, cell.units(), outputs))
                .build();
    }

    @Override
    public Params start(Params params, int tasks) {
        return cell.start(params.child(CELL), tasks);
    }

    private Tensor seen(Params params, Tensor x) {
        return front.map(mlp -> mlp.apply(params.child(FRONT), x)).orElse(x);
    }

    @Override
    public Tensor sequence(Params params, Tensor x) {
        return Linear.apply(params.child(READOUT), cell.sequence(params.child(CELL), seen(params, x), null));
    }

    @Override
    public Run step(Params params, Params state, Tensor x) {
        Params after = cell.step(params.child(CELL), state, seen(params, x));
        return new Run(Linear.apply(params.child(READOUT), after.get(RecurrentCell.ACTIVITY)), after);
    }

    @Override
    public int longest() {
        return Integer.MAX_VALUE;
    }

    /** As many at any time: the numbers of a state. */
    @Override
    public long carried(int moments) {
        try (Scope s = Scope.open()) {
            return cell.start(cell.init(new SplittableRandom(0), DType.FLOAT32), 1)
                    .numel();
        }
    }
}
