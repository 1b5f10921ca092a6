package org.deutero.experiment.recipe;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deutero.experiment.base.UserException;
import org.deutero.options.Suggestions;
import org.deutero.tensor.files.FileReasons;
import org.deutero.tensor.io.AtomicFiles;

/** Finds, reads and writes recipes. Every fault is one sentence that names the file and, for syntax, the line. */
public final class RecipeFile {
    private RecipeFile() {}

    /**
     * Loads a bundled recipe by name, or any recipe by path, and applies {@code key=value} overrides whose values
     * are YAML scalars or flow collections. A name wins over a file of the same name; {@code ./name} is a path.
     */
    public static Recipe load(String nameOrPath, List<String> overrides) {
        Recipe recipe = BundledRecipes.names().contains(nameOrPath) ? bundled(nameOrPath) : file(nameOrPath);
        return changed(recipe, overrides);
    }

    /** The same recipe with {@code key=value} overrides. */
    public static Recipe changed(Recipe recipe, List<String> overrides) {
        return new Recipe(recipe.source(), Overrides.apply(recipe.tree(), overrides));
    }

    /** Names of the bundled recipes, sorted. */
    public static List<String> names() {
        return BundledRecipes.names();
    }

    /** Folders of the bundled recipes below {@code recipes/}, which are the sources of their tasks, by name. */
    public static Map<String, String> folders() {
        return BundledRecipes.folders();
    }

    /** A bundled recipe, complete with what it inherits. */
    public static Recipe bundled(String name) {
        return Inheritance.complete(writtenBundled(name));
    }

    /** Reads a recipe file, complete with what it inherits. */
    public static Recipe read(Path file) {
        return Inheritance.complete(written(file, ""));
    }

    /** A bundled recipe as it is written. */
    static Inheritance.Written writtenBundled(String name) {
        String source = "bundled recipe \"" + name + "\"";
        return new Inheritance.Written(source, Optional.empty(), RecipeYaml.parse(BundledRecipes.text(name), source));
    }

    /** A recipe file as it is written; {@code who} wants it, for the message that there is none. */
    static Inheritance.Written written(Path file, String who) {
        try {
            return new Inheritance.Written(
                    file.toString(), Optional.of(file), RecipeYaml.parse(Files.readString(file), file.toString()));
        } catch (NoSuchFileException e) {
            throw UserException.usage(who + "there is no recipe file " + file, e);
        } catch (CharacterCodingException e) {
            throw UserException.usage(file + " is not a recipe: it is not UTF-8 text", e);
        } catch (IOException e) {
            throw UserException.failure("cannot read the recipe " + file + ": " + FileReasons.of(e), e);
        }
    }

    /** Whether a text is meant as the path of a file rather than as a name. */
    static boolean looksLikePath(String nameOrPath) {
        return nameOrPath.endsWith(".yaml")
                || nameOrPath.endsWith(".yml")
                || nameOrPath.contains("/")
                || nameOrPath.contains("\\");
    }

    /** The tree of a text, which is found as it is written; {@code source} stands in messages. */
    public static Map<String, Object> tree(String yaml, String source) {
        return RecipeYaml.parse(yaml, source);
    }

    /** The text of a resolved tree. */
    public static String toYaml(Map<String, Object> resolved) {
        return RecipeYaml.write(resolved);
    }

    /** Writes a resolved tree; the file is there completely or not at all. */
    public static void write(Path file, Map<String, Object> resolved) throws IOException {
        AtomicFiles.write(file, toYaml(resolved));
    }

    private static Recipe file(String nameOrPath) {
        Path path = Path.of(nameOrPath);
        if (Files.isDirectory(path)) {
            throw UserException.usage(nameOrPath + " is a folder; give the recipe file in it");
        }
        if (looksLikePath(nameOrPath) || Files.exists(path)) {
            return read(path);
        }
        throw UserException.usage("there is no recipe \"" + nameOrPath + "\""
                + Suggestions.phrase(nameOrPath, names()).replaceAll("\\?$", "")
                + "; see \"deutero recipes\", or give the path of a .yaml file");
    }
}
