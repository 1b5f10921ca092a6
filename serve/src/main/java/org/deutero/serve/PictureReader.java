package org.deutero.serve;

import java.util.Optional;
import org.deutero.tasks.images.Picture;

/**
 * How a picture becomes what a learner takes: prepared pixels, or an encoder's features of it.
 *
 * @param preprocessing of pixels
 * @param encoder from elsewhere, if the learner stands on one
 */
record PictureReader(Preprocessing preprocessing, Optional<Encoders.Shared> encoder) {
    /** Opens the encoder, if the learner stands on one. */
    static PictureReader of(LearnerDescription description) {
        return new PictureReader(
                description.preprocessing(),
                description.encoder().map(reference -> new Encoders.Shared(Encoders.open(reference))));
    }

    float[] input(Picture picture) {
        return encoder.isPresent() ? encoder.get().features(picture) : preprocessing.input(picture);
    }

    /** The same with other preprocessing; the encoder is shared, and whoever owns this reader owns that. */
    PictureReader with(Preprocessing other) {
        return new PictureReader(other, encoder);
    }

    /** The shape of n inputs. */
    long[] shape(int n) {
        var format = preprocessing.format();
        return encoder.isPresent()
                ? new long[] {n, encoder.get().reference().width()}
                : new long[] {n, format.channels(), format.height(), format.width()};
    }

    /** One owner more. */
    PictureReader retain() {
        encoder.ifPresent(Encoders.Shared::retain);
        return this;
    }

    void release() {
        encoder.ifPresent(Encoders.Shared::release);
    }
}
