package org.deutero.tensor.nn.dense;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.deutero.tensor.Autograd;
import org.deutero.tensor.Functional;
import org.deutero.tensor.GradMode;
import org.deutero.tensor.Matrices;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.nn.Mlp;

/**
 * The loss of a dense network on the examples of each task: a value to be differentiated in closed form.
 *
 * @param layers names of the network's layers in order, the last one linear
 * @param bend the non-linearity between them
 * @param weights {@code layer.weight} and {@code layer.bias} of each, every task's own ([tasks, ...]) or shared by all
 * @param x inputs [tasks, n, features], constants unless {@code input} names them
 * @param input the name by which derivatives of the inputs are told; empty if they are constants
 * @param targets of the loss
 * @param loss of the outputs
 */
public record DenseLoss(
        List<String> layers,
        Optional<Bend> bend,
        Params weights,
        Tensor x,
        Optional<String> input,
        Tensor targets,
        OutputLoss loss) {
    /** Copies the list of layers. */
    public DenseLoss {
        layers = List.copyOf(layers);
    }

    /** Whether this network, with numbers of this kind, has derivatives in closed form here: a perceptron with rectified, tanh or sigmoid units on a processor, outside {@link Autograd#jvp}. */
    public static boolean serves(Mlp network, Tensor x) {
        return (network.layers().size() == 1 || Bend.of(network.activation()).isPresent())
                && Matrices.canBe(x)
                && !Autograd.forwardMode();
    }

    /** The whole perceptron on constant inputs [tasks, n, features...]. */
    public static DenseLoss of(Mlp network, Params weights, Tensor x, Tensor targets, OutputLoss loss) {
        return new DenseLoss(
                network.layers(),
                Bend.of(network.activation()),
                ownOf(network.layers(), weights),
                Functional.vectors(x),
                Optional.empty(),
                targets,
                loss);
    }

    /** A linear layer on inputs [tasks, n, features] that have derivatives under a name. */
    public static DenseLoss ofLayer(
            String layer, Params weights, Tensor x, String input, Tensor targets, OutputLoss loss) {
        return new DenseLoss(
                List.of(layer), Optional.empty(), ownOf(List.of(layer), weights), x, Optional.of(input), targets, loss);
    }

    private static Params ownOf(List<String> layers, Params weights) {
        Predicate<String> own =
                name -> layers.stream().anyMatch(l -> name.equals(l + ".weight") || name.equals(l + ".bias"));
        return weights.filter(own);
    }

    /** Goes forward and back once; nothing is recorded, and what it keeps lives in the innermost open scope. */
    public DensePass pass() {
        return GradMode.off(() -> new DensePass(this));
    }
}
