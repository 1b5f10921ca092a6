package org.deutero.tasks.pictures;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.deutero.options.Options;
import org.deutero.tasks.ClassSplit;
import org.deutero.tasks.DataException;
import org.deutero.tasks.files.LoadListener;
import org.deutero.tasks.files.MiniImageNet;
import org.deutero.tasks.files.Mnist;
import org.deutero.tasks.images.ImageFormat;
import org.deutero.tasks.images.Resampling;
import org.deutero.tasks.images.SplitImages;
import org.deutero.tasks.omniglot.Omniglot;

/** The sets of labelled images that a recipe can name. */
public enum ImageSource {
    /** In the jar. */
    OMNIGLOT(1, 28, true) {
        @Override
        Loader loader(Options o, ImageFormat format, TaskRequirements demand) {
            String split = o.choice(
                    "split",
                    "vinyals",
                    List.of("vinyals", "lake", "random"),
                    "classes to train, validate and test on: alphabetical, Lake's own, or random (easier)");
            long seed = split.equals("random") ? splitSeed(o) : 0;
            return listener -> new SplitImages(Omniglot.images(format), omniglot(split, seed));
        }
    },

    /** A zip of the user's. */
    MINI_IMAGENET(3, 32, false) {
        @Override
        Loader loader(Options o, ImageFormat format, TaskRequirements demand) {
            Optional<Path> path = path(o, "zip or folder; if left out, it is looked for in the data folder");
            return listener -> path.map(file -> MiniImageNet.read(existing(file), format))
                    .orElseGet(() -> format.height() > MiniImageNet.TILE ? MiniImageNet.large() : MiniImageNet.small());
        }
    },

    /** Four IDX files of the user's. */
    FASHION_MNIST(1, 28, false) {
        @Override
        Loader loader(Options o, ImageFormat format, TaskRequirements demand) {
            return idx(Mnist.FASHION, o, format);
        }
    },

    /** Four IDX files of the user's. */
    MNIST(1, 28, false) {
        @Override
        Loader loader(Options o, ImageFormat format, TaskRequirements demand) {
            return idx(Mnist.DIGITS, o, format);
        }
    },

    /** Pictures of the user's. */
    IMAGES(3, 84, false) {
        @Override
        Loader loader(Options o, ImageFormat format, TaskRequirements demand) {
            return OwnImages.of(o, format, demand);
        }
    };

    /** Loads the images with their split. */
    @FunctionalInterface
    public interface Loader {
        SplitImages load(LoadListener listener);
    }

    private final int channels;
    private final int size;
    private final boolean inverted;

    ImageSource(int channels, int size, boolean inverted) {
        this.channels = channels;
        this.size = size;
        this.inverted = inverted;
    }

    /** Asks for the keys of this source; nothing is read from disk before the loader runs. */
    abstract Loader loader(Options o, ImageFormat format, TaskRequirements demand);

    /** The form of the images. */
    ImageFormat format(Options o) {
        int side = o.integer("size", size, 1, 1024, "side of the images in pixels");
        boolean colour = this == IMAGES ? o.flag("colour", true, "colour, or else grey") : channels == 3;
        Resampling resampling = o.choice("resampling", Resampling.AREA, "how images are brought to that size");
        boolean invert = o.flag("invert", inverted, "whether dark becomes light");
        return new ImageFormat(colour ? 3 : 1, side, side, resampling, invert);
    }

    /** Side of the images in pixels, unless a recipe says otherwise. */
    public int side() {
        return size;
    }

    /** Whether images are in colour, unless a recipe says otherwise. */
    public boolean colour() {
        return channels == 3;
    }

    /** The set that a recipe calls so; empty for a source that is no set of images. */
    public static Optional<ImageSource> find(String name) {
        return Arrays.stream(values())
                .filter(set ->
                        set.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(name))
                .findFirst();
    }

    /** The split of Omniglot of that name; the seed is a random one's. */
    public static ClassSplit omniglot(String split, long seed) {
        return switch (split) {
            case "lake" -> Omniglot.lake();
            case "random" -> Omniglot.random(seed, 100);
            default -> Omniglot.vinyals();
        };
    }

    private static Loader idx(Mnist set, Options o, ImageFormat format) {
        Optional<Path> path = path(o, "folder of the IDX files; if left out, it is looked for in the data folder");
        return listener -> new SplitImages(
                set.train(path.map(ImageSource::existing).orElseGet(set::folder))
                        .as(format),
                set.fewShot());
    }

    private static Optional<Path> path(Options o, String description) {
        return o.optionalText("path", description).map(Path::of);
    }

    /** The same path. @throws DataException if nothing is there, as when data have been moved since a run was trained */
    static Path existing(Path path) {
        if (!Files.exists(path)) {
            throw new DataException("the pictures " + path
                    + " (tasks.path) do not exist; if they have moved, say where they are with --set tasks.path=PATH");
        }
        return path;
    }

    static long splitSeed(Options o) {
        return o.longInteger("split-seed", 1, "seed of a random split");
    }
}
