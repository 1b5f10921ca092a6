package org.deutero.app.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.deutero.app.ExitCode;
import org.deutero.app.Main;
import org.deutero.app.reproduce.Reproduction;
import org.deutero.app.reproduce.Reproductions;
import org.deutero.experiment.base.UserException;
import org.deutero.experiment.recipe.RecipeFile;
import org.deutero.methods.Methods;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents tell what the program knows, and records are about what there is. */
class DocumentsTest {
    private static final Path ROOT = Path.of(System.getProperty("deutero.root"));

    @TempDir
    private Path folder;

    @Test
    void documentsAreUpToDateAndCheckTellsWhatIsStaleAndDocsMendsIt() throws IOException {
        copy("docs/golden.yaml", "docs/official.yaml", "docs/GUIDE.md", "docs/ARCHITECTURE.md", "README.md");
        for (Path page : files("docs/decisions")) {
            copy(ROOT.relativize(page).toString());
        }
        for (Path results : files("docs/results")) {
            copy(ROOT.relativize(results).toString());
        }
        String figures = Files.readString(ROOT.resolve("docs/REPRODUCTION.md"));
        assertThat(figures).contains("97.19 ± 0.38 |");
        Files.writeString(folder.resolve("docs/REPRODUCTION.md"), figures.replace("97.19 ± 0.38 |", "99.99 ± 0.38 |"));
        StringWriter out = new StringWriter();
        PrintWriter writer = new PrintWriter(out, true);
        String root = folder.toString();
        assertThat(Main.run(writer, writer, "docs", "--check", "--root", root)).isEqualTo(ExitCode.FAILURE);
        assertThat(out.toString())
                .as("\"deutero docs\" writes documents that are not up to date")
                .contains("Not up to date: docs/METHODS.md", "Not up to date: docs/REPRODUCTION.md")
                .doesNotContain("GUIDE.md", "README.md");
        assertThat(Main.run(writer, writer, "docs", "--root", root)).isZero();
        assertThat(folder.resolve("docs/REPRODUCTION.md")).content().isEqualTo(figures);
        for (String document : List.of(
                "README.md",
                "docs/ARCHITECTURE.md",
                "docs/GUIDE.md",
                "docs/KEYS.md",
                "docs/METHODS.md",
                "docs/OFFICIAL.md",
                "docs/REPRODUCTION.md")) {
            assertThat(ROOT.resolve(document))
                    .as("\"deutero docs\" writes %s", document)
                    .content()
                    .isEqualTo(Files.readString(folder.resolve(document)));
        }
    }

    @Test
    void aFolderWithoutTheSourcesIsRefused() {
        assertThatThrownBy(() -> Documents.of(folder))
                .isInstanceOf(UserException.class)
                .hasMessage("there is no " + folder.resolve("docs/golden.yaml")
                        + "; expected the root of Deutero's sources");
    }

    @Test
    void goldenVectorsAreThoseOnRecord() throws IOException {
        GoldenVectors golden = GoldenVectors.read(ROOT.resolve("docs/golden.yaml"));
        Set<String> there = new TreeSet<>();
        for (String module : List.of("methods", "testkit")) {
            for (Path file : files(module + "/src/test/resources/golden")) {
                there.add(file.getFileName().toString().replace(".safetensors", ""));
            }
        }
        assertThat(golden.files()).containsOnlyKeys(there);
        golden.files()
                .forEach((name, entry) -> assertThat(Methods.names()).as(name).containsAll(entry.methods()));
    }

    /** What {@code deutero reproduce} has on record stands in the table that claims the experiment, as it is, rounded, or in percent. */
    @Test
    void figuresOfExperimentsStandInTheirTables() throws IOException {
        Set<String> claimed = new TreeSet<>();
        for (Path file : files("docs/results")) {
            ResultTable table = ResultTable.read(file);
            String text = String.join("\n", table.lines());
            for (String name : table.experiments()) {
                assertThat(claimed.add(name))
                        .as("%s stands in two tables", name)
                        .isTrue();
                Reproduction experiment = Reproductions.named(name).orElseThrow();
                assertThat(Figure.in(experiment.measured()))
                        .as("%s of %s", name, file)
                        .isNotEmpty()
                        .allMatch(figure -> Figure.in(text).stream().anyMatch(figure::rounds));
            }
        }
        assertThat(claimed).hasSizeGreaterThan(70);
    }

    @Test
    void everyTableOfResultsIsShown() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/REPRODUCTION.md"));
        for (Path file : files("docs/results")) {
            String name = file.getFileName().toString().replace(".yaml", "");
            assertThat(page).contains("<!-- generated: results " + name + " -->");
        }
    }

    @Test
    void everyComponentHasItsKeys() {
        RecipeKeys keys = RecipeKeys.all(
                RecipeFile.names().stream().map(RecipeFile::bundled).toList());
        assertThat(keys.of(RecipeKeys.Part.TASKS, "harmonic")).isNotEmpty(); // no bundled recipe has it
        assertThat(keys.of(RecipeKeys.Part.META_GRADIENT, "reversible")).isNotEmpty();
        assertThat(keys.names(RecipeKeys.Part.NETWORK)).contains("conv4", "mlp", "relation");
        assertThat(keys.of(RecipeKeys.Part.METHOD, "maml"))
                .extracting(key -> key.path() + " " + key.defaultValue())
                .contains("method.inner-steps 1");
        assertThat(keys.others("evaluation.")).extracting(key -> key.path()).contains("evaluation.online.deltas");
    }

    @Test
    void aResultInNoColumnIsRefused() throws IOException {
        Path file = Files.writeString(
                folder.resolve("table.yaml"), "columns: [row, ours]\nrows:\n  - row: MAML\n    our: '1'\n");
        assertThatThrownBy(() -> ResultTable.read(file))
                .isInstanceOf(UserException.class)
                .hasMessage(file + " has a cell in column \"our\", which is none of its columns [row, ours];"
                        + " did you mean \"ours\"?");
    }

    @Test
    void blocksThatDoNotEndOrThatNobodyMakesAreRefused() {
        GeneratedBlocks blocks =
                new GeneratedBlocks(Map.of("twice", (words, now) -> List.of(words.get(0), now.get(0))));
        assertThat(blocks.renew("a.md", "x\n<!-- generated: twice $1 -->\nold\n<!-- end -->\ny\n"))
                .isEqualTo("x\n<!-- generated: twice $1 -->\n\n$1\nold\n\n<!-- end -->\ny\n");
        assertThatThrownBy(() -> blocks.renew("a.md", "<!-- generated: twice a -->\nold\n"))
                .hasMessage("a.md has 1 generated blocks, of which 0 end; expected \"<!-- end -->\" after each");
        assertThatThrownBy(() -> blocks.renew("a.md", "<!-- generated: thrice a -->\n<!-- end -->\n"))
                .hasMessage("a.md asks for a block \"thrice\"; expected one of [twice]");
    }

    private void copy(String... names) throws IOException {
        for (String name : names) {
            Path to = folder.resolve(name);
            Files.createDirectories(to.getParent());
            Files.copy(ROOT.resolve(name), to);
        }
    }

    private static List<Path> files(String name) throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve(name))) {
            return files.sorted().toList();
        }
    }
}
