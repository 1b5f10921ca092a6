package org.deutero.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.tools.ToolProvider;
import org.deutero.experiment.plugin.Plugins;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stranger's jar adds the guide's learner and a source of tasks, and everything works with them that works with the library's own. */
class PluginTest {
    private static final Path ROOT = Path.of(System.getProperty("deutero.root"));
    private static final Path PLUGIN = ROOT.resolve("app/src/test/resources/plugin/RidgePlugin.java");
    private static final Path LEARNER = ROOT.resolve("methods/src/test/java/org/deutero/example/RidgeLearner.java");
    private static final String METHODS = "org.deutero.methods.MethodProvider";
    private static final String SOURCES = "org.deutero.tasks.source.TaskSourceProvider";
    private static final String RECIPE = """
            tasks: {source: patterns, noise: 0.15}
            method: {name: ridge, width: 16}
            training: {iterations: 150, meta-batch: 8, threads: 1}
            evaluation: {tasks: 40, validation-tasks: 10}
            """;

    @TempDir
    private static Path shared;

    private static Path jar;
    private static Path recipe;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void build() throws IOException {
        jar = jar(
                shared.resolve("ridge.jar"),
                List.of(PLUGIN, LEARNER),
                Map.of(METHODS, "org.deutero.example.RidgePlugin", SOURCES, "org.deutero.example.RidgePlugin"),
                Map.of(
                        "recipes/patterns/patterns-ridge.yaml",
                        "name: patterns-ridge\ndescription: Ridge regression on patterns.\n" + RECIPE,
                        "recipes/patterns/patterns-ridge-tiny.yaml",
                        """
                        name: patterns-ridge-tiny
                        description: The same in a moment.
                        extends: patterns-ridge
                        training: {iterations: 2}
                        evaluation: {tasks: 4, validation-tasks: 2}
                        """));
        recipe = Files.writeString(shared.resolve("r.yaml"), RECIPE);
    }

    /** Compiles and packs as a plug-in's own build does, against nothing but the library. */
    private static Path jar(Path file, List<Path> sources, Map<String, String> services) throws IOException {
        return jar(file, sources, services, Map.of());
    }

    /** The same, with further files by their names. */
    private static Path jar(Path file, List<Path> sources, Map<String, String> services, Map<String, String> files)
            throws IOException {
        Path classes = Files.createDirectories(file.resolveSibling(file.getFileName() + "-classes"));
        List<String> arguments = new ArrayList<>(
                List.of("-proc:none", "-d", classes.toString(), "-cp", System.getProperty("java.class.path")));
        sources.forEach(source -> arguments.add(source.toString()));
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
                .isZero();
        try (JarOutputStream packed = new JarOutputStream(Files.newOutputStream(file));
                Stream<Path> compiled = Files.walk(classes)) {
            for (Path one : compiled.filter(Files::isRegularFile).sorted().toList()) {
                put(packed, classes.relativize(one).toString().replace('\\', '/'), Files.readAllBytes(one));
            }
            for (Map.Entry<String, String> service : services.entrySet()) {
                put(
                        packed,
                        "META-INF/services/" + service.getKey(),
                        service.getValue().getBytes(StandardCharsets.UTF_8));
            }
            for (Map.Entry<String, String> one : files.entrySet()) {
                put(packed, one.getKey(), one.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return file;
    }

    private static void put(JarOutputStream jar, String name, byte[] content) throws IOException {
        jar.putNextEntry(new JarEntry(name));
        jar.write(content);
        jar.closeEntry();
    }

    private int run(Object... words) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        String[] args = Stream.of(words).map(Object::toString).toArray(String[]::new);
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }

    private void works(Object... words) {
        assertThat(run(words)).as("%s%s", out, err).isZero();
    }

    private void refused(int code, String... words) {
        assertThat(code).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).hasLineCount(1).startsWith("deutero: ").contains(words);
    }

    @Test
    void aStrangersLearnerIsTrainedMeasuredExportedAndUsed() throws IOException {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Path run = folder.resolve("run");
        works("train", recipe, "--out", run, "--plugin", jar);
        assertThat(out.toString()).contains("Test accuracy", "Learner: " + run.resolve("learner.dtr"));
        assertThat(Files.readString(run.resolve("recipe.yaml"))).contains("width: 16", "noise: 0.15", "shot: 1");
        works("evaluate", run, "--tasks", 100, "--plugin", jar);
        double accuracy = Double.parseDouble(out.toString().replaceAll("(?s).*Test accuracy ([\\d.]+) .*", "$1"));
        assertThat(accuracy).as("per cent; chance is 33").isGreaterThan(80);

        Path exported = folder.resolve("ridge.dtr");
        works("export", run, "--out", exported, "--plugin", jar);
        assertThat(out.toString()).contains("Calibrated on");
        List<Path> pictures = pictures(4);
        Path model = folder.resolve("model.dtr");
        works("adapt", exported, "--support", folder.resolve("examples"), "--out", model, "--plugin", jar);
        for (int c = 0; c < pictures.size(); c++) {
            works("predict", model, pictures.get(c), "--json", "--top", 1, "--plugin", jar);
            assertThat(out.toString()).contains("class" + c);
        }
        assertThat(run("predict", model, pictures.get(0))).isEqualTo(ExitCode.FAILURE);
        assertThat(err.toString()).contains("the method \"ridge\", which this version does not know");
        assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
    }

    /** One example a class to learn from, and another like it. */
    private List<Path> pictures(int classes) throws IOException {
        RandomGenerator rng = new SplittableRandom(5);
        List<Path> others = new ArrayList<>();
        for (int c = 0; c < classes; c++) {
            int[] pattern = rng.ints(64, 40, 216).toArray();
            write(folder.resolve("examples/class" + c + "/0.png"), pattern, rng);
            others.add(write(folder.resolve("other" + c + ".png"), pattern, rng));
        }
        return others;
    }

    private static Path write(Path file, int[] pattern, RandomGenerator rng) throws IOException {
        BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < pattern.length; i++) {
            image.getRaster().setSample(i % 8, i / 8, 0, pattern[i] + rng.nextInt(-20, 20));
        }
        Files.createDirectories(file.getParent());
        ImageIO.write(image, "png", file.toFile());
        return file;
    }

    @Test
    void itIsListedAfterTheLibrarysOwn() {
        works("methods", "--plugin", jar);
        assertThat(out.toString()).containsSubsequence("maml", "nearest-centroid", "ridge", "arXiv 1805.08136");
        works("methods");
        assertThat(out.toString()).doesNotContainPattern("(?m)^ridge\\b");
        works("recipes", recipe, "--explain", "--plugin", jar);
        // Long lines are folded.
        assertThat(out.toString().replaceAll("\\s+", " "))
                .contains("wheel-bandit | patterns", "features that are learned");
    }

    @Test
    void itsRecipesStandBesideTheLibrarysOwn() throws IOException {
        works("recipes", "--plugin", jar);
        assertThat(out.toString())
                .containsSubsequence(
                        "omniglot-5way-1shot-protonet-small", "patterns", "patterns-ridge", "Ridge regression");
        works("recipes");
        assertThat(out.toString()).doesNotContain("patterns-ridge");
        works("recipes", "patterns-ridge-tiny", "--plugin", jar);
        assertThat(out.toString()).contains("iterations: 2", "width: 16").doesNotContain("extends");
        works("train", "patterns-ridge-tiny", "--out", folder.resolve("tiny"), "--plugin", jar);
        assertThat(out.toString()).contains("Test accuracy");
        Path heir = Files.writeString(folder.resolve("h.yaml"), "extends: patterns-ridge-tiny\nmethod: {width: 7}\n");
        works("recipes", heir, "--explain", "--plugin", jar);
        assertThat(out.toString()).contains("method.width: 7", "training.iterations: 2");
        refused(run("recipes", heir), "h.yaml extends \"patterns-ridge-tiny\"", "no bundled recipe");
    }

    @Test
    void twoRecipesOfOneNameAreRefused() throws IOException {
        String maml = "recipes/sinusoid/sinusoid-10shot-maml.yaml";
        Path first = recipes("first.jar", "recipes/mine.yaml");
        Path second = recipes("second.jar", "recipes/a/mine.yaml");
        Path third = recipes("third.jar", maml);
        refused(
                run("recipes", "mine", "--plugin", second, "--plugin", first),
                "two recipes of the name \"mine\"",
                "recipes/a/mine.yaml in " + second,
                "recipes/mine.yaml in " + first);
        refused(run("recipes", "--plugin", third), "\"sinusoid-10shot-maml\"", maml + " in " + third);
    }

    private Path recipes(String jar, String file) throws IOException {
        return jar(folder.resolve(jar), List.of(PLUGIN, LEARNER), Map.of(), Map.of(file, "method: maml"));
    }

    @Test
    void aFolderOfPluginsNeedsNoOption() throws IOException {
        Path plugins = Files.createDirectories(folder.resolve("plugins"));
        Files.copy(jar, plugins.resolve("ridge.jar"));
        System.setProperty(Plugins.PROPERTY, plugins.toString());
        try {
            works("methods");
            assertThat(out.toString()).contains("ridge");
            works("recipes", "patterns-ridge");
            works("methods", "--plugin", jar); // named besides, and found twice, it is one
        } finally {
            System.clearProperty(Plugins.PROPERTY);
        }
    }

    @Test
    void whatIsWrongWithAPluginIsOneSentence() throws IOException {
        refused(run("train", recipe, "--out", folder.resolve("run")), "\"patterns\"", "tasks.source");
        refused(run("methods", "--plugin", folder.resolve("gone.jar")), "there is no plug-in", "gone.jar");
        refused(run("methods", "--plugin", recipe), "r.yaml is not a jar");
        Path twin = Files.createDirectories(folder.resolve("twin"));
        Path source = Files.writeString(twin.resolve("Twin.java"), """
                public final class Twin implements org.deutero.methods.MethodProvider {
                    public java.util.List<org.deutero.methods.Method> methods() {
                        return java.util.List.of(new org.deutero.methods.Method("maml", "", null, "", "", "unroll", (sections, shape) -> null));
                    }
                }
                """);
        Path second = jar(twin.resolve("twin.jar"), List.of(source), Map.of(METHODS, "Twin"));
        refused(run("methods", "--plugin", second), "two of method \"maml\"", "BuiltInMethods", "Twin");
        Path hollow = jar(folder.resolve("hollow.jar"), List.of(source), Map.of(METHODS, "Gone"));
        refused(run("methods", "--plugin", hollow), "a plug-in that brings a method cannot be loaded", "Gone");
    }

    @Test
    void networksEstimatorsOptimisersAndMeasuresComeTheSameWay() throws IOException {
        Path source = Files.writeString(folder.resolve("Kinds.java"), """
                import java.util.List;
                import org.deutero.learn.*;
                import org.deutero.learn.evaluate.*;
                import org.deutero.learn.gradient.Unroll;
                import org.deutero.learn.meta.GradientRule;
                import org.deutero.learn.recipe.*;
                import org.deutero.methods.*;
                import org.deutero.methods.network.FeatureMaps;
                import org.deutero.tasks.Episodes;
                import org.deutero.tensor.*;
                import org.deutero.tensor.nn.*;
                import org.deutero.tensor.optim.Sgd;

                public final class Kinds
                        implements NetworkProvider, MetaGradientProvider, MetaOptimizerProvider, InnerOptimizerProvider, MeasureProvider {
                    public List<NamedNetwork> networks() {
                        return List.of(new NamedNetwork("shallow", (o, shape, outputs) -> Mlp.of(
                                shape.features(), o.integer("units", 8, 1, 64, "hidden units"), Math.max(1, outputs))));
                    }
                    public List<NamedMaps> maps() {
                        return List.of(new NamedMaps("maps", (o, shape) -> new FeatureMaps(
                                new Headless(Mlp.of(shape.features(), o.integer("width", 6, 1, 64, "of features"))),
                                o.integer("width", 6, 1, 64, "of features"),
                                0)));
                    }
                    public List<NamedMetaGradient> metaGradients() {
                        return List.of(new NamedMetaGradient("mine", o -> new GradientRule(Unroll.FIRST_ORDER)));
                    }
                    public List<NamedOptimizer> optimizers() {
                        return List.of(new NamedOptimizer("plain", o -> new Sgd(0, false)));
                    }
                    public List<NamedOptimizer> innerOptimizers() {
                        return List.of(new NamedOptimizer("lazy", o -> new Sgd(o.number("laziness", 0.5, 0, 1, "of steps"), false)));
                    }
                    public List<Measure<Episodes>> measures() {
                        return List.of(new Measure<>() {
                            public String name() { return "rmse"; }
                            public boolean higherIsBetter() { return false; }
                            public Tensor of(Tensor outputs, Episodes tasks) {
                                return Losses.squaredError(outputs, tasks.queryY()).sqrt();
                            }
                        });
                    }
                }
                """);
        Path kinds = jar(
                folder.resolve("kinds.jar"),
                List.of(source),
                Map.of(
                        "org.deutero.methods.NetworkProvider", "Kinds",
                        "org.deutero.learn.recipe.MetaGradientProvider", "Kinds",
                        "org.deutero.learn.recipe.MetaOptimizerProvider", "Kinds",
                        "org.deutero.methods.InnerOptimizerProvider", "Kinds",
                        "org.deutero.learn.evaluate.MeasureProvider", "Kinds"));
        Path other = Files.writeString(folder.resolve("k.yaml"), """
                tasks: {source: sinusoid}
                method: {name: maml}
                network: {type: shallow, units: 5}
                meta-gradient: {name: mine}
                meta-optimizer: {name: plain}
                training: {iterations: 2, meta-batch: 2}
                evaluation: {tasks: 4, validation-tasks: 2, measure: rmse}
                """);
        String lazy = "method.inner-optimizer=lazy";
        works("train", other, "--out", folder.resolve("kinds"), "--plugin", kinds, "--set", lazy);
        assertThat(out.toString()).contains("Test rmse");
        refused(run("train", other, "--out", folder.resolve("none")), "network.type", "shallow");
        works("methods", other, "--plugin", kinds);
        assertThat(out.toString()).containsPattern("meta-parameters +16"); // 1 * 5 + 5 and 5 * 1 + 1
        works("recipes", other, "--explain", "--plugin", kinds);
        assertThat(out.toString()).contains("network.units: 5", "hidden units (integer between 1 and 64; default 8)");
        Path relation = Files.writeString(folder.resolve("relation.yaml"), """
                tasks: {source: patterns}
                method: {name: relation}
                network: {type: maps, width: 4}
                training: {iterations: 2, meta-batch: 2}
                evaluation: {tasks: 4, validation-tasks: 2}
                """);
        works("train", relation, "--out", folder.resolve("maps"), "--plugin", kinds, "--plugin", jar);
        assertThat(out.toString()).contains("Test accuracy");
        Path matching = Files.writeString(folder.resolve("matching.yaml"), """
                extends: ./relation.yaml
                method: {name: matching, full-context: true}
                network: {extends: none, type: shallow}
                """);
        works("train", matching, "--out", folder.resolve("matching"), "--plugin", kinds, "--plugin", jar);
        assertThat(out.toString()).contains("Test accuracy");
    }

    @Test
    void theGuideShowsThisPlugin() throws IOException {
        String guide = Files.readString(ROOT.resolve("docs/GUIDE.md"));
        String file = Files.readString(PLUGIN);
        int start = file.indexOf("// guide: start\n") + 16;
        assertThat(file.substring(start, file.indexOf("// guide: end")).lines().map(String::strip))
                .allSatisfy(line -> assertThat(guide).as("docs/GUIDE.md").contains(line));
    }
}
