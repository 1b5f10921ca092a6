package org.deutero.tasks.drawings;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A sign that nobody has drawn before: one to four parts, which are lines with bends, arcs, rings and polygons. Each drawing of it is a little different, as those of people are.
 *
 * @param parts each {@code [n, 2]}, points that a stroke goes through, in shares of the sheet
 */
record Symbol(List<double[][]> parts) {
    private static final int MOST_PARTS = 4;
    private static final int GRID = 4;
    private static final int ARC_POINTS = 9;
    private static final double MARGIN = 0.18;
    private static final double HAND = 0.025;
    private static final double LEAN = 0.06;

    /** A new sign. Half of them are letter-like: their strokes start and end on a grid. */
    static Symbol draw(RandomGenerator rng) {
        boolean onGrid = rng.nextBoolean();
        int number = 1 + rng.nextInt(MOST_PARTS);
        List<double[][]> parts = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            parts.add(part(onGrid, rng));
        }
        return new Symbol(parts);
    }

    /** A sign that differs in one part, which makes the two hard to tell apart. */
    Symbol changed(RandomGenerator rng) {
        List<double[][]> other = new ArrayList<>(parts);
        int place = rng.nextInt(parts.size() + 1);
        if (place == parts.size()) {
            other.add(part(rng.nextBoolean(), rng));
        } else {
            other.set(place, part(rng.nextBoolean(), rng));
        }
        return new Symbol(other);
    }

    private static double[][] part(boolean onGrid, RandomGenerator rng) {
        double kind = rng.nextDouble();
        if (kind < 0.45) {
            return points(2 + rng.nextInt(3), onGrid, rng);
        }
        if (kind < 0.6) {
            return closed(points(3 + rng.nextInt(3), onGrid, rng));
        }
        double start = 2 * Math.PI * rng.nextDouble();
        double sweep = kind < 0.85 ? Math.PI * (0.5 + 1.2 * rng.nextDouble()) : 2 * Math.PI;
        double[] centre = points(1, onGrid, rng)[0];
        double wide = 0.08 + 0.27 * rng.nextDouble();
        double high = 0.08 + 0.27 * rng.nextDouble();
        double[][] arc = new double[ARC_POINTS][];
        for (int i = 0; i < ARC_POINTS; i++) {
            double angle = start + sweep * i / (ARC_POINTS - 1);
            arc[i] =
                    new double[] {within(centre[0] + wide * Math.cos(angle)), within(centre[1] + high * Math.sin(angle))
                    };
        }
        return arc;
    }

    private static double within(double v) {
        return Math.max(MARGIN / 2, Math.min(1 - MARGIN / 2, v));
    }

    private static double[][] points(int number, boolean onGrid, RandomGenerator rng) {
        double[][] points = new double[number][2];
        for (double[] point : points) {
            for (int axis = 0; axis < 2; axis++) {
                double share = onGrid ? rng.nextInt(GRID) / (GRID - 1.0) : rng.nextDouble();
                point[axis] = MARGIN + (1 - 2 * MARGIN) * share;
            }
        }
        return points;
    }

    private static double[][] closed(double[][] points) {
        double[][] ring = Arrays.copyOf(points, points.length + 1);
        ring[points.length] = points[0];
        return ring;
    }

    /** Draws it once more, by another hand. */
    void on(Canvas canvas, Look look, RandomGenerator rng) {
        for (double[][] part : parts) {
            double moveX = HAND * rng.nextGaussian();
            double moveY = HAND * rng.nextGaussian();
            double bend = LEAN * rng.nextGaussian();
            double[][] drawn = new double[part.length][];
            double unsteady = part.length == ARC_POINTS ? HAND / 3 : HAND;
            for (int i = 0; i < part.length; i++) {
                drawn[i] = new double[] {
                    part[i][0] + moveX + unsteady * rng.nextGaussian() + bend * (part[i][1] - 0.5),
                    part[i][1] + moveY + unsteady * rng.nextGaussian()
                };
            }
            if (part[0] == part[part.length - 1]) {
                drawn[part.length - 1] = drawn[0];
            }
            stroke(canvas, look, drawn);
        }
    }

    private static void stroke(Canvas canvas, Look look, double[][] points) {
        for (int i = 0; i + 1 < points.length; i++) {
            double dx = points[i + 1][0] - points[i][0];
            double dy = points[i + 1][1] - points[i][1];
            double across = Math.abs(dx) / Math.max(1e-9, Math.hypot(dx, dy));
            double width = look.width() * (1 - look.contrast() * across);
            canvas.line(points[i][0], points[i][1], points[i + 1][0], points[i + 1][1], width);
        }
        boolean open = points[0] != points[points.length - 1] && points.length < ARC_POINTS;
        if (look.serifs() > 0 && open) {
            tick(canvas, look, points[0]);
            tick(canvas, look, points[points.length - 1]);
        }
    }

    private static void tick(Canvas canvas, Look look, double[] end) {
        canvas.line(end[0] - look.serifs(), end[1], end[0] + look.serifs(), end[1], look.width() / 2);
    }
}
