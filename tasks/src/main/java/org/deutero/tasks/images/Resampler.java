package org.deutero.tasks.images;

import java.util.Arrays;

/**
 * Resizes planes of unsigned bytes from one fixed size to another.
 *
 * <p>Separable: each output row and column is a weighted sum of input rows and columns. Weights are integers over a
 * common denominator, so the arithmetic is exact and the result does not depend on the machine; each plane is rounded
 * once, half up. Immutable and thread-safe.
 */
public final class Resampler {

    /** Weights of one output position: input positions from {@code start}. */
    @SuppressWarnings("ArrayRecordComponent") // private, and never compared
    private record Taps(int start, int[] weights) {}

    private static final int LANCZOS_BITS = 20;
    private static final int LOBES = 3;

    private final int height;
    private final int width;
    private final Taps[] rows;
    private final Taps[] columns;
    private final long denominator;

    /** Prepares to resize {@code height x width} to {@code newHeight x newWidth}, all in pixels. */
    public Resampler(int height, int width, int newHeight, int newWidth, Resampling kind) {
        for (int side : new int[] {height, width, newHeight, newWidth}) {
            if (side < 1 || side > Picture.MAX_SIDE) {
                throw new IllegalArgumentException("cannot resize " + height + "x" + width + " to " + newHeight + "x"
                        + newWidth + ": sides must be 1 to " + Picture.MAX_SIDE + " pixels");
            }
        }
        this.height = height;
        this.width = width;
        this.rows = taps(height, newHeight, kind);
        this.columns = taps(width, newWidth, kind);
        this.denominator = sum(rows[0]) * sum(columns[0]);
    }

    private static long sum(Taps taps) {
        return Arrays.stream(taps.weights).asLongStream().sum();
    }

    private static Taps[] taps(int from, int to, Resampling kind) {
        Taps[] taps = new Taps[to];
        for (int o = 0; o < to; o++) {
            taps[o] = from == to
                    ? new Taps(o, new int[] {1})
                    : switch (kind) {
                        case AREA -> area(from, to, o);
                        case LANCZOS -> lanczos(from, to, o);
                        case NEAREST -> new Taps((int) ((2L * o + 1) * from / (2L * to)), new int[] {1});
                    };
        }
        return taps;
    }

    /** In units of 1/to of an input pixel: the output pixel covers [o from, (o + 1) from), input pixel i [i to, (i + 1) to). */
    private static Taps area(int from, int to, int o) {
        int begin = o * from;
        int end = begin + from;
        int first = begin / to;
        int last = (end - 1) / to;
        int[] weights = new int[last - first + 1];
        for (int i = first; i <= last; i++) {
            weights[i - first] = Math.min(end, (i + 1) * to) - Math.max(begin, i * to);
        }
        return new Taps(first, weights);
    }

    private static Taps lanczos(int from, int to, int o) {
        double scale = (double) from / to;
        double stretch = Math.max(scale, 1);
        double centre = (o + 0.5) * scale;
        int first = Math.max(0, (int) Math.floor(centre - LOBES * stretch + 0.5));
        int end = Math.min(from, (int) Math.floor(centre + LOBES * stretch + 0.5));
        double[] raw = new double[end - first];
        double total = 0;
        for (int i = first; i < end; i++) {
            raw[i - first] = kernel((i + 0.5 - centre) / stretch);
            total += raw[i - first];
        }
        int[] weights = new int[raw.length];
        int rest = 1 << LANCZOS_BITS;
        int largest = 0;
        for (int i = 0; i < raw.length; i++) {
            weights[i] = (int) Math.round(raw[i] / total * (1 << LANCZOS_BITS));
            rest -= weights[i];
            largest = weights[i] > weights[largest] ? i : largest;
        }
        weights[largest] += rest; // so that an even area keeps its value exactly
        return new Taps(first, weights);
    }

    private static double kernel(double x) {
        if (Math.abs(x) >= LOBES) {
            return 0;
        }
        return sinc(x) * sinc(x / LOBES);
    }

    private static double sinc(double x) {
        double t = Math.PI * x;
        return t == 0 ? 1 : StrictMath.sin(t) / t; // StrictMath: Math.sin may differ between machines in the last bit
    }

    /**
     * Resizes one plane.
     *
     * @param source pixels, row by row, from {@code sourceOffset}
     * @param target where the new pixels go, from {@code targetOffset}
     */
    public void plane(byte[] source, int sourceOffset, byte[] target, int targetOffset) {
        int newWidth = columns.length;
        int[] wide = new int[height * newWidth];
        for (int y = 0; y < height; y++) {
            int line = sourceOffset + y * width;
            for (int x = 0; x < newWidth; x++) {
                Taps t = columns[x];
                int sum = 0;
                for (int k = 0; k < t.weights.length; k++) {
                    sum += t.weights[k] * (source[line + t.start + k] & 0xff);
                }
                wide[y * newWidth + x] = sum;
            }
        }
        for (int y = 0; y < rows.length; y++) {
            Taps t = rows[y];
            for (int x = 0; x < newWidth; x++) {
                long sum = 0;
                for (int k = 0; k < t.weights.length; k++) {
                    sum += (long) t.weights[k] * wide[(t.start + k) * newWidth + x];
                }
                long rounded = Math.floorDiv(2 * sum + denominator, 2 * denominator);
                target[targetOffset + y * newWidth + x] = (byte) Math.max(0, Math.min(255, rounded));
            }
        }
    }
}
