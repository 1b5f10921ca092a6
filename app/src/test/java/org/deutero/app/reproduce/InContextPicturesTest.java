package org.deutero.app.reproduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.deutero.app.ExitCode;
import org.deutero.app.Main;
import org.deutero.app.reproduce.InContextPictures.Asked;
import org.deutero.experiment.RunListener;
import org.deutero.experiment.RunStopped;
import org.deutero.experiment.base.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures of noise, which need no file, by learners too small to learn anything. */
class InContextPicturesTest {
    private static final List<String> TINY = List.of(
            "tasks.images=random-vectors",
            "tasks.test-sets=[random-vectors]",
            "tasks.size=3",
            "tasks.projection=4",
            "tasks.length=4",
            "method.width=4",
            "method.layers=1",
            "method.heads=2",
            "method.positions=4",
            "training.iterations=3",
            "training.meta-batch=4",
            "training.threads=1",
            "evaluation.tasks=4",
            "evaluation.first-counted=3");

    @TempDir
    Path temp;

    private final StringWriter out = new StringWriter();
    private final List<String> told = new ArrayList<>();

    private InContextPictures pictures(Path folder, RunListener listener, List<String> changes) {
        Asked asked = new Asked(List.of(), List.of(8L, 1L), List.of(), "omniglot-gpicl-small", changes, 8, false);
        return new InContextPictures(asked, folder, 100, new PrintWriter(out, true), listener, told::add);
    }

    private static RunListener stopping(int after) {
        return new RunListener() {
            private int iterations;

            @Override
            public void progress(Progress now) {
                iterations++;
            }

            @Override
            public boolean stop() {
                return iterations >= after;
            }
        };
    }

    /** Stopped in its second training after two of three iterations, and later gone on with. */
    @Test
    void aHalfDonePictureGoesOnToTheSameBytes() throws IOException {
        Path whole = temp.resolve("whole");
        pictures(whole, RunListener.NONE, TINY).phases();
        told.clear();
        Path parts = temp.resolve("parts");
        assertThatThrownBy(() -> pictures(parts, stopping(5), TINY).phases()).isInstanceOf(RunStopped.class);
        String half = Files.readString(parts.resolve("gpicl-phases.csv"));
        assertThat(half).contains("\n1,").doesNotContain("\n8,");
        byte[] first = Files.readAllBytes(parts.resolve("tasks-1-seed-1").resolve("metrics.jsonl"));
        told.clear();
        pictures(parts, RunListener.NONE, TINY).phases();
        assertThat(told).first().asString().isEqualTo("1 training is done already, 1 to do.");
        assertThat(told).noneMatch(line -> line.contains("Training tasks-1-seed-1"));
        assertThat(parts.resolve("tasks-1-seed-1").resolve("metrics.jsonl")).hasBinaryContent(first);
        for (String file : List.of("gpicl-phases.csv", "gpicl-phases.html")) {
            assertThat(parts.resolve(file)).hasSameBinaryContentAs(whole.resolve(file));
        }
        told.clear();
        pictures(parts, RunListener.NONE, TINY).phases();
        assertThat(told).containsExactly("2 trainings are done already, 0 to do.");
    }

    @Test
    void otherRunsInTheFolderAreToldBeforeAnyWork() {
        pictures(temp, RunListener.NONE, TINY).phases();
        List<String> others = new ArrayList<>(TINY);
        others.add("meta-optimizer.rate=0.5");
        assertThatThrownBy(() -> pictures(temp, RunListener.NONE, others).phases())
                .isInstanceOf(UserException.class)
                .hasMessageContaining("tasks-1-seed-1 holds a run under other settings");
    }

    /** Through the command: numbers of tasks, changes of the recipe, and the exit code of a picture without all phases. */
    @Test
    void theCommandDrawsThePage() throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "reproduce",
                "gpicl-phases",
                "--tasks",
                "1,2",
                "--sequences",
                "8",
                "--recipe",
                "omniglot-gpicl-small",
                "--out",
                "" + temp));
        TINY.forEach(change -> arguments.addAll(List.of("--set", change)));
        int code = Main.run(new PrintWriter(out, true), new PrintWriter(out, true), arguments.toArray(String[]::new));
        assertThat(code).isEqualTo(ExitCode.FAILURE);
        assertThat(out.toString()).contains("MISSED: demanded is all of memorise, identify, learn");
        assertThat(Files.readString(temp.resolve("gpicl-phases.html")))
                .contains("<svg", "unseen tasks", "random vectors", "recipe", "omniglot-gpicl-small");
        assertThat(Files.readAllLines(temp.resolve("gpicl-phases.csv"))).hasSize(1 + 2 * 3);
    }

    /** Sizes of their own are put in place of what the recipe has, and each learner says how large it is. */
    @Test
    void theCommandDrawsThePageOfSizes() throws IOException {
        List<String> arguments = new ArrayList<>(List.of("reproduce", "gpicl-state-size", "--architectures"));
        arguments.addAll(List.of("lstm,transformer", "--sequences", "8", "--recipe", "omniglot-gpicl-small"));
        arguments.addAll(List.of("--out", "" + temp));
        TINY.stream()
                .filter(change -> !change.startsWith("method.") && !change.contains("iterations"))
                .forEach(change -> arguments.addAll(List.of("--set", change)));
        arguments.addAll(List.of("--set", "training.iterations=1"));
        int code = Main.run(new PrintWriter(out, true), new PrintWriter(out, true), arguments.toArray(String[]::new));
        assertThat(code).isEqualTo(ExitCode.FAILURE);
        // Keys and values of two layers, four items and heads of 16 numbers; activity and memory of units.
        assertThat(Files.readAllLines(temp.resolve("gpicl-state-size.csv")))
                .hasSize(1 + 4 * 2)
                .anyMatch(line -> line.matches("transformer,\"width 64, 2 layers\",\\d+,1024,unseen,.*"))
                .anyMatch(line -> line.matches("lstm,\"104 units\",\\d+,208,unseen,.*"));
        assertThat(Files.readString(temp.resolve("gpicl-state-size.html"))).contains("<svg", "LSTM", "chance");
    }

    @Test
    void optionsOfPicturesAreForPictures() {
        assertThat(Main.run(
                        new PrintWriter(out, true),
                        new PrintWriter(out, true),
                        "reproduce",
                        "sinusoid-maml",
                        "--tasks",
                        "3"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(out.toString()).contains("gpicl-phases").contains("not for sinusoid-maml");
    }
}
