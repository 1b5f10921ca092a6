package org.deutero.methods.sequence;

import java.util.List;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/** What a network is given at a moment. There is nothing before the first item: zeros. */
public enum TokenFormat {
    /** [x_t, y_{t-1}], as published: a network has to find out that an answer belongs to the item before. */
    OFFICIAL,
    /** [x_t, x_{t-1}, y_{t-1}]: item and answer stand together. */
    PAIRED;

    /** Numbers of a token. */
    public int width(int features, int told) {
        return this == PAIRED ? 2 * features + told : features + told;
    }

    /**
     * Tokens.
     *
     * @param x items [tasks, n, features]
     * @param shown the item before each, of the same shape; not looked at if it is no part of a token
     * @param told its answer, [tasks, n, told]
     */
    Tensor of(Tensor x, Tensor shown, Tensor told) {
        return Tensors.cat(this == PAIRED ? List.of(x, shown, told) : List.of(x, told), 2);
    }

    /**
     * Tokens of a whole sequence.
     *
     * @param x items [tasks, length, features]
     * @param y answers as they are told, [tasks, length, told]
     */
    public Tensor sequence(Tensor x, Tensor y) {
        return of(x, this == PAIRED ? later(x) : x, later(y));
    }

    /** One moment later, zeros first. */
    private static Tensor later(Tensor x) {
        Tensor first = Tensors.zeros(x.dtype(), x.size(0), 1, x.size(2)).to(x.device());
        return Tensors.cat(List.of(first, x.slice(1, 0, x.size(1) - 1)), 1);
    }
}
