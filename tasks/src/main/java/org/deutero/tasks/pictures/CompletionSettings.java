package org.deutero.tasks.pictures;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tasks.DataException;
import org.deutero.tasks.SetSizes;
import org.deutero.tasks.SplitSizes;
import org.deutero.tasks.TaskShape;
import org.deutero.tasks.files.LoadListener;
import org.deutero.tasks.files.Mnist;
import org.deutero.tasks.images.ImageFormat;
import org.deutero.tasks.images.LabelledImages;
import org.deutero.tasks.images.MeanImage;
import org.deutero.tasks.images.NearestPixel;
import org.deutero.tasks.images.Pixels;
import org.deutero.tasks.images.Pixels.Order;
import org.deutero.tasks.images.SplitImages;
import org.deutero.tasks.source.Offer;
import org.deutero.tasks.source.OrderedEpisodes;
import org.deutero.tasks.source.SetSettings;
import org.deutero.tasks.source.SizedTasks;
import org.deutero.tasks.source.TaskSet;
import org.deutero.tasks.source.TaskSettings;

/**
 * Completion of pictures from some of their pixels.
 *
 * @param format form of the pictures
 * @param sets numbers of pixels
 * @param order which pixels are shown
 * @param loader brings pictures to train on and to test on
 */
public record CompletionSettings(ImageFormat format, SetSettings sets, Order order, Loader loader)
        implements TaskSettings {
    /** Random pixels of MNIST as in EmilienDupont/neural-processes. */
    private static final SetSettings STANDARD =
            new SetSettings(new SetSizes(3, 200, 0, 200, 400), 100, List.of(10, 50, 100, 200));

    private static final List<String> SETS = List.of("mnist", "fashion-mnist", "omniglot", "mini-imagenet");

    /** Pictures to train on and to test on, in classes. */
    public record Parts(
            LabelledImages train, List<Integer> trainClasses, LabelledImages test, List<Integer> testClasses) {}

    /** Loads them. */
    @FunctionalInterface
    public interface Loader {
        Parts load(LoadListener listener);
    }

    /** Reads the keys. */
    public static CompletionSettings of(Options o) {
        ImageSource source = ImageSource.find(o.choice("images", "mnist", SETS, "whose pictures"))
                .orElseThrow();
        ImageFormat format = source.format(o);
        Order order =
                o.choice("order", Order.RANDOM, "which pixels are shown: random ones, or row by row from the top");
        SetSettings sets = SetSettings.of(o, STANDARD);
        int area = format.height() * format.width();
        int most = IntStream.concat(
                        IntStream.of(sets.shot(), sets.training().most()),
                        sets.testShots().stream().mapToInt(Integer::intValue))
                .max()
                .getAsInt();
        if (most > area) {
            throw new OptionsException(o.path("shot") + ", " + o.path("train-most") + ", " + o.path("test-shots")
                    + ": pictures of " + area + " pixels cannot show " + most + "; expected shots of at most " + area);
        }
        return new CompletionSettings(format, sets, order, loader(o, source, format));
    }

    private static Loader loader(Options o, ImageSource source, ImageFormat format) {
        if (source == ImageSource.MNIST || source == ImageSource.FASHION_MNIST) {
            Mnist set = source == ImageSource.MNIST ? Mnist.DIGITS : Mnist.FASHION;
            Optional<Path> path = o.optionalText(
                            "path", "folder of the IDX files; if left out, it is looked for in the data folder")
                    .map(Path::of);
            return listener -> {
                Path folder = path.orElseGet(set::folder);
                List<Integer> all =
                        IntStream.range(0, set.classNames().size()).boxed().toList();
                return new Parts(
                        set.train(folder).as(format), all, set.test(folder).as(format), all);
            };
        }
        ImageSource.Loader loader = source.loader(o, format, new TaskRequirements(new SplitSizes.Needs(1, 1), 1, 1));
        return listener -> {
            SplitImages data = loader.load(listener);
            if (data.split().test().isEmpty()) {
                throw new DataException(data.images().name() + " has no classes left to test on; change the split");
            }
            return new Parts(
                    data.images(),
                    data.split().train(),
                    data.images(),
                    data.split().test());
        };
    }

    @Override
    public List<Offer<?, ?>> offers() {
        return List.of(new OrderedEpisodes(this));
    }

    /** The number of points is drawn once for a batch, so that tasks cannot be drawn one by one. */
    @Override
    public boolean takesLabelKeys() {
        return false;
    }

    @Override
    public TaskShape shape() {
        return TaskShape.regression(2, format.channels());
    }

    @Override
    public int trainWay() {
        return 0;
    }

    @Override
    public int supportSize() {
        return sets.shot();
    }

    @Override
    public int convenientShard() {
        return 16;
    }

    @Override
    public int examples() {
        return 4;
    }

    @Override
    public Optional<ImageFormat> completed() {
        return Optional.of(format);
    }

    @Override
    public TaskSet load(LoadListener listener) {
        Parts parts = loader.load(listener);
        Pixels train = new Pixels(parts.train(), parts.trainClasses(), sets.training(), order, false);
        Pixels test = shown(parts, sets.shot());
        MeanImage.Moments mean = MeanImage.Moments.of(parts.train(), parts.trainClasses());
        List<SizedTasks> bySize = sets.testShots().stream()
                .map(n -> {
                    Pixels tasks = shown(parts, n);
                    return new SizedTasks(n, tasks, List.of(new NearestPixel(tasks), new MeanImage(tasks, mean)));
                })
                .toList();
        return new TaskSet(train, Optional.empty(), test, test, Optional.empty(), bySize);
    }

    private Pixels shown(Parts parts, int points) {
        return new Pixels(parts.test(), parts.testClasses(), SetSizes.of(points), order, true);
    }
}
