package org.deutero.server;

import org.deutero.tasks.images.Picture;

/** Decodes the pictures of one request within its limits. For one thread. */
final class PixelBudget {
    private final ServerLimits limits;
    private long left;

    PixelBudget(ServerLimits limits) {
        this.limits = limits;
        this.left = limits.allPixels();
    }

    /** Decodes a PNG or JPEG file; {@code name} is what refusals call it. @throws org.deutero.tasks.DataException if it is none, damaged or too large */
    Picture decode(byte[] file, String name) {
        if (left < 1) {
            throw Problem.limit("the pictures of this request have more than " + limits.allPixels()
                    + " pixels together, which is the limit; send smaller ones");
        }
        Picture picture = Picture.decode(file, name, limits.pixels());
        left -= (long) picture.height() * picture.width();
        return picture;
    }
}
