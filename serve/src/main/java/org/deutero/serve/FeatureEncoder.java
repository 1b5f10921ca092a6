package org.deutero.serve;

import org.deutero.tasks.images.Picture;

/** A frozen encoder that another program has trained. Thread-safe; holds native memory until it is closed. */
public interface FeatureEncoder extends AutoCloseable {
    /** What it is. */
    EncoderReference reference();

    /** Features of a picture of any size. */
    float[] features(Picture picture);

    @Override
    void close();
}
