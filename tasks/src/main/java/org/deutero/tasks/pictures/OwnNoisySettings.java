package org.deutero.tasks.pictures;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.deutero.options.Options;
import org.deutero.tasks.DataException;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskSource;
import org.deutero.tasks.files.ImageCollection;
import org.deutero.tasks.files.LoadListener;
import org.deutero.tasks.files.NamedImages;
import org.deutero.tasks.files.Unusable;
import org.deutero.tasks.images.ImageFormat;
import org.deutero.tasks.images.Labelled;
import org.deutero.tasks.images.LabelledImages;
import org.deutero.tasks.images.NoisySplit;
import org.deutero.tasks.source.TaskSet;
import org.deutero.tasks.source.TrainingPictures;

/**
 * The user's own pictures, some of which lie in the wrong folder, and a few clean ones of the same classes: a share of these is held out to judge, the others weigh.
 *
 * @param path pictures to train on, one folder a class
 * @param clean clean pictures, the same folders
 * @param heldOut share of the clean pictures of every class that judges
 * @param unusable what to do about pictures that cannot be read
 * @param format form of the images
 * @param batches of an iteration
 * @param splitSeed of the choice of what is held out
 * @param classes how many there are, as far as the names of folders tell by now
 */
record OwnNoisySettings(
        Path path,
        Path clean,
        double heldOut,
        Unusable unusable,
        ImageFormat format,
        NoisySettings.Batches batches,
        long splitSeed,
        int classes)
        implements ClassifierSettings {
    /** One to weigh by, one to judge by. */
    private static final int FEWEST_CLEAN = 2;

    static OwnNoisySettings of(Options o) {
        Path path = Path.of(
                o.required("path", "folder or zip with one folder of pictures a class, some of them in the wrong one"));
        Path clean =
                Path.of(o.required("clean", "folder or zip of a few pictures of the same classes, all of them right"));
        return new OwnNoisySettings(
                path,
                clean,
                o.number(
                        "held-out-share",
                        0.3,
                        0.01,
                        0.99,
                        "share of the clean pictures that the classifier is judged by"),
                o.choice("unusable", Unusable.REFUSE, "whether unreadable pictures are refused or left out"),
                ImageSource.IMAGES.format(o),
                NoisySettings.Batches.of(o),
                ImageSource.splitSeed(o),
                counted(clean));
    }

    /** The number of classes decides the size of the network, before anything is loaded. Loading says what is wrong. */
    private static int counted(Path clean) {
        if (Files.exists(clean)) {
            try {
                return Math.max(2, ImageCollection.scan(clean).classNames().size());
            } catch (DataException e) {
                return 2;
            }
        }
        return 2;
    }

    @Override
    public TaskSet load(LoadListener listener) {
        ImageCollection noisy = ImageCollection.scan(ImageSource.existing(path));
        ImageCollection right = ImageCollection.scan(existingClean());
        noisy.tell(unusable, listener);
        right.tell(unusable, listener);
        // Before anything is decoded.
        sameClasses(noisy.classNames(), right.classNames());
        for (int c = 0; c < right.classNames().size(); c++) {
            enough(right.classNames().get(c), right.count(c));
        }
        NamedImages train = noisy.loadNamed(format, unusable, listener);
        LabelledImages few = right.loadNamed(format, unusable, listener).images();
        sameClasses(train.images().classNames(), few.classNames());
        List<Labelled> parts = dealt(few);
        Labelled all = Labelled.all(train.images());
        int[] others = others(all, few);
        Labelled noisyOnes = all.some(others);
        TaskSource<Episodes> test = batches.judged(parts.get(1));
        int judging = parts.get(1).size();
        listener.note(noisyOnes.size() + " pictures of " + few.classes() + " classes to train on"
                + (others.length < all.size()
                        ? " (" + (all.size() - others.length) + " more are among the clean ones and are left out), "
                        : ", ")
                + (few.total() - judging) + " clean ones to weigh them by and " + judging + " to judge by.");
        List<String> files = Arrays.stream(others).mapToObj(train.names()::get).toList();
        return new TaskSet(
                        batches.of(noisyOnes, parts.get(0)), Optional.empty(), test, test, Optional.of(train.images()))
                .with(new TrainingPictures(noisyOnes, files, (float) batches.mean(), (float) batches.deviation()));
    }

    /** Pictures that are not among the clean ones: what weighs and judges must not be trained on. */
    private int[] others(Labelled all, LabelledImages right) {
        Set<String> known = new HashSet<>();
        for (int c = 0; c < right.classes(); c++) {
            for (int i = 0; i < right.count(c); i++) {
                known.add(key(right, c, i));
            }
        }
        int[] others = IntStream.range(0, all.size())
                .filter(i -> !known.contains(key(all.images(), all.classes()[i], all.items()[i])))
                .toArray();
        if (others.length == 0) {
            throw new DataException("all pictures of " + path + " are among the clean ones of " + clean
                    + "; expected others to train on");
        }
        return others;
    }

    /** The pixels themselves. */
    private static String key(LabelledImages images, int c, int item) {
        return new String(images.image(c, item).pixels(), StandardCharsets.ISO_8859_1);
    }

    private Path existingClean() {
        if (!Files.exists(clean)) {
            throw new DataException("the clean pictures " + clean
                    + " (tasks.clean) do not exist; give a folder of them with --clean PATH");
        }
        return clean;
    }

    private void sameClasses(List<String> noisy, List<String> right) {
        for (String name : noisy) {
            if (!right.contains(name)) {
                throw new DataException(clean + " has no class '" + name + "', which " + path
                        + " has; add a folder of that name with at least " + FEWEST_CLEAN + " clean pictures");
            }
        }
        for (String name : right) {
            if (!noisy.contains(name)) {
                throw new DataException(path + " has no class '" + name + "', which " + clean
                        + " has; add pictures of it, or take its folder away from the clean ones");
            }
        }
        if (right.size() < 2) {
            throw new DataException(clean + " has only one class, '" + right.get(0) + "'; expected at least two");
        }
    }

    private void enough(String name, int count) {
        if (count < FEWEST_CLEAN) {
            throw new DataException("class '" + name + "' of " + clean + " has " + count
                    + (count == 1 ? " picture" : " pictures") + ", but at least " + FEWEST_CLEAN
                    + " are needed: one to weigh by and one to judge by");
        }
    }

    /** The clean pictures to weigh by, those of smaller classes over and over until all are of one size, and those that are held out. */
    private List<Labelled> dealt(LabelledImages images) {
        SplittableRandom rng = new SplittableRandom(splitSeed);
        List<List<Integer>> weigh = new ArrayList<>();
        List<Integer> judge = new ArrayList<>();
        int from = 0;
        for (int c = 0; c < images.classes(); c++) {
            int count = images.count(c);
            enough(images.className(c), count);
            int held = Math.max(1, Math.min(count - 1, (int) Math.round(heldOut * count)));
            List<Integer> own = new ArrayList<>();
            int[] order = NoisySplit.order(count, rng);
            for (int i = 0; i < count; i++) {
                (i < held ? judge : own).add(from + order[i]);
            }
            weigh.add(own);
            from += count;
        }
        int most = weigh.stream().mapToInt(List::size).max().orElseThrow();
        List<Integer> even = weigh.stream()
                .flatMap(own -> IntStream.range(0, most).mapToObj(i -> own.get(i % own.size())))
                .toList();
        Labelled all = Labelled.all(images);
        return List.of(some(all, even), some(all, judge));
    }

    private static Labelled some(Labelled all, List<Integer> which) {
        return all.some(which.stream().mapToInt(Integer::intValue).toArray());
    }
}
