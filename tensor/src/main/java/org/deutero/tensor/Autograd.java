package org.deutero.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Derivatives of functions of parameter trees.
 *
 * <p>All products are exact. {@code createGraph} makes the result differentiable itself; leave it false wherever no further
 * derivative is taken, since a graph that is kept costs two to four times the activations.
 */
public final class Autograd {
    private Autograd() {}

    /**
     * Gradient of a scalar.
     *
     * @param output a scalar; for per-task losses pass their sum, since tasks do not mix
     * @param inputs what to differentiate with respect to: leaves or intermediate results of the graph of {@code output}
     * @return a tree like {@code inputs}, zero where the output does not depend on an input
     */
    public static Params gradient(Tensor output, Params inputs, boolean createGraph) {
        return vjp(List.of(output), null, inputs, createGraph, createGraph);
    }

    /** Like {@link #gradient(Tensor, Params, boolean)}, keeping the graph for further products. */
    public static Params gradientRetaining(Tensor output, Params inputs, boolean createGraph) {
        return vjp(List.of(output), null, inputs, createGraph, true);
    }

    /**
     * Vector-Jacobian product: the sum over outputs of cotangent times d output / d input.
     *
     * @param outputs results of a recorded computation
     * @param cotangents a tree with the names and shapes of {@code outputs}
     * @param inputs what to differentiate with respect to
     */
    public static Params vjp(Params outputs, Params cotangents, Params inputs, boolean createGraph) {
        List<Tensor> values = new ArrayList<>();
        List<Tensor> vectors = new ArrayList<>();
        outputs.forEach((name, value) -> {
            // An output that never touched an input has no graph, and contributes nothing.
            if (value.requiresGrad()) {
                values.add(value);
                vectors.add(cotangents.get(name));
            }
        });
        return values.isEmpty()
                ? inputs.map(Tensors::zerosLike)
                : vjp(values, vectors, inputs, createGraph, createGraph);
    }

    private static Params vjp(
            List<Tensor> outputs, List<Tensor> cotangents, Params inputs, boolean createGraph, boolean retainGraph) {
        List<Tensor> wanted = new ArrayList<>(inputs.size());
        inputs.forEach((name, value) -> {
            if (value.requiresGrad()) {
                wanted.add(value);
            }
        });
        if (wanted.isEmpty() || outputs.stream().noneMatch(Tensor::requiresGrad)) {
            return inputs.map(Tensors::zerosLike);
        }
        TensorVector gradients;
        try {
            gradients = torch.grad(
                    Tensors.vector(outputs),
                    Tensors.vector(wanted),
                    cotangents == null ? new TensorVector() : Tensors.vector(cotangents),
                    new BoolOptional(retainGraph),
                    createGraph,
                    true);
        } catch (RuntimeException e) {
            throw TensorException.of(e);
        }
        int[] next = {0};
        return inputs.map(input -> {
            if (!input.requiresGrad()) {
                return Tensors.zerosLike(input);
            }
            // Elements of the vector are borrowed; the copy of the handle owns its tensor.
            org.bytedeco.pytorch.Tensor borrowed = gradients.get(next[0]++);
            return borrowed.defined()
                    ? new Tensor(new org.bytedeco.pytorch.Tensor(borrowed))
                    : Tensors.zerosLike(input);
        });
    }

    /**
     * Jacobian-vector product in forward mode: the directional derivative of {@code function} at {@code point} along
     * {@code direction}. The function may itself take (first-order) gradients, which makes this forward-over-reverse.
     *
     * @return a tree like the function's result, without a graph
     */
    public static Params jvp(Function<Params, Params> function, Params point, Params direction) {
        return DualLevel.jvp(function, point, direction);
    }

    /** Whether this thread is inside the function of {@link #jvp}, where tensors carry tangents that closed forms of derivatives would drop. */
    public static boolean forwardMode() {
        return DualLevel.active();
    }

    /** Hessian-vector product of a scalar function: the directional derivative of its gradient, by reverse over reverse. */
    public static Params hessianVector(Function<Params, Tensor> function, Params point, Params direction) {
        try (Scope s = Scope.open()) {
            Params leaf = point.leaf();
            Params gradient = gradient(function.apply(leaf), leaf, true);
            return s.keep(vjp(gradient, direction, leaf, false));
        }
    }
}
