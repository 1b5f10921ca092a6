package org.deutero.tasks.world;

import java.util.Arrays;

/** Something to paint a {@link Frame} on. What lies outside is not painted. */
public final class Canvas {
    /** Colours as 0xRRGGBB. */
    public static final int PAPER = 0xf4f2ec;

    /** Of walls, tracks and what else is fixed. */
    public static final int INK = 0x4a4a4a;

    /** Of whoever acts. */
    public static final int AGENT = 0x1f6fb4;

    /** Of what is to be reached. */
    public static final int GOAL = 0x2e9e5b;

    /** Of what is to be avoided. */
    public static final int HARM = 0xc8442f;

    private static final int CELL = 6;

    private final int height;
    private final int width;
    private final float[] pixels;

    /** An empty one of so many pixels. */
    public Canvas(int height, int width) {
        this.height = height;
        this.width = width;
        this.pixels = new float[3 * height * width];
        rectangle(0, 0, height, width, PAPER);
    }

    /** An empty one for a board of cells. */
    public static Canvas board(int rows, int columns) {
        return new Canvas(rows * CELL, columns * CELL);
    }

    /** Fills a cell of a board, but for a margin that keeps cells apart. */
    public Canvas cell(int row, int column, int colour) {
        return rectangle(row * CELL, column * CELL, CELL - 1, CELL - 1, colour);
    }

    /** Fills the middle of a cell of a board. */
    public Canvas token(int row, int column, int colour) {
        return rectangle(row * CELL + 1, column * CELL + 1, CELL - 3, CELL - 3, colour);
    }

    /** Fills a rectangle. */
    public Canvas rectangle(int top, int left, int high, int wide, int colour) {
        for (int y = Math.max(0, top); y < Math.min(height, top + high); y++) {
            for (int x = Math.max(0, left); x < Math.min(width, left + wide); x++) {
                paint(y, x, colour);
            }
        }
        return this;
    }

    /** Fills a disc. */
    public Canvas disc(double y, double x, double radius, int colour) {
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                if (Math.hypot(row + 0.5 - y, column + 0.5 - x) <= radius) {
                    paint(row, column, colour);
                }
            }
        }
        return this;
    }

    /** Draws a straight line. */
    public Canvas line(double fromY, double fromX, double toY, double toX, int colour) {
        int steps = 2 * (int) Math.ceil(Math.max(1, Math.max(Math.abs(toY - fromY), Math.abs(toX - fromX))));
        for (int i = 0; i <= steps; i++) {
            double share = (double) i / steps;
            rectangle(
                    (int) Math.round(fromY + share * (toY - fromY) - 0.5),
                    (int) Math.round(fromX + share * (toX - fromX) - 0.5),
                    1,
                    1,
                    colour);
        }
        return this;
    }

    private void paint(int y, int x, int colour) {
        for (int channel = 0; channel < 3; channel++) {
            pixels[(channel * height + y) * width + x] = (colour >> (16 - 8 * channel) & 0xff) / 255f;
        }
    }

    /** What has been painted so far. */
    public Frame frame() {
        return new Frame(height, width, Arrays.copyOf(pixels, pixels.length));
    }
}
