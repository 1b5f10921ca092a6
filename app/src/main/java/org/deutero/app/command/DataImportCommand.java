package org.deutero.app.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.deutero.app.ExitCode;
import org.deutero.app.progress.LoadMessages;
import org.deutero.app.progress.ProgressDisplay;
import org.deutero.app.terminal.Streams;
import org.deutero.app.text.Table;
import org.deutero.experiment.base.UserException;
import org.deutero.options.Suggestions;
import org.deutero.tasks.benchmarks.Benchmark;
import org.deutero.tasks.benchmarks.Import;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code deutero data import}: a published benchmark whose pictures the user has. */
@Command(
        name = "import",
        description = {
            "Prepare a published benchmark from pictures that you have, with its published split of classes.",
            "Nothing is downloaded. Picture files are listed, not copied; CIFAR-100's become a zip of PNG files."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  deutero data import cifar-fs cifar-100-binary.tar.gz",
            "  deutero data import cub CUB_200_2011 --out data/cub",
            "  deutero train mini-imagenet-32-5way-1shot-maml-small --data cifar-fs"
        })
public final class DataImportCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "NAME",
            description = "cifar-fs, fc100, cub, tiered-imagenet or mini-imagenet.")
    private String name;

    @Parameters(index = "1", paramLabel = "PATH", description = "Where the pictures are.")
    private Path path;

    @Option(names = "--out", paramLabel = "DIR", description = "Folder to make (default: NAME, here).")
    private Path out;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Benchmark benchmark = Benchmark.named(name)
                .orElseThrow(() -> UserException.usage("there is no benchmark \"" + name + "\""
                        + Suggestions.phrase(name, Benchmark.labels()) + " (benchmarks: "
                        + String.join(", ", Benchmark.labels()) + ")"));
        Path folder = out == null ? Path.of(name) : out;
        Import result;
        try (ProgressDisplay progress = ProgressDisplay.to(Streams.err())) {
            result = Import.run(benchmark, path, folder, new LoadMessages(progress));
        }
        PrintWriter print = spec.commandLine().getOut();
        int width = spec.usageMessage().width();
        print.println(result.pictures() + " pictures of " + name + " are ready in " + folder + ".");
        result.notes().forEach(note -> Table.fold(note, width).forEach(print::println));
        print.println();
        print.println("Any recipe about pictures can be trained on them:");
        print.println();
        int side = benchmark.perClass() > 0 && benchmark != Benchmark.MINI_IMAGENET ? 32 : 84;
        print.println("  deutero train mini-imagenet-" + side + "-5way-1shot-protonet --data " + folder);
        return ExitCode.OK;
    }
}
