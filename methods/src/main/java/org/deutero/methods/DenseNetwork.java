package org.deutero.methods;

import java.util.Optional;
import org.deutero.tasks.Objective;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.nn.Mlp;
import org.deutero.tensor.nn.Network;
import org.deutero.tensor.nn.dense.DenseLoss;
import org.deutero.tensor.nn.dense.OutputLoss;

/**
 * A perceptron and a loss of its outputs whose derivatives are written down.
 *
 * @param network the perceptron
 * @param loss of its outputs
 */
public record DenseNetwork(Mlp network, OutputLoss loss) {
    /** The two as one that learns in closed form from such inputs; empty for other networks and objectives. */
    public static Optional<DenseNetwork> of(Network network, Objective objective, Tensor x) {
        return network instanceof Mlp mlp && DenseLoss.serves(mlp, x)
                ? loss(objective).map(loss -> new DenseNetwork(mlp, loss))
                : Optional.empty();
    }

    private static Optional<OutputLoss> loss(Objective objective) {
        return switch (objective) {
            case CROSS_ENTROPY -> Optional.of(OutputLoss.CROSS_ENTROPY);
            case SQUARED_ERROR -> Optional.of(OutputLoss.SQUARED_ERROR);
            case PULLED_ARM -> Optional.empty();
        };
    }

    /** The loss of these weights on examples [tasks, n, ...]. */
    public DenseLoss on(Params weights, Tensor x, Tensor y) {
        return DenseLoss.of(network, weights, x, y, loss);
    }

    /** The loss of the last layer on features [tasks, n, width], which have derivatives under a name. */
    public DenseLoss head(Params weights, Tensor features, String name, Tensor y) {
        return DenseLoss.ofLayer(network.headLayer(), weights, features, name, y, loss);
    }
}
