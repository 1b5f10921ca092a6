package org.deutero.tasks.pictures;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tasks.ClassSplit;
import org.deutero.tasks.DataException;
import org.deutero.tasks.SplitSizes;
import org.deutero.tasks.files.CacheFolder;
import org.deutero.tasks.files.ImageCache;
import org.deutero.tasks.files.ImageCollection;
import org.deutero.tasks.files.LoadListener;
import org.deutero.tasks.files.Unusable;
import org.deutero.tasks.images.ImageFormat;
import org.deutero.tasks.images.LabelledImages;
import org.deutero.tasks.images.SplitImages;

/**
 * The user's own pictures: where they are, how their classes are split, and whether the decoded ones are kept.
 *
 * @param path folder, zip or CSV list
 * @param split auto, folders or random
 * @param splitFile a split by class name
 * @param trainShare of the classes, if random
 * @param validationShare of the classes, if random
 * @param seed of a random split
 * @param unusable what to do about pictures and classes that cannot serve
 * @param cache where decoded pictures are kept, if they are
 * @param format form of the images
 * @param demand what the tasks need
 */
record OwnImages(
        Path path,
        String split,
        Optional<Path> splitFile,
        double trainShare,
        double validationShare,
        long seed,
        Unusable unusable,
        Optional<ImageCache> cache,
        ImageFormat format,
        TaskRequirements demand)
        implements ImageSource.Loader {
    private static final String NO_CACHE = "none";
    private static final int NAMED = 5;

    static OwnImages of(Options o, ImageFormat format, TaskRequirements demand) {
        Path path = Path.of(o.required(
                "path",
                "folder or zip with one folder of PNG or JPEG images a class, or a CSV list of path and label"));
        String split = o.choice(
                "split",
                "auto",
                List.of("auto", "folders", "random"),
                "folders: classes lie in train, val and test; random: dealt out by share; auto: as it looks");
        Optional<Path> file = o.optionalText("split-file", "lines CLASS,train or CLASS,validation or CLASS,test")
                .map(Path::of);
        if (file.isPresent() && !split.equals("auto")) {
            throw new OptionsException(
                    "tasks.split is " + split + " and tasks.split-file is given; leave one of them out");
        }
        return new OwnImages(
                path,
                split,
                file,
                o.number("train-share", 0.6, 0, 1, "share of the classes to train on, if random"),
                o.number("validation-share", 0.2, 0, 1, "share of the classes to validate on, if random; 0 for none"),
                ImageSource.splitSeed(o),
                o.choice(
                        "unusable",
                        Unusable.REFUSE,
                        "whether unreadable pictures and classes with too few are refused or left out"),
                cache(o),
                format,
                demand);
    }

    private static Optional<ImageCache> cache(Options o) {
        Optional<String> folder = o.optionalText(
                "cache", "folder in which decoded pictures are kept, or none; if left out, that of the user");
        return folder.filter(NO_CACHE::equals).isPresent()
                ? Optional.empty()
                : Optional.of(new ImageCache(folder.map(Path::of).orElseGet(CacheFolder::find)));
    }

    @Override
    public SplitImages load(LoadListener listener) {
        ImportedSet source = ImportedSet.at(path, splitFile);
        ImageCollection scan = ImageCollection.scan(ImageSource.existing(source.pictures()));
        OwnSplit chosen = OwnSplit.choose(this, source, scan);
        scan.tell(unusable, listener);
        // Before hours of decoding: the names and numbers of files tell already whether the split can be made.
        split(chosen, chosen.images().classNames(), chosen.images()::count, LoadListener.NONE);
        LabelledImages images = cache.map(c -> c.load(chosen.images(), format, unusable, listener))
                .orElseGet(() -> chosen.images().load(format, unusable, listener));
        ClassSplit split = split(chosen, images.classNames(), images::count, listener);
        listener.note("Split of " + path + " by " + chosen.words() + ": "
                + split.train().size() + " classes to train, "
                + split.validation().size() + " to validate and " + split.test().size() + " to test on.");
        return new SplitImages(images, split);
    }

    private ClassSplit split(OwnSplit chosen, List<String> names, IntUnaryOperator count, LoadListener listener) {
        if (chosen.given().isPresent()) {
            return usable(chosen.given().get().apply(names), names, count, listener);
        }
        List<Integer> all = new ArrayList<>();
        for (int c = 0; c < names.size(); c++) {
            all.add(c);
        }
        List<Integer> fit = enough(all, demand.pictures(), names, count, listener);
        String name = String.valueOf(path.getFileName());
        SplitSizes sizes = SplitSizes.of(name, fit.size(), demand.classes(), trainShare, validationShare);
        ClassSplit dealt = ClassSplit.random(fit.size(), seed, sizes.train(), sizes.validation(), sizes.test());
        return new ClassSplit(pick(fit, dealt.train()), pick(fit, dealt.validation()), pick(fit, dealt.test()));
    }

    private static List<Integer> pick(List<Integer> from, List<Integer> places) {
        return places.stream().map(from::get).toList();
    }

    private ClassSplit usable(ClassSplit given, List<String> names, IntUnaryOperator count, LoadListener listener) {
        return new ClassSplit(
                enough(given.train(), demand.trainPictures(), names, count, listener),
                enough(given.validation(), demand.testPictures(), names, count, listener),
                enough(given.test(), demand.testPictures(), names, count, listener));
    }

    private List<Integer> enough(
            List<Integer> classes, int least, List<String> names, IntUnaryOperator count, LoadListener listener) {
        List<Integer> small =
                classes.stream().filter(c -> count.applyAsInt(c) < least).toList();
        if (small.isEmpty()) {
            return classes;
        }
        String which = String.join(
                ", ",
                small.stream().limit(NAMED).map(c -> "'" + names.get(c) + "'").toList());
        which += small.size() > NAMED ? " and " + (small.size() - NAMED) + " more" : "";
        if (unusable == Unusable.REFUSE) {
            int first = small.get(0);
            throw new DataException("class '" + names.get(first) + "' of " + path + " has " + count.applyAsInt(first)
                    + (count.applyAsInt(first) == 1 ? " image" : " images")
                    + ", but tasks with so many shots and queries need " + least
                    + (small.size() > 1 ? " (so do " + (small.size() - 1) + " other classes)" : "")
                    + "; add pictures, lower tasks.queries, or leave such classes out with tasks.unusable=skip");
        }
        listener.note("Classes with fewer than " + least + " pictures are left out: " + which + ".");
        return classes.stream().filter(c -> !small.contains(c)).toList();
    }
}
