package org.deutero.tasks.drawings;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.tasks.images.LabelledImages;

/**
 * Classes of a set of images, grey with ink light, {@link Canvas#SIDE} pixels a side; each class turned by quarters is four.
 *
 * @param images the set
 * @param chosen its classes
 * @param turned whether quarter turns are classes of their own
 */
record SetOfDrawings(LabelledImages images, List<Integer> chosen, boolean turned) implements DrawingTasks.Kind {
    private static final int TURNS = 4;

    @Override
    public List<DrawingTasks.Class> classes(int way, RandomGenerator rng) {
        int choices = chosen.size() * (turned ? TURNS : 1);
        int[] order = new int[choices];
        List<DrawingTasks.Class> classes = new ArrayList<>();
        for (int i = 0; i < choices; i++) {
            order[i] = i;
        }
        for (int i = 0; i < way; i++) {
            int swap = i + rng.nextInt(choices - i);
            int choice = order[swap];
            order[swap] = order[i];
            classes.add(drawn(
                    chosen.get(turned ? choice / TURNS : choice), turned ? choice % TURNS : 0, new ArrayList<>()));
        }
        return classes;
    }

    /** Gives each image of a class at most once, as shots and queries must differ. */
    private DrawingTasks.Class drawn(int c, int turns, List<Integer> given) {
        return (canvas, look, rng) -> {
            int item = rng.nextInt(images.count(c));
            while (given.contains(item)) {
                item = rng.nextInt(images.count(c));
            }
            given.add(item);
            float[] ink = canvas.ink();
            images.copyTo(c, item, ink, 0);
            if (turns > 0) {
                turn(ink, turns);
            }
        };
    }

    private static void turn(float[] ink, int turns) {
        int side = Canvas.SIDE;
        float[] upright = ink.clone();
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                int from = switch (turns) {
                    case 1 -> x * side + side - 1 - y;
                    case 2 -> (side - 1 - y) * side + side - 1 - x;
                    default -> (side - 1 - x) * side + y;
                };
                ink[y * side + x] = upright[from];
            }
        }
    }
}
