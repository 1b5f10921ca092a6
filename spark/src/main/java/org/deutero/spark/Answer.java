package org.deutero.spark;

import java.io.Serializable;
import java.util.List;

/**
 * What a Spark task comes to. A failure that would come again with every try is an answer, too, rather than a reason for Spark to try three times more.
 *
 * @param results of the items, as bytes
 * @param nanos time that the executor was at work on them
 * @param host where
 * @param failure what went wrong, or null
 * @param building whether it went wrong while the recipe was built, before any item
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Answer(byte[][] results, long nanos, String host, RuntimeException failure, boolean building)
        implements Serializable {
    static Answer of(List<byte[]> results, long nanos, String host) {
        return new Answer(results.toArray(new byte[0][]), nanos, host, null, false);
    }

    static Answer failed(String host, RuntimeException failure, boolean building) {
        return new Answer(new byte[0][], 0, host, failure, building);
    }

    long bytes() {
        long sum = 0;
        for (byte[] result : results) {
            sum += result.length;
        }
        return sum;
    }
}
