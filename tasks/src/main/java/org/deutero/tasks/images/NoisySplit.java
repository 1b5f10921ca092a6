package org.deutero.tasks.images;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.deutero.tasks.DataException;

/**
 * Training pictures with noisy labels, and clean pictures to weigh and to judge them by; no picture is in two parts.
 *
 * @param train with wrong labels
 * @param clean as many of each class as of any other, with right labels
 * @param validation with right labels; may be empty
 * @param test with right labels
 */
public record NoisySplit(Labelled train, Labelled clean, Labelled validation, Labelled test) {
    /**
     * Numbers of pictures.
     *
     * @param train to train on, before the classes are made unequal; 0 for all that are left
     * @param clean with right labels to weigh by
     * @param validation to choose by; 0 for none
     * @param test to test on
     */
    public record Sizes(int train, int clean, int validation, int test) {}

    /**
     * What is done to the training pictures.
     *
     * @param noise of their labels
     * @param imbalance the largest class is so many times the smallest, which comes last; 1 for equal ones
     */
    public record Damage(LabelNoise noise, double imbalance) {}

    /**
     * Deals out a data set.
     *
     * @param images to train on
     * @param test to test on; the same set if it has no part of its own for that
     * @throws DataException if there are too few pictures
     */
    public static NoisySplit of(LabelledImages images, LabelledImages test, Sizes sizes, Damage damage, long seed) {
        RandomGenerator rng = new SplittableRandom(seed);
        Deal deal = new Deal(images, rng);
        Labelled clean = deal.balanced(sizes.clean());
        boolean own = test != images;
        Labelled validation = deal.balanced(sizes.validation());
        Labelled judged = own ? new Deal(test, rng).balanced(sizes.test()) : deal.balanced(sizes.test());
        Labelled train = deal.unequal(sizes.train(), damage.imbalance());
        return new NoisySplit(
                train.with(damage.noise().labels(train.classes(), images.classes(), rng)), clean, validation, judged);
    }

    /** A random order of so many pictures. */
    public static int[] order(int n, RandomGenerator rng) {
        int[] order = new int[n];
        new Chooser(n).choose(n, rng, order);
        return order;
    }

    /** Pictures of each class in random order, dealt from the front. */
    private static final class Deal {
        private final LabelledImages images;
        private final List<int[]> orders = new ArrayList<>();
        private final int[] dealt;

        Deal(LabelledImages images, RandomGenerator rng) {
            this.images = images;
            this.dealt = new int[images.classes()];
            for (int c = 0; c < images.classes(); c++) {
                orders.add(order(images.count(c), rng));
            }
        }

        private int left(int c) {
            return orders.get(c).length - dealt[c];
        }

        /** As many of each class, one more of the first ones where the number demands it. */
        Labelled balanced(int total) {
            int[] counts = new int[images.classes()];
            for (int c = 0; c < counts.length; c++) {
                counts[c] = total / counts.length + (c < total % counts.length ? 1 : 0);
            }
            return take(counts);
        }

        /** Each class as a share of the largest that falls exponentially from class to class. */
        Labelled unequal(int total, double imbalance) {
            int classes = images.classes();
            int[] counts = new int[classes];
            for (int c = 0; c < classes; c++) {
                int full = total == 0 ? left(c) : total / classes + (c < total % classes ? 1 : 0);
                double share = classes == 1 ? 1 : Math.pow(imbalance, -c / (classes - 1.0));
                counts[c] = Math.max(1, (int) Math.round(full * share));
            }
            return take(counts);
        }

        private Labelled take(int[] counts) {
            int total = Arrays.stream(counts).sum();
            int[] classes = new int[total];
            int[] items = new int[total];
            int at = 0;
            for (int c = 0; c < counts.length; c++) {
                if (counts[c] > left(c)) {
                    throw new DataException(
                            "class '" + images.className(c) + "' of " + images.name() + " has "
                                    + images.count(c) + " pictures, but " + (dealt[c] + counts[c])
                                    + " are asked for; lower tasks.train-examples, clean-examples, validation-examples or test-examples");
                }
                for (int i = 0; i < counts[c]; i++) {
                    classes[at] = c;
                    items[at++] = orders.get(c)[dealt[c]++];
                }
            }
            return Labelled.of(images, classes, items);
        }
    }
}
