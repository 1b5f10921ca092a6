package org.deutero.server;

import java.time.Duration;

/**
 * What a server lets its clients ask for. Whatever goes beyond is refused with a 4xx problem before it costs anything.
 *
 * @param bodyBytes bytes of a request's body (413)
 * @param pixels pixels of one picture (422)
 * @param allPixels pixels of all pictures of one request together (422)
 * @param classes classes of a classifier (422)
 * @param pictures pictures of one request (422)
 * @param classifiers classifiers that exist at a time, over all learners (409)
 * @param requests requests that are worked on or wait for it at a time (429)
 * @param body how long a body may take to arrive (408)
 * @param unused after how long without a question a temporary classifier is gone
 */
public record ServerLimits(
        long bodyBytes,
        long pixels,
        long allPixels,
        int classes,
        int pictures,
        int classifiers,
        int requests,
        Duration body,
        Duration unused) {
    /** 16 MiB a body, 16 megapixels a picture and 64 a request, 200 classes, 1000 pictures, 500 classifiers, 256 requests, 20 seconds, 15 minutes. */
    public static final ServerLimits DEFAULT = new ServerLimits(
            16L << 20, 16_000_000, 64_000_000, 200, 1000, 500, 256, Duration.ofSeconds(20), Duration.ofMinutes(15));

    /** Refuses limits below one, or a body that no array holds. */
    public ServerLimits {
        if (bodyBytes < 1
                || bodyBytes > Integer.MAX_VALUE - 16
                || pixels < 1
                || allPixels < 1
                || classes < 2
                || pictures < 1
                || classifiers < 1
                || requests < 1
                || body.isZero()
                || body.isNegative()
                || unused.isZero()
                || unused.isNegative()) {
            throw new IllegalArgumentException(
                    "every limit must be positive, a body below 2 GiB, and classes at least 2");
        }
    }

    /** The same with other bounds on body and number of requests. */
    public ServerLimits with(long otherBodyBytes, int otherRequests, Duration otherBody) {
        return new ServerLimits(
                otherBodyBytes, pixels, allPixels, classes, pictures, classifiers, otherRequests, otherBody, unused);
    }
}
