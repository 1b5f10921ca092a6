package org.deutero.methods.recurrent;

import org.deutero.methods.plastic.RecurrentCell;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/** States of zeros. */
final class Silence {
    private Silence() {}

    /** An activity of zeros [tasks, 1, units], of the type and on the device of a tensor. */
    static Params of(Tensor like, int tasks, int units) {
        return Params.of(
                RecurrentCell.ACTIVITY,
                Tensors.zeros(like.dtype(), tasks, 1, units).to(like.device()));
    }
}
