package org.deutero.tasks.pictures;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.deutero.tasks.ClassSplit;
import org.deutero.tasks.files.Mnist;
import org.deutero.tasks.images.ImageFormat;
import org.deutero.tasks.images.LabelledImages;
import org.deutero.tasks.omniglot.Omniglot;

/** Sets of images that can be learned from scratch as a stream. */
enum StreamImages {
    /** Handwritten digits; the test part judges. */
    MNIST(28) {
        @Override
        Pools load(ImageFormat format, Optional<Integer> crop) {
            return idx(Mnist.DIGITS, format, crop);
        }
    },
    /** Clothing; the test part judges. */
    FASHION_MNIST(28) {
        @Override
        Pools load(ImageFormat format, Optional<Integer> crop) {
            return idx(Mnist.FASHION, format, crop);
        }
    },
    /** Characters in the alphabetical split, ink light; a few drawings of each judge. */
    OMNIGLOT(Omniglot.SIDE) {
        @Override
        Pools load(ImageFormat format, Optional<Integer> crop) {
            LabelledImages images = crop.isPresent()
                    ? formed(Omniglot.images(ImageFormat.grey(side()).invert()), format, crop)
                    : Omniglot.images(format.invert());
            ClassSplit split = Omniglot.vinyals();
            return new Pools(images, images, split.train(), split.validation(), split.test());
        }
    };

    private final int side;

    StreamImages(int side) {
        this.side = side;
    }

    /** Side of the pictures as they are, in pixels. */
    int side() {
        return side;
    }

    /**
     * Loaded images.
     *
     * @param stream to learn from
     * @param judged to be judged on, with the same classes; may be the same
     * @param train classes of meta-training
     * @param validation classes of validation; equal to the others where no class is held out
     * @param test classes of the test
     */
    record Pools(
            LabelledImages stream,
            LabelledImages judged,
            List<Integer> train,
            List<Integer> validation,
            List<Integer> test) {}

    /**
     * Loads the set.
     *
     * @param crop side of the central square that is used, in pixels; all of the picture if absent
     */
    abstract Pools load(ImageFormat format, Optional<Integer> crop);

    static StreamImages named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    private static Pools idx(Mnist set, ImageFormat format, Optional<Integer> crop) {
        LabelledImages train = formed(set.train(set.folder()), format, crop);
        LabelledImages test = formed(set.test(set.folder()), format, crop);
        List<Integer> all = IntStream.range(0, train.classes()).boxed().toList();
        return new Pools(train, test, all, all, all);
    }

    private static LabelledImages formed(LabelledImages images, ImageFormat format, Optional<Integer> crop) {
        return crop.map(images::centre).orElse(images).as(format);
    }
}
