package org.deutero.tasks.drawings;

import java.util.Arrays;

/** A square sheet with ink in [0, 1] that strokes are drawn on; 0 is ground. Coordinates are shares of the side. Mutable, for one thread. */
final class Canvas {
    /** Pixels a side: twice what learners see, so that thin and thick can be told. */
    static final int SIDE = 56;

    private static final float INK = 0.5f;

    private final float[] ink = new float[SIDE * SIDE];

    float[] ink() {
        return ink;
    }

    void clear() {
        Arrays.fill(ink, 0);
    }

    /** A line with round ends; edges are soft over a pixel. */
    void line(double x0, double y0, double x1, double y1, double width) {
        double half = Math.max(width, 1.0 / SIDE) / 2 * SIDE;
        double ax = x0 * SIDE - 0.5;
        double ay = y0 * SIDE - 0.5;
        double dx = (x1 - x0) * SIDE;
        double dy = (y1 - y0) * SIDE;
        double length = dx * dx + dy * dy;
        int left = (int) Math.max(0, Math.floor(Math.min(ax, ax + dx) - half - 1));
        int right = (int) Math.min(SIDE - 1, Math.ceil(Math.max(ax, ax + dx) + half + 1));
        int top = (int) Math.max(0, Math.floor(Math.min(ay, ay + dy) - half - 1));
        int bottom = (int) Math.min(SIDE - 1, Math.ceil(Math.max(ay, ay + dy) + half + 1));
        for (int y = top; y <= bottom; y++) {
            for (int x = left; x <= right; x++) {
                double along = length == 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / length));
                double distance = Math.hypot(x - ax - along * dx, y - ay - along * dy);
                float value = (float) Math.max(0, Math.min(1, half - distance + 0.5));
                ink[y * SIDE + x] = Math.max(ink[y * SIDE + x], value);
            }
        }
    }

    /** Inks all that no path of ground joins to the edge. */
    void fillHoles() {
        boolean[] outside = new boolean[ink.length];
        int[] open = new int[ink.length];
        int n = 0;
        for (int i = 0; i < SIDE; i++) {
            for (int place : new int[] {i, (SIDE - 1) * SIDE + i, i * SIDE, i * SIDE + SIDE - 1}) {
                if (ink[place] < INK && !outside[place]) {
                    outside[place] = true;
                    open[n++] = place;
                }
            }
        }
        while (n > 0) {
            int place = open[--n];
            int x = place % SIDE;
            int y = place / SIDE;
            n = visit(outside, open, n, x - 1, y);
            n = visit(outside, open, n, x + 1, y);
            n = visit(outside, open, n, x, y - 1);
            n = visit(outside, open, n, x, y + 1);
        }
        for (int i = 0; i < ink.length; i++) {
            if (!outside[i]) {
                ink[i] = 1;
            }
        }
    }

    private int visit(boolean[] outside, int[] open, int n, int x, int y) {
        int place = y * SIDE + x;
        if (x < 0 || y < 0 || x >= SIDE || y >= SIDE || outside[place] || ink[place] >= INK) {
            return n;
        }
        outside[place] = true;
        open[n] = place;
        return n + 1;
    }

    /** Widens ink by so many pixels on all sides. */
    void thicken(int radius) {
        float[] before = ink.clone();
        int reach = radius * radius + 1;
        for (int v = -radius; v <= radius; v++) {
            for (int u = -radius; u <= radius; u++) {
                if (u * u + v * v <= reach && (u != 0 || v != 0)) {
                    widen(before, u, v);
                }
            }
        }
    }

    private void widen(float[] before, int u, int v) {
        for (int y = Math.max(0, -v); y < Math.min(SIDE, SIDE - v); y++) {
            for (int x = Math.max(0, -u); x < Math.min(SIDE, SIDE - u); x++) {
                int place = y * SIDE + x;
                ink[place] = Math.max(ink[place], before[place + v * SIDE + u]);
            }
        }
    }

    /** Leaves only the rim of the ink, so many pixels wide. */
    void hollow(int width) {
        float[] solid = ink.clone();
        for (int i = 0; i < ink.length; i++) {
            ink[i] = 1 - ink[i];
        }
        thicken(width);
        for (int i = 0; i < ink.length; i++) {
            ink[i] = Math.min(ink[i], solid[i]);
        }
    }

    /** Left, top, right, bottom of the ink, the last two exclusive; the whole sheet if there is none. */
    int[] box() {
        int[] box = {SIDE, SIDE, 0, 0};
        for (int i = 0; i < ink.length; i++) {
            if (ink[i] >= INK / 2) {
                box[0] = Math.min(box[0], i % SIDE);
                box[1] = Math.min(box[1], i / SIDE);
                box[2] = Math.max(box[2], i % SIDE + 1);
                box[3] = Math.max(box[3], i / SIDE + 1);
            }
        }
        return box[2] == 0 ? new int[] {0, 0, SIDE, SIDE} : box;
    }

    /** The ink at a place between pixels, bilinear; 0 beyond the sheet. */
    double at(double x, double y) {
        int left = (int) Math.floor(x);
        int top = (int) Math.floor(y);
        double fx = x - left;
        double fy = y - top;
        return (1 - fy) * ((1 - fx) * pixel(left, top) + fx * pixel(left + 1, top))
                + fy * ((1 - fx) * pixel(left, top + 1) + fx * pixel(left + 1, top + 1));
    }

    private float pixel(int x, int y) {
        return x < 0 || y < 0 || x >= SIDE || y >= SIDE ? 0 : ink[y * SIDE + x];
    }
}
