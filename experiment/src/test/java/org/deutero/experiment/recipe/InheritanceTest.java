package org.deutero.experiment.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.deutero.experiment.base.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InheritanceTest {
    @TempDir
    private Path folder;

    private Path file(String name, String yaml) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, yaml);
    }

    private static String tree(Path file) {
        return RecipeFile.read(file).tree().toString();
    }

    @Test
    void ownRecipesExtendBundledOnesByName() throws IOException {
        Path mine =
                file("mine.yaml", "extends: sample-maml\nname: mine\nmethod: {inner-rate: 0.5}\ntasks: {shot: 5}\n");
        assertThat(tree(mine))
                .isEqualTo("{name=mine, published=98.7, seed=1, method={name=maml, inner-rate=0.5}, tasks={shot=5}}");
        assertThat(RecipeFile.read(mine).source()).isEqualTo(mine.toString());
        assertThat(RecipeFile.load(mine.toString(), List.of("seed=9")).tree())
                .doesNotContainKey("extends")
                .containsEntry("seed", 9);
    }

    @Test
    void filesAreExtendedByPathsRelativeToTheExtendingFile() throws IOException {
        file("base/first.yaml", "extends: sample-maml\nseed: 2\ndescription: first\nnetwork: {hidden: [40, 40]}\n");
        file("base/second.yaml", "extends: ./first.yaml\nseed: 3\n");
        Path third = file("third.yaml", "extends: base/second.yaml\nnetwork:\n  hidden: [7]\n");
        assertThat(tree(third))
                .isEqualTo("{published=98.7, seed=3, method={name=maml, inner-rate=0.01}, network={hidden=[7]}}");
    }

    @Test
    void aKeyWithoutValueTakesTheParentsAway() throws IOException {
        Path mine = file("mine.yaml", "extends: sample-maml\npublished:\nmethod:\n  inner-rate: null\n");
        assertThat(tree(mine)).isEqualTo("{seed=1, method={name=maml}}");
    }

    @Test
    void whatIsNotThereCannotBeTakenAway() throws IOException {
        Path mine = file("mine.yaml", "extends: sample-maml\nmethod:\n  inner-rat: null\n");
        assertThatThrownBy(() -> RecipeFile.read(mine))
                .isInstanceOf(UserException.class)
                .hasMessage(mine + " takes away method.inner-rat, which bundled recipe \"sample-maml\" does not set;"
                        + " did you mean \"inner-rate\"?");
    }

    @Test
    void sectionsCanStartAfresh() throws IOException {
        Path mine = file("mine.yaml", "extends: sample-maml\nmethod: {extends: none, name: reptile}\n");
        assertThat(tree(mine)).isEqualTo("{published=98.7, seed=1, method={name=reptile}}");
        Path brief = file("brief.yaml", "extends: sample-maml\nmethod: reptile\n");
        assertThat(tree(brief)).isEqualTo("{published=98.7, seed=1, method=reptile}");
        Path longer = file("longer.yaml", "extends: brief.yaml\nmethod: {inner-steps: 2}\n");
        assertThat(tree(longer)).isEqualTo("{published=98.7, seed=1, method={name=reptile, inner-steps=2}}");
    }

    @Test
    void cyclesAreRefused() throws IOException {
        Path a = file("a.yaml", "extends: ./b.yaml\n");
        Path b = file("b.yaml", "extends: " + a + "\n");
        assertThatThrownBy(() -> RecipeFile.read(a))
                .isInstanceOf(UserException.class)
                .hasMessage(a + " extends " + b + ", which extends " + a
                        + ": expected a line of recipes that ends with one of its own");
        Path self = file("self.yaml", "extends: self.yaml\n");
        assertThatThrownBy(() -> RecipeFile.read(self)).hasMessageStartingWith(self + " extends " + self + ": ");
        Path into = file("into.yaml", "extends: a.yaml\n");
        assertThatThrownBy(() -> RecipeFile.read(into))
                .hasMessageStartingWith(
                        into + " extends " + a + ", which extends " + b + ", which extends " + a + ": ");
    }

    @Test
    void unknownParentsAreRefusedWithTheFileThatNamesThem() throws IOException {
        Path name = file("name.yaml", "extends: sample-mamml\n");
        assertThatThrownBy(() -> RecipeFile.read(name))
                .isInstanceOf(UserException.class)
                .hasMessage(name + " extends \"sample-mamml\", but there is no bundled recipe of that name;"
                        + " did you mean \"sample-maml\"; a file is given by a path such as ./sample-mamml.yaml");
        Path path = file("path.yaml", "extends: ../nowhere.yaml\n");
        assertThatThrownBy(() -> RecipeFile.read(path))
                .isInstanceOf(UserException.class)
                .hasMessage(path + " extends ../nowhere.yaml, but there is no recipe file "
                        + folder.resolveSibling("nowhere.yaml"));
        Path list = file("list.yaml", "extends: [sample-maml]\n");
        assertThatThrownBy(() -> RecipeFile.read(list))
                .hasMessage(
                        list
                                + ": extends must be the name of a bundled recipe or the path of a recipe file, not [sample-maml]");
    }
}
