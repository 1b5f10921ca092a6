package org.deutero.tasks.omniglot;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * A lossless code for line drawings that deflates well: each row is told by its edges (the columns where paper turns to ink
 * or back), and since strokes are continuous, mostly by how little the edges moved since the row above.
 *
 * <p>A row with as many edges as the one above, none moved by more than 3, is one byte for each pair of edges:
 * {@code (d0 + 3) * 7 + (d1 + 3)}, from 0 to 48, with d1 = 0 for a last edge without a partner; if there are no edges, it is
 * the byte {@value #BLANK}. Any other row is the byte {@value #ANEW} + number of edges, then the edges. The row above
 * the first has no edges.
 */
final class StrokeCodec {

    /** The side of a drawing, in pixels. */
    static final int SIDE = 105;

    private static final int REACH = 3;
    private static final int SPAN = 2 * REACH + 1;
    private static final int BLANK = 64;
    private static final int ANEW = 100;

    private StrokeCodec() {}

    /** Writes a drawing; a pixel is ink if its value is below 128. */
    static void encode(byte[] pixels, ByteArrayOutputStream out) {
        int[] above = new int[0];
        int[] edges = new int[SIDE];
        for (int y = 0; y < SIDE; y++) {
            int n = 0;
            boolean ink = false;
            for (int x = 0; x < SIDE; x++) {
                if (ink != (pixels[y * SIDE + x] & 0xff) < 128) {
                    ink = !ink;
                    edges[n++] = x;
                }
            }
            int[] row = Arrays.copyOf(edges, n);
            write(row, above, out);
            above = row;
        }
    }

    private static void write(int[] row, int[] above, ByteArrayOutputStream out) {
        boolean near = row.length == above.length;
        for (int i = 0; near && i < row.length; i++) {
            near = Math.abs(row[i] - above[i]) <= REACH;
        }
        if (!near) {
            out.write(ANEW + row.length);
            for (int edge : row) {
                out.write(edge);
            }
        } else if (row.length == 0) {
            out.write(BLANK);
        } else {
            for (int i = 0; i < row.length; i += 2) {
                int d0 = row[i] - above[i];
                int d1 = i + 1 < row.length ? row[i + 1] - above[i + 1] : 0;
                out.write((d0 + REACH) * SPAN + d1 + REACH);
            }
        }
    }

    /**
     * Reads a drawing.
     *
     * @param code where it is read from
     * @param start its first byte
     * @param pixels is filled with 255 for paper and 0 for ink, row by row
     * @return the position after its last byte
     */
    static int decode(byte[] code, int start, byte[] pixels) {
        Arrays.fill(pixels, 0, SIDE * SIDE, (byte) 255);
        int[] edges = new int[SIDE + 1];
        int n = 0;
        int at = start;
        for (int y = 0; y < SIDE; y++) {
            int first = code[at] & 0xff;
            if (first >= ANEW) {
                n = first - ANEW;
                at++;
                for (int i = 0; i < n; i++) {
                    edges[i] = code[at++];
                }
            } else if (first == BLANK) {
                at++;
            } else {
                for (int i = 0; i < n; i += 2) {
                    int moves = code[at++];
                    edges[i] += moves / SPAN - REACH;
                    edges[i + 1] += moves % SPAN - REACH;
                }
            }
            edges[n] = SIDE;
            for (int i = 0; i < n; i += 2) {
                Arrays.fill(pixels, y * SIDE + edges[i], y * SIDE + edges[i + 1], (byte) 0);
            }
        }
        return at;
    }
}
