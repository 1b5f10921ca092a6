package org.deutero.tasks.pictures;

import java.util.List;
import java.util.Optional;
import org.deutero.options.Options;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskShape;
import org.deutero.tasks.TaskSource;
import org.deutero.tasks.files.LoadListener;
import org.deutero.tasks.images.AffineAugmentation;
import org.deutero.tasks.images.GroupedEpisodes;
import org.deutero.tasks.images.ImageFormat;
import org.deutero.tasks.images.LabelledImages;
import org.deutero.tasks.omniglot.Alphabets;
import org.deutero.tasks.omniglot.Omniglot;
import org.deutero.tasks.source.PictureInputs;
import org.deutero.tasks.source.SetSettings;
import org.deutero.tasks.source.TaskSet;
import org.deutero.tasks.source.TaskSettings;

/**
 * Multi-shot Omniglot: a task is an alphabet, with many drawings of each of its characters.
 *
 * @param form of the tasks
 * @param train alphabets to train on
 * @param test alphabets to test on
 * @param splitSeed of the order in which alphabets are dealt
 * @param format form of the drawings
 */
public record AlphabetSettings(GroupedEpisodes.Form form, int train, int test, long splitSeed, ImageFormat format)
        implements TaskSettings {
    private static final int PICTURED_QUERIES = 1;

    /** Reads the keys. */
    public static AlphabetSettings of(Options o) {
        int way = o.integer("way", 20, 2, 55, "characters of an alphabet; alphabets with fewer are left out");
        int shot = o.integer("shot", 15, 1, 19, "drawings of each character to learn from");
        int queries = o.integer("queries", 5, 1, 19, "drawings of each character to be judged on");
        boolean fixed = o.flag(
                "fixed",
                true,
                "whether an alphabet is always the same task, or else characters, their order and drawings are drawn anew");
        double degrees = o.number("turn", 180, 0, 180, "drawings are turned by at most so many degrees, either way");
        double shift = o.number("shift", 0.2, 0, 1, "drawings are moved by at most this share of their side");
        double scale = o.number("scale", 0.2, 0, 0.999, "drawings are at most by this share larger or smaller");
        AffineAugmentation affine =
                SetSettings.checked(o, () -> new AffineAugmentation(degrees, shift, scale), "turn", "shift", "scale");
        return new AlphabetSettings(
                new GroupedEpisodes.Form(way, shot, queries, fixed, affine),
                o.integer("train-alphabets", 25, 1, 50, "alphabets to train on; those left over are for validation"),
                o.integer("test-alphabets", 10, 1, 50, "alphabets to test on"),
                ImageSource.splitSeed(o),
                ImageSource.OMNIGLOT.format(o));
    }

    @Override
    public TaskShape shape() {
        return TaskShape.images(format.channels(), format.height(), form.way());
    }

    @Override
    public int trainWay() {
        return form.way();
    }

    @Override
    public int supportSize() {
        return form.way() * form.shot();
    }

    @Override
    public int convenientShard() {
        return 1;
    }

    @Override
    public Optional<PictureInputs> pictureInputs() {
        return Optional.of(new PictureInputs(format, format.inverted()));
    }

    @Override
    public TaskSet load(LoadListener listener) {
        Alphabets alphabets = Alphabets.of(form.way(), train, test, splitSeed);
        LabelledImages images = Omniglot.images(format);
        GroupedEpisodes.Form pictured =
                new GroupedEpisodes.Form(form.way(), form.shot(), PICTURED_QUERIES, form.fixed(), form.augmentation());
        return new TaskSet(
                source(images, alphabets.train(), form),
                alphabets.validation().isEmpty()
                        ? Optional.empty()
                        : Optional.of(source(images, alphabets.validation(), form)),
                source(images, alphabets.test(), form),
                source(images, alphabets.test(), pictured),
                Optional.of(images));
    }

    private static TaskSource<Episodes> source(
            LabelledImages images, List<List<Integer>> alphabets, GroupedEpisodes.Form form) {
        return new GroupedEpisodes(images, alphabets, form);
    }
}
