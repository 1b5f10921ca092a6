package org.deutero.tasks.pictures;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.options.Suggestions;
import org.deutero.tasks.ClassSplit;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskShape;
import org.deutero.tasks.TaskSource;
import org.deutero.tasks.files.Cifar10;
import org.deutero.tasks.files.LoadListener;
import org.deutero.tasks.files.MiniImageNet;
import org.deutero.tasks.files.Mnist;
import org.deutero.tasks.images.ClassBatchSampler;
import org.deutero.tasks.images.CrossDomain;
import org.deutero.tasks.images.EpisodeSampler;
import org.deutero.tasks.images.ImageFormat;
import org.deutero.tasks.images.LabelledImages;
import org.deutero.tasks.images.Rotation;
import org.deutero.tasks.images.SplitImages;
import org.deutero.tasks.omniglot.Omniglot;
import org.deutero.tasks.source.TaskSet;
import org.deutero.tasks.source.TaskSettings;

/**
 * Few-shot classification across domains: meta-training sees {@linkplain CrossDomain pairs} of episodes from some sets of images, the test is about episodes of another. All are of one form.
 *
 * @param train sets to train on
 * @param test set to test on
 * @param size side of the images in pixels
 * @param colour whether they have three channels, which are alike in those of grey sets, or one
 * @param way classes in a task
 * @param shot examples of each class to learn from
 * @param queries examples of each class to be judged on
 * @param auxiliary pictures of the first set's training classes beside every pair of episodes, with the numbers of their classes; 0 for none
 */
public record CrossDomainSettings(
        List<Domain> train, Domain test, int size, boolean colour, int way, int shot, int queries, int auxiliary)
        implements TaskSettings {
    /** Sets of images, all classes of the training part of each; ink and light things are light. */
    public enum Domain {
        /** Drawn characters. */
        OMNIGLOT {
            @Override
            LabelledImages load(ImageFormat format) {
                return Omniglot.images(format.invert());
            }
        },
        /** Digits. */
        MNIST {
            @Override
            LabelledImages load(ImageFormat format) {
                return Mnist.DIGITS.train(Mnist.DIGITS.folder()).as(format);
            }
        },
        /** Clothing. */
        FASHION_MNIST {
            @Override
            LabelledImages load(ImageFormat format) {
                return Mnist.FASHION.train(Mnist.FASHION.folder()).as(format);
            }
        },
        /** Small photographs of ten kinds of things. */
        CIFAR_10 {
            @Override
            LabelledImages load(ImageFormat format) {
                return Cifar10.read(Cifar10.folder(), format).train();
            }
        },
        /** Small photographs of a hundred kinds of things. */
        MINI_IMAGENET {
            @Override
            LabelledImages load(ImageFormat format) {
                return MiniImageNet.small().images().as(format);
            }

            @Override
            SplitImages base(ImageFormat format) {
                SplitImages all = MiniImageNet.small();
                return new SplitImages(all.images().as(format), all.split());
            }
        };

        abstract LabelledImages load(ImageFormat format);

        /** With the classes to train an ordinary classifier on in the training part: all, where the set has no split of its own. */
        SplitImages base(ImageFormat format) {
            LabelledImages images = load(format);
            return new SplitImages(images, new ClassSplit(all(images), List.of(), List.of()));
        }

        String recipeName() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Reads the keys. */
    public static CrossDomainSettings of(Options o) {
        List<String> names =
                Arrays.stream(Domain.values()).map(Domain::recipeName).toList();
        List<Domain> train = new ArrayList<>();
        for (String name : o.texts(
                "domains",
                List.of("omniglot", "fashion-mnist", "mini-imagenet"),
                "sets to train on, at least two of " + String.join(", ", names))) {
            if (!names.contains(name)) {
                throw new OptionsException(
                        o.path("domains") + " names " + name + Suggestions.phrase(name, names) + "; expected " + names);
            }
            train.add(Domain.values()[names.indexOf(name)]);
        }
        Domain test = o.choice("test-domain", Domain.MNIST, "set to test on");
        if (train.size() < 2 || train.contains(test)) {
            throw new OptionsException(o.path("domains") + " is " + train
                    + "; expected at least two sets, none of them the one to test on, " + test);
        }
        return new CrossDomainSettings(
                List.copyOf(train),
                test,
                o.integer("size", 28, 8, 1024, "side of the images in pixels"),
                o.flag("colour", false, "colour, in which grey pictures have three equal channels, or else grey"),
                o.integer("way", 5, 2, 10, "classes in a task"),
                o.integer("shot", 5, 1, 1000, "examples of each class to learn from"),
                o.integer("queries", 16, 1, 1000, "examples of each class to be judged on"),
                o.integer(
                        "auxiliary",
                        0,
                        0,
                        100_000,
                        "pictures beside every pair of episodes, of all training classes of the first domain at once"
                                + " (of mini-imagenet 64), for method.auxiliary; 0 for none"));
    }

    private ImageFormat format() {
        return colour ? ImageFormat.colour(size) : ImageFormat.grey(size);
    }

    @Override
    public TaskShape shape() {
        return TaskShape.images(format().channels(), size, way);
    }

    @Override
    public int trainWay() {
        return way;
    }

    @Override
    public int supportSize() {
        return way * shot;
    }

    @Override
    public int convenientShard() {
        return 1;
    }

    @Override
    public TaskSet load(LoadListener listener) {
        TaskSource<Episodes> judged = episodes(test);
        return new TaskSet(
                new CrossDomain(train.stream().map(this::episodes).toList(), beside()),
                Optional.empty(),
                judged,
                judged,
                Optional.empty());
    }

    private Optional<ClassBatchSampler> beside() {
        if (auxiliary == 0) {
            return Optional.empty();
        }
        SplitImages base = train.get(0).base(format());
        return Optional.of(new ClassBatchSampler(base.images(), base.split().train(), auxiliary, Rotation.NONE));
    }

    private TaskSource<Episodes> episodes(Domain domain) {
        LabelledImages images = domain.load(format());
        return new EpisodeSampler(images, all(images), way, shot, queries, Rotation.NONE);
    }

    private static List<Integer> all(LabelledImages images) {
        return IntStream.range(0, images.classes()).boxed().toList();
    }
}
