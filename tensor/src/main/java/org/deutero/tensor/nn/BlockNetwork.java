package org.deutero.tensor.nn;

import java.util.List;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/** A network whose body is a chain of blocks, each of which ends in a non-linearity, so that something can be put between them. */
public interface BlockNetwork extends Network {
    /** What the blocks put out, in order: channels of maps, or units. */
    List<Integer> blockWidths();

    /** Whether blocks put out maps rather than vectors. */
    boolean maps();

    /** The non-linearity in which a block ends. */
    Activation activation();

    /** Numbers that the head puts out; 0 if there is no head. */
    int outputs();

    /** Like {@link #features(Params, Tensor, Normalization)}, with something after each block. */
    Tensor features(Params params, Tensor x, Normalization normalization, Between between);

    @Override
    default Tensor features(Params params, Tensor x, Normalization normalization) {
        return features(params, x, normalization, Between.NONE);
    }
}
