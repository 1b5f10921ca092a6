package org.deutero.app.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.deutero.app.ExitCode;
import org.deutero.app.text.Table;
import org.deutero.tasks.benchmarks.Benchmark;
import org.deutero.tasks.files.DataFolder;
import org.deutero.tasks.files.ImageCollection;
import org.deutero.tasks.omniglot.Omniglot;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code deutero data}: what data is bundled and how to add one's own. */
@Command(
        name = "data",
        description = {
            "List the task sources, what is bundled, and how to add your own data.",
            "With a folder or zip of pictures: say what a recipe would find in it."
        },
        subcommands = {DataCheckCommand.class, DataImportCommand.class},
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  deutero data",
            "  deutero data check my-pictures --way 5 --shot 5",
            "  deutero data import cifar-fs cifar-100-binary.tar.gz"
        })
public final class DataCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "PATH",
            arity = "0..1",
            description = "Folder or zip with one folder of PNG or JPEG pictures for each class, or a CSV list.")
    private Path path;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        int width = spec.usageMessage().width();
        (path == null ? sources(width) : found(ImageCollection.scan(path), width))
                .lines()
                .forEach(out::println);
        if (path == null) {
            ownData(out);
        }
        return ExitCode.OK;
    }

    private static Table sources(int width) {
        return new Table(width)
                .row(
                        "omniglot",
                        "bundled",
                        Omniglot.CLASSES + " handwritten characters, " + Omniglot.DRAWINGS
                                + " drawings each. Splits: vinyals (alphabetical), lake (background and evaluation),"
                                + " random. MIT licence; Lake, Salakhutdinov, Tenenbaum 2015.")
                .row("sinusoid", "made", "y = A sin(x - phase), Finn, Abbeel, Levine 2017.")
                .row("harmonic", "made", "a sinusoid and its overtone, Lacoste et al. 2018.")
                .row(
                        "table",
                        "yours",
                        "any CSV file with columns of inputs and targets, and one that names the task of a row.")
                .row("wheel-bandit", "made", "rounds of wheel bandits, Riquelme et al. 2018.")
                .row(
                        "mini-imagenet",
                        "yours",
                        "100 classes of photographs, split of Ravi and Larochelle 2017: a zip or folder laid out as"
                                + " train|val|test/CLASS/FILE.jpg, or as one sheet of 32x32 tiles a class.")
                .row("fashion-mnist", "yours", "10 classes of clothing: a folder with the four IDX files.")
                .row("mnist", "yours", "10 digits: a folder with the four IDX files.")
                .row("images", "yours", "any pictures: one folder for each class, on disk or in a zip, or a CSV list.")
                .row(
                        "benchmarks",
                        "yours",
                        String.join(", ", Benchmark.labels())
                                + ": \"deutero data import\" prepares them from pictures that you have.");
    }

    private static void ownData(PrintWriter out) {
        out.println();
        out.println("Your own pictures: put those of each class in a folder of its own (or list them in a CSV file)");
        out.println();
        out.println("  deutero data check my-pictures     # what is there, what is wrong, what can be trained");
        out.println("  deutero train images-5way-1shot-protonet --data my-pictures");
        out.println();
        out.println("Any recipe about pictures will do. Classes are dealt out at random to training, validation and");
        out.println(
                "testing, unless folders train, val and test lie around them, or --split FILE says which is which.");
        out.println();
        out.println("Sets that cannot be shipped are looked for in the folder that the environment variable");
        out.println("DEUTERO_DATA (or -D" + DataFolder.PROPERTY + "=FOLDER) names, unless a recipe gives tasks.path.");
    }

    private static Table found(ImageCollection images, int width) {
        int classes = images.classNames().size();
        int[] counts = IntStream.range(0, classes).map(images::count).toArray();
        if (classes == 0) {
            return new Table(width)
                    .row("classes", "0, for " + images.path() + " holds no PNG or JPEG images in class folders");
        }
        int least = IntStream.range(0, classes)
                .reduce((a, b) -> counts[b] < counts[a] ? b : a)
                .orElseThrow();
        int most = IntStream.of(counts).max().orElse(0);
        return new Table(width)
                .row("classes", Integer.toString(classes))
                .row("pictures", Integer.toString(IntStream.of(counts).sum()))
                .row("in a class", counts[least] + " to " + most)
                .row("smallest class", images.classNames().get(least))
                .row("passed over", images.ignored() + " other files")
                .row(
                        "fits",
                        "shot + queries of at most " + counts[least] + ", way of at most " + classes
                                + " (in each part of the split)");
    }
}
