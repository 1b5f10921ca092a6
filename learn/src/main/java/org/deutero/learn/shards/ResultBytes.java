package org.deutero.learn.shards;

/**
 * Results of items as bytes, and back, without the loss of a bit.
 *
 * @param <R> what an item comes to
 */
public interface ResultBytes<R> {
    /** As bytes; the result stays as it is, and whoever owns it closes it. */
    byte[] of(R result);

    /** From bytes; the caller owns what it may hold of native memory. @throws org.deutero.tensor.io.SafetensorsException if they are not whole */
    R read(byte[] bytes);
}
