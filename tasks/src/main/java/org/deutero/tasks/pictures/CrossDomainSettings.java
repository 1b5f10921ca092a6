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
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskShape;
import org.deutero.tasks.TaskSource;
import org.deutero.tasks.files.Cifar10;
import org.deutero.tasks.files.LoadListener;
import org.deutero.tasks.files.MiniImageNet;
import org.deutero.tasks.files.Mnist;
import org.deutero.tasks.images.CrossDomain;
import org.deutero.tasks.images.EpisodeSampler;
import org.deutero.tasks.images.ImageFormat;
import org.deutero.tasks.images.LabelledImages;
import org.deutero.tasks.images.Rotation;
import org.deutero.tasks.omniglot.Omniglot;
import org.deutero.tasks.source.TaskSet;
import org.deutero.tasks.source.TaskSettings;

/**
 * Few-shot classification across domains: meta-training sees {@linkplain CrossDomain pairs} of episodes from some sets of images, the test is about episodes of another. All are grey and of one size.
 *
 * @param train sets to train on
 * @param test set to test on
 * @param size side of the images in pixels
 * @param way classes in a task
 * @param shot examples of each class to learn from
 * @param queries examples of each class to be judged on
 */
public record CrossDomainSettings(List<Domain> train, Domain test, int size, int way, int shot, int queries)
        implements TaskSettings {
    /** Sets of images, all classes of the training part of each; ink and light things are light. */
    public enum Domain {
        /** Drawn characters. */
        OMNIGLOT {
            @Override
            LabelledImages load(ImageFormat grey) {
                return Omniglot.images(grey.invert());
            }
        },
        /** Digits. */
        MNIST {
            @Override
            LabelledImages load(ImageFormat grey) {
                return Mnist.DIGITS.train(Mnist.DIGITS.folder()).as(grey);
            }
        },
        /** Clothing. */
        FASHION_MNIST {
            @Override
            LabelledImages load(ImageFormat grey) {
                return Mnist.FASHION.train(Mnist.FASHION.folder()).as(grey);
            }
        },
        /** Small photographs of ten kinds of things. */
        CIFAR_10 {
            @Override
            LabelledImages load(ImageFormat grey) {
                return Cifar10.read(Cifar10.folder(), grey).train();
            }
        },
        /** Small photographs of a hundred kinds of things. */
        MINI_IMAGENET {
            @Override
            LabelledImages load(ImageFormat grey) {
                return MiniImageNet.small().images().as(grey);
            }
        };

        abstract LabelledImages load(ImageFormat grey);

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
                o.integer("way", 5, 2, 10, "classes in a task"),
                o.integer("shot", 5, 1, 1000, "examples of each class to learn from"),
                o.integer("queries", 16, 1, 1000, "examples of each class to be judged on"));
    }

    @Override
    public TaskShape shape() {
        return TaskShape.images(1, size, way);
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
                new CrossDomain(train.stream().map(this::episodes).toList()),
                Optional.empty(),
                judged,
                judged,
                Optional.empty());
    }

    private TaskSource<Episodes> episodes(Domain domain) {
        LabelledImages images = domain.load(ImageFormat.grey(size));
        List<Integer> all = IntStream.range(0, images.classes()).boxed().toList();
        return new EpisodeSampler(images, all, way, shot, queries, Rotation.NONE);
    }
}
