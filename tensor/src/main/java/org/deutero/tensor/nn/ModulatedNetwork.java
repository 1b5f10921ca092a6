package org.deutero.tensor.nn;

import java.util.List;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/** A convolutional network of which something outside can change channels at some places, such as scales and shifts of feature-wise modulation. */
public interface ModulatedNetwork extends Network {
    /** The channels at each place, in the order of their numbers. */
    List<Integer> modulatedWidths();

    /** Like {@link #features(Params, Tensor, Normalization)}, with a modulation, which may differ from task to task; its {@code block} is the number of the place. */
    Tensor features(Params params, Tensor x, Normalization normalization, ChannelModulation modulation);
}
