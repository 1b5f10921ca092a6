package org.deutero.tasks.projection;

import java.util.List;
import org.deutero.tasks.DataException;
import org.deutero.tasks.images.LabelledImages;

/**
 * Images that sequences are drawn from: all of some classes, each as likely as any other.
 *
 * @param images the set
 * @param classes of it that are used
 */
public record ImagePool(LabelledImages images, List<Integer> classes) {
    /** @throws DataException if there are fewer classes than a task has */
    public static ImagePool of(LabelledImages images, List<Integer> classes, int way) {
        if (classes.size() < way) {
            throw new DataException("tasks have " + way + " classes, but " + images.name() + " has only "
                    + classes.size() + " for them; expected tasks.way of at most " + classes.size());
        }
        return new ImagePool(images, classes);
    }

    /** Copies the list. */
    public ImagePool {
        classes = List.copyOf(classes);
    }

    /** Images of some of the classes, by their places among them. */
    long count(int[] places) {
        long all = 0;
        for (int place : places) {
            all += images.count(classes.get(place));
        }
        return all;
    }

    /**
     * Copies one of these images.
     *
     * @param item counted over all of them, class after class
     * @return the place in {@code places} of its class
     */
    int copy(int[] places, long item, float[] target, int from) {
        long rest = item;
        int k = 0;
        while (rest >= images.count(classes.get(places[k]))) {
            rest -= images.count(classes.get(places[k++]));
        }
        images.copyTo(classes.get(places[k]), (int) rest, target, from);
        return k;
    }
}
