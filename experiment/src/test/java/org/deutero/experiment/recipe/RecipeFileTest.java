package org.deutero.experiment.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.deutero.experiment.base.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecipeFileTest {
    @TempDir
    private Path folder;

    private Path file(String yaml) throws IOException {
        return Files.writeString(folder.resolve("my.yaml"), yaml);
    }

    @Test
    void bundledRecipesAreFoundByName() {
        assertThat(RecipeFile.names()).contains("sample-maml").isSorted();
        Recipe recipe = RecipeFile.load("sample-maml", List.of());
        assertThat(recipe.published()).isEqualTo("98.7");
        assertThat(recipe.options().section("method").number("inner-rate", 1, ""))
                .isEqualTo(0.01);
    }

    @Test
    void filesAreFoundByPath() throws IOException {
        Recipe recipe = RecipeFile.load(file("seed: 3\n").toString(), List.of());
        assertThat(recipe.tree()).containsEntry("seed", 3);
    }

    @Test
    void missingFilesAndFoldersAreNamed() {
        assertThatThrownBy(() -> RecipeFile.load("nowhere/x.yaml", List.of()))
                .isInstanceOf(UserException.class)
                .hasMessage("there is no recipe file " + Path.of("nowhere/x.yaml"));
        assertThatThrownBy(() -> RecipeFile.load(folder.toString(), List.of())).hasMessageContaining("is a folder");
        assertThatThrownBy(() -> RecipeFile.load("zebra", List.of()))
                .hasMessage("there is no recipe \"zebra\"; see \"deutero recipes\", or give the path of a .yaml file");
    }

    @Test
    void syntaxErrorsNameFileAndLine() throws IOException {
        Path file = file("seed: 1\nmethod:\n  name: [maml\n");
        assertThatThrownBy(() -> RecipeFile.read(file))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith(file + ", line ")
                .hasMessageContaining("not valid YAML: while parsing a flow sequence, expected ',' or ']'")
                .message()
                .hasLineCount(1);
    }

    @Test
    void duplicateKeysAreRefusedWithTheirLine() throws IOException {
        Path file = file("seed: 1\nmethod:\n  rate: 1\n  rate: 2\n");
        assertThatThrownBy(() -> RecipeFile.read(file))
                .hasMessageStartingWith(file + ", line 4")
                .hasMessageEndingWith("the key \"rate\" stands here for the second time");
    }

    @Test
    void whatIsNoMapIsRefused() throws IOException {
        assertThatThrownBy(() -> RecipeFile.read(file(""))).hasMessageContaining("is empty");
        assertThatThrownBy(() -> RecipeFile.read(file("- a\n- b\n"))).hasMessageContaining("must be a map");
        Path two = file("a: 1\n---\nb: 2\n");
        assertThatThrownBy(() -> RecipeFile.read(two))
                .isInstanceOf(UserException.class)
                .hasMessage(two + ", line 3, column 1: a second YAML document begins here; expected one");
        Path binary = Files.write(folder.resolve("b.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
        assertThatThrownBy(() -> RecipeFile.read(binary)).hasMessageContaining("not UTF-8");
    }

    @Test
    void overridesAreYamlAndMakeSections() {
        Map<String, Object> tree = RecipeFile.load(
                        "sample-maml",
                        List.of("method.inner-rate=0.5", "network.sizes=[40, 40]", "training.deep.on=true", "seed=1e3"))
                .tree();
        assertThat(tree)
                .hasToString("{name=sample-maml, description=A recipe for tests., published=98.7, seed=1000.0, "
                        + "method={name=maml, inner-rate=0.5}, network={sizes=[40, 40]}, training={deep={on=true}}}");
    }

    @Test
    void badOverridesAreRefused() {
        assertThatThrownBy(() -> RecipeFile.load("sample-maml", List.of("rate")))
                .hasMessage("--set takes key=value such as method.inner-rate=0.1, not \"rate\"");
        assertThatThrownBy(() -> RecipeFile.load("sample-maml", List.of("method..x=1")))
                .hasMessageContaining("empty part");
        assertThatThrownBy(() -> RecipeFile.load("sample-maml", List.of("seed.x=1")))
                .hasMessage("--set seed.x does not fit: seed is a value, not a section");
        assertThatThrownBy(() -> RecipeFile.load("sample-maml", List.of("seed=[1")))
                .hasMessageStartingWith("the value of --set seed, line 1");
    }

    @Test
    void writtenRecipesReadBackEqual() throws IOException {
        Recipe recipe = RecipeFile.load("sample-maml", List.of("note=1e-3", "text='007'", "tiny=0.0001"));
        Path file = folder.resolve("recipe.yaml");
        RecipeFile.write(file, recipe.tree());
        assertThat(RecipeFile.read(file).tree()).isEqualTo(recipe.tree());
        assertThat(Files.readString(file, StandardCharsets.UTF_8)).startsWith("name: sample-maml\n");
        assertThat(folder).isDirectoryNotContaining(path -> !path.equals(file));
    }
}
