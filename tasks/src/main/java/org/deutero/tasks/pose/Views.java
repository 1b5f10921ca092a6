package org.deutero.tasks.pose;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Pictures of objects from many sides, with how far they are turned.
 *
 * @param size side of a picture in pixels
 * @param outputs how many numbers say how far
 * @param pixels of each object its pictures, one after the other, row by row
 * @param turns of each object, as a share of a full turn in [0, 1): [views * outputs]
 */
@SuppressWarnings("ArrayRecordComponent") // views are never compared
public record Views(int size, int outputs, byte[][] pixels, float[][] turns) {
    /** What turns. */
    public enum Axis {
        /** The object, about its upright axis: sides come into view and go. */
        DEPTH(1),
        /** The picture, which shows the object from one side. */
        PLANE(1),
        /** Both, each by an angle of its own. */
        BOTH(2);

        private final int outputs;

        Axis(int outputs) {
            this.outputs = outputs;
        }

        /** Numbers that say how far. */
        public int outputs() {
            return outputs;
        }
    }

    /**
     * Pictures to be taken.
     *
     * @param objects how many
     * @param views of each
     * @param size in pixels
     * @param axis what turns
     * @param elevation degrees by which the camera looks down
     * @param tilt most degrees more or less, by chance
     * @param seed of everything
     */
    public record Plan(int objects, int views, int size, Axis axis, double elevation, double tilt, long seed) {}

    /** Objects of the plan from number {@code from} (included) to {@code to} (excluded). An object is the same in every part and for every number of objects. */
    public static Views rendered(Plan plan, int from, int to) {
        int area = plan.size() * plan.size();
        byte[][] pixels = new byte[to - from][plan.views() * area];
        float[][] turns = new float[to - from][plan.views() * plan.axis().outputs()];
        Renderer renderer = new Renderer(plan.size());
        IntStream.range(0, to - from).parallel().forEach(i -> {
            SplittableRandom rng = new SplittableRandom(plan.seed() * 1_000_003 + from + i);
            SolidObject object = SolidObject.random(rng);
            for (int v = 0; v < plan.views(); v++) {
                Rotation3 turn = turn(plan, object, rng, turns[i], v);
                renderer.draw(object, turn, pixels[i], v * area);
            }
        });
        return new Views(plan.size(), plan.axis().outputs(), pixels, turns);
    }

    private static Rotation3 turn(Plan plan, SolidObject object, SplittableRandom rng, float[] turns, int view) {
        boolean depth = plan.axis() != Axis.PLANE;
        boolean plane = plan.axis() != Axis.DEPTH;
        int at = view * plan.axis().outputs();
        double spin = object.canonical();
        if (depth) {
            double share = rng.nextDouble();
            turns[at++] = below(share);
            spin += 2 * Math.PI * share;
        }
        double tilt = (plan.elevation() + plan.tilt() * (2 * rng.nextDouble() - 1)) * Math.PI / 180;
        Rotation3 upright = Rotation3.tilt(tilt).after(Rotation3.vertical(spin));
        if (!plane) {
            return upright;
        }
        double share = rng.nextDouble();
        turns[at] = below(share);
        // the object's own start in the plane, too, which its shape does not tell
        return Rotation3.plane(2 * Math.PI * share + 3 * object.canonical()).after(upright);
    }

    /** In single precision, but never a whole turn. */
    private static float below(double share) {
        float rounded = (float) share;
        return rounded < 1 ? rounded : 0;
    }

    /** How many objects there are. */
    public int objects() {
        return pixels.length;
    }

    /** How many pictures there are of an object. */
    public int count(int object) {
        return turns[object].length / outputs;
    }

    /** Some of the objects, from number {@code from} (included) to {@code to} (excluded). */
    public Views part(int from, int to) {
        return new Views(size, outputs, Arrays.copyOfRange(pixels, from, to), Arrays.copyOfRange(turns, from, to));
    }
}
