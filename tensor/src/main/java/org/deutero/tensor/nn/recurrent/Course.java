package org.deutero.tensor.nn.recurrent;

import org.deutero.tensor.Autograd;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/** A recurrent layer's activity over a whole course of time, and the way back over it to the layer's parameters. */
public interface Course {
    /** Activity of the layer, [n, time, units], without graph. */
    Tensor activity();

    /**
     * The gradient of the parameters.
     *
     * @param cotangent derivative of something by the activity, [n, time, units]
     * @return a tree like the parameters, without graph
     */
    Params gradient(Tensor cotangent);

    /**
     * A course whose graph was recorded.
     *
     * @param leaf parameters that it was recorded from
     * @param recorded activity with its graph
     */
    static Course of(Params leaf, Tensor recorded) {
        return new Course() {
            @Override
            public Tensor activity() {
                return recorded.detach();
            }

            @Override
            public Params gradient(Tensor cotangent) {
                String name = "activity";
                return Autograd.vjp(Params.of(name, recorded), Params.of(name, cotangent), leaf, false);
            }
        };
    }
}
