package org.deutero.tasks.images;

import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.deutero.tasks.ArraySize;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.SetSizes;
import org.deutero.tasks.TaskSource;
import org.deutero.tensor.Tensor;

/**
 * Completion of pictures: a task is the function from a place to its brightness, of which some pixels are shown (Garnelo et al. 2018, arXiv 1807.01613, section 4.2).
 *
 * <p>Inputs are {@code [tasks, points, 2]}: row and column as (i - side / 2) / (side / 2), targets {@code [tasks, points, channels]}: values less 1/2 (EmilienDupont/neural-processes). Queries are either the pixels shown and
 * some more, as neural processes are trained, or all pixels, row by row. All tasks of a batch have the same numbers of pixels, drawn once for the batch: unless these are fixed, drawing a + b tasks is not drawing a and then
 * b. The first of many pixels shown are those that fewer would be.
 *
 * @param images to draw from, each alike
 * @param classes whose images are drawn
 * @param sizes numbers of pixels
 * @param order which pixels are shown
 * @param whole whether all pixels are asked for
 */
public record Pixels(LabelledImages images, List<Integer> classes, SetSizes sizes, Order order, boolean whole)
        implements TaskSource<Episodes> {
    /** Which pixels are shown. */
    public enum Order {
        /** Any, without order. */
        RANDOM,
        /** Row by row from the top. */
        RASTER
    }

    /** Refuses more pixels than there are. */
    public Pixels {
        classes = List.copyOf(classes);
        int area = images.height() * images.width();
        if (sizes.most() > area || sizes.fewest() + sizes.fewestExtra() > area) {
            throw new IllegalArgumentException("an image of " + images.height() + "x" + images.width()
                    + " pixels cannot show " + sizes.most() + " and ask for " + sizes.fewestExtra() + " more");
        }
        if (classes.isEmpty()) {
            throw new IllegalArgumentException("there are no classes to draw images of " + images.name() + " from");
        }
    }

    @Override
    public Episodes sample(int tasks, RandomGenerator rng) {
        int area = images.height() * images.width();
        SetSizes.Drawn drawn = sizes.draw(rng);
        int shown = drawn.shown();
        int asked = whole ? area : Math.min(area, shown + drawn.extra());
        Points support = new Points(tasks, shown);
        Points query = new Points(tasks, asked);
        float[] image = new float[images.imageSize()];
        for (int t = 0; t < tasks; t++) {
            SplittableRandom own = new SplittableRandom(rng.nextLong());
            choose(image, own);
            int[] places = places(own);
            for (int i = 0; i < asked; i++) {
                query.put(t, i, whole ? i : places[i], image);
            }
            for (int i = 0; i < shown; i++) {
                support.put(t, i, places[i], image);
            }
        }
        return new Episodes(support.x(), support.y(), query.x(), query.y(), 0);
    }

    private void choose(float[] image, RandomGenerator rng) {
        int number = 0;
        for (int c : classes) {
            number += images.count(c);
        }
        int at = rng.nextInt(number);
        for (int c : classes) {
            if (at < images.count(c)) {
                images.copyTo(c, at, image, 0);
                return;
            }
            at -= images.count(c);
        }
    }

    /** Pixels in random order; in raster order the first of them are those that may be shown, the others stay at random. */
    private int[] places(RandomGenerator rng) {
        int area = images.height() * images.width();
        int[] places = new int[area];
        for (int i = 0; i < area; i++) {
            places[i] = i;
        }
        int first = order == Order.RASTER ? sizes.most() : 0;
        for (int i = area - 1; i > first; i--) {
            int j = first + rng.nextInt(i - first + 1);
            int other = places[i];
            places[i] = places[j];
            places[j] = other;
        }
        return places;
    }

    private final class Points {
        private final int tasks;
        private final int number;
        private final float[] x;
        private final float[] y;

        Points(int tasks, int number) {
            this.tasks = tasks;
            this.number = number;
            x = new float[ArraySize.of(tasks, number, 2)];
            y = new float[ArraySize.of(tasks, number, images.channels())];
        }

        void put(int task, int i, int place, float[] image) {
            int at = task * number + i;
            x[2 * at] = coordinate(place / images.width(), images.height());
            x[2 * at + 1] = coordinate(place % images.width(), images.width());
            int area = images.height() * images.width();
            for (int c = 0; c < images.channels(); c++) {
                y[images.channels() * at + c] = image[c * area + place] - 0.5f;
            }
        }

        Tensor x() {
            return Tensor.of(x, tasks, number, 2);
        }

        Tensor y() {
            return Tensor.of(y, tasks, number, images.channels());
        }
    }

    private static float coordinate(int i, int side) {
        return (float) ((i - side / 2.0) / (side / 2.0));
    }
}
