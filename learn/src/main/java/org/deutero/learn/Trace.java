package org.deutero.learn;

import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.deutero.tensor.GradMode;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/** What a lifetime leaves behind as it goes on: how much of the graph of its steps. */
public enum Trace {
    /** The graph of all steps, inner gradients included: the exact derivative of everything. */
    SECOND_ORDER(true, true, t -> t),
    /** The graph of all steps with inner gradients as constants. */
    FIRST_ORDER(true, false, t -> t),
    /** Forward-mode tangents, and no graph. */
    TANGENT(false, false, Tensor::constant),
    /** Nothing but numbers. */
    NONE(false, false, Tensor::detach);

    private final boolean graph;
    private final boolean differentiable;

    @SuppressWarnings("ImmutableEnumChecker") // references to methods
    private final UnaryOperator<Tensor> cut;

    Trace(boolean graph, boolean differentiable, UnaryOperator<Tensor> cut) {
        this.graph = graph;
        this.differentiable = differentiable;
        this.cut = cut;
    }

    /** Whether a graph is kept, so that states in the middle must stay. */
    public boolean graph() {
        return graph;
    }

    /** Whether steps must be differentiable, inner gradients included; see {@link StepContext#differentiable()}. */
    public boolean differentiable() {
        return differentiable;
    }

    Params cut(Params params) {
        return graph ? params : params.map(cut);
    }

    Tensor cut(Tensor tensor) {
        return cut.apply(tensor);
    }

    <R> R in(Supplier<R> work) {
        return graph ? work.get() : GradMode.off(work);
    }
}
