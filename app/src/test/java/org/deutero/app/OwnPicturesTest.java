package org.deutero.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a folder of pictures to a trained learner, and every way in which that may go wrong. */
class OwnPicturesTest {
    private static final int CLASSES = 12;
    private static final int PICTURES = 4;

    @TempDir
    private Path folder;

    private Path pictures;
    private StringWriter out;
    private StringWriter err;

    @BeforeEach
    void writePictures() throws IOException {
        pictures = folder.resolve("pictures");
        for (int c = 0; c < CLASSES; c++) {
            for (int i = 0; i < PICTURES; i++) {
                picture(pictures.resolve("class" + (char) ('a' + c)).resolve(i + ".png"), 20 * c + i);
            }
        }
    }

    private static void picture(Path file, int shade) throws IOException {
        Files.createDirectories(file.getParent());
        BufferedImage image = new BufferedImage(20, 20, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 400; i++) {
            image.setRGB(i % 20, i / 20, (i % 20 < 3 + shade % 13 ? shade : 255 - shade) * 0x010101);
        }
        ImageIO.write(image, "png", file.toFile());
    }

    private int run(String... args) {
        out = new StringWriter();
        err = new StringWriter();
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }

    private int train(String recipe, List<String> options, String... overrides) {
        List<String> args = new ArrayList<>(
                List.of("train", recipe, "--out", folder.resolve("run").toString()));
        args.addAll(options);
        for (String value : List.of(
                "training.iterations=2",
                "training.meta-batch=1",
                "evaluation.tasks=3",
                "evaluation.validation-tasks=3",
                "tasks.queries=2",
                "network.filters=4",
                "tasks.cache=" + folder.resolve("cache"))) {
            args.add("--set");
            args.add(value);
        }
        for (String value : overrides) {
            args.add("--set");
            args.add(value);
        }
        return run(args.toArray(new String[0]));
    }

    private List<String> data() {
        return List.of("--data", pictures.toString());
    }

    private String sentence() {
        assertThat(err.toString()).hasLineCount(1).startsWith("deutero: ").doesNotContain("unexpected", "Exception");
        return err.toString();
    }

    private List<String> files(Path root) throws IOException {
        try (Stream<Path> walk = Files.walk(root)) {
            return walk.map(Path::toString).sorted().toList();
        }
    }

    private String recipe() throws IOException {
        return Files.readString(folder.resolve("run/recipe.yaml"));
    }

    @Test
    void anyRecipeAboutPicturesIsTrainedOnTheUsers() throws IOException {
        List<String> before = files(pictures);
        assertThat(train("omniglot-5way-1shot-maml-small", data(), "tasks.validation-share=0"))
                .as(() -> err.toString())
                .isEqualTo(ExitCode.OK);
        assertThat(recipe())
                .contains("source: images", "size: 28", "colour: false", "way: 5")
                .contains("omniglot-5way-1shot-maml-small-pictures")
                .doesNotContain("vinyals", "published");
        assertThat(files(pictures)).isEqualTo(before);
        assertThat(files(folder.resolve("cache"))).hasSize(2);
        assertThat(run("evaluate", folder.resolve("run").toString(), "--tasks", "2"))
                .isEqualTo(ExitCode.OK);
    }

    @Test
    void tooFewClassesSayWhatWouldWork() {
        assertThat(train("images-5way-1shot-protonet", data())).isEqualTo(ExitCode.FAILURE);
        assertThat(sentence())
                .contains("pictures has 12 usable classes", "need 15", "tasks.validation-share=0", "tasks.way=4");
        assertThat(folder.resolve("cache")).doesNotExist(); // said before anything was decoded
    }

    @Test
    void aSplitFileSaysWhichClassesAreForWhat() throws IOException {
        StringBuilder split = new StringBuilder("class,split\n");
        for (int c = 0; c < CLASSES; c++) {
            split.append("class").append((char) ('a' + c)).append(c < 5 ? ",train\n" : c < 7 ? "" : ",test\n");
            split.append(c == 5 || c == 6 ? ",validation\n" : "");
        }
        Path file = Files.writeString(folder.resolve("split.csv"), split.toString());
        List<String> options = new ArrayList<>(data());
        options.addAll(List.of("--split", file.toString()));
        assertThat(train("images-5way-1shot-protonet", options)).isEqualTo(ExitCode.FAILURE);
        assertThat(sentence()).contains("5 ways", "only 2");
        Files.writeString(file, split.toString().replaceAll("class[fg],validation\n", ""));
        deleteRun();
        assertThat(train("images-5way-1shot-protonet", options))
                .as(() -> err.toString())
                .isEqualTo(ExitCode.OK);
        assertThat(recipe()).contains("split-file: " + file.toAbsolutePath());
    }

    private void deleteRun() throws IOException {
        Files.deleteIfExists(folder.resolve("run/.lock"));
        Files.deleteIfExists(folder.resolve("run"));
    }

    @Test
    void optionsThatDoNotFitAreRefused() {
        assertThat(train("sinusoid-5shot-maml-small", data())).isEqualTo(ExitCode.USAGE);
        assertThat(sentence()).contains("tasks.source: sinusoid", "--data");
        assertThat(train("omniglot-5way-1shot-maml-small", List.of("--split", "s.csv")))
                .isEqualTo(ExitCode.USAGE);
        assertThat(sentence()).contains("--data");
        assertThat(run("train", "--resume", folder.toString(), "--data", pictures.toString()))
                .isEqualTo(ExitCode.USAGE);
        assertThat(sentence()).contains("leave out");
    }

    @Test
    void unreadablePicturesAndSmallClassesAreRefusedOrLeftOut() throws IOException {
        picture(pictures.resolve("classz/0.png"), 9);
        assertThat(train("images-5way-1shot-protonet", data(), "tasks.way=2")).isEqualTo(ExitCode.FAILURE);
        assertThat(sentence()).contains("'classz'", "has 1 image,", "tasks.unusable=skip");
        deleteRun();
        Files.writeString(pictures.resolve("classa/text.png"), "just text");
        assertThat(train(
                        "images-5way-1shot-protonet",
                        data(),
                        "tasks.way=2",
                        "tasks.unusable=skip",
                        "tasks.validation-share=0"))
                .as(() -> err.toString())
                .isEqualTo(ExitCode.OK);
        Files.delete(pictures.resolve("classz/0.png"));
        Files.delete(pictures.resolve("classz"));
        assertThat(run(
                        "train",
                        "images-5way-1shot-protonet",
                        "--data",
                        pictures.toString(),
                        "--out",
                        folder.resolve("other").toString(),
                        "--set",
                        "tasks.cache=none",
                        "--set",
                        "tasks.way=2",
                        "--set",
                        "tasks.queries=2"))
                .isEqualTo(ExitCode.FAILURE);
        assertThat(sentence()).contains("text.png", "not a PNG or JPEG");
    }

    @Test
    void checkSaysWhatIsThereAndWhatCanBeTrained() throws IOException {
        Files.writeString(pictures.resolve("classa/text.png"), "just text");
        Files.copy(pictures.resolve("classa/0.png"), pictures.resolve("classb/copy.png"));
        assertThat(run("data", "check", pictures.toString(), "--queries", "3")).isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .contains("classes     12", "pictures    49", "all 20x20", "49 PNG colour")
                .contains("text.png is not a PNG or JPEG image")
                .contains("classa/0.png = classb/copy.png", "several classes");
        assertThat(out.toString().replaceAll("\\s+", " "))
                .contains("12 classes with at least 4 pictures: 5-way 1-shot with 3 queries works without");
        assertThat(run("data", "check", pictures.toString(), "--queries", "3", "--way", "4"))
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString().replaceAll("\\s+", " "))
                .contains("4-way 1-shot with 3 queries works, 20-way does not.");
        assertThat(run("data", "check", pictures.toString(), "--way", "20")).isEqualTo(ExitCode.FAILURE);
        assertThat(out.toString().replaceAll("\\s+", " "))
                .contains("12 classes with fewer than 16 pictures", "0 classes with at least 16 pictures")
                .contains("What would work: up to 6-way 1-shot with 3 queries.");
    }

    @Test
    void checkFailsWhereNothingCanBeTrained() throws IOException {
        assertThat(run("data", "check", folder.resolve("gone").toString())).isEqualTo(ExitCode.FAILURE);
        assertThat(sentence()).contains("gone does not exist");
        Path lonely = folder.resolve("lonely");
        picture(lonely.resolve("a/1.png"), 1);
        picture(lonely.resolve("b/1.png"), 2);
        assertThat(run("data", "check", lonely.toString())).isEqualTo(ExitCode.FAILURE);
        assertThat(out.toString()).contains("Nothing can be trained on these pictures");
        Files.createDirectories(pictures.resolve("empty"));
        assertThat(run("data", "check", pictures.toString())).isEqualTo(ExitCode.FAILURE);
        assertThat(out.toString()).contains("empty holds no PNG or JPEG", "until the faults above are mended");
        assertThat(run("data", "check", pictures.toString(), "--way", "1")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void foldersThatLookLikePartsAreTheSplitOrASentence() throws IOException {
        Path parts = folder.resolve("parts/wrapper");
        for (int c = 0; c < 6; c++) {
            for (int i = 0; i < 3; i++) {
                picture(parts.resolve((c < 2 ? "Train" : c < 4 ? "valid" : "TEST") + "/c" + c + "/" + i + ".png"), c);
            }
        }
        List<String> data = List.of("--data", folder.resolve("parts").toString());
        assertThat(train("images-5way-1shot-protonet", data, "tasks.way=2"))
                .as(() -> err.toString())
                .isEqualTo(ExitCode.OK);
        assertThat(run("data", "check", folder.resolve("parts").toString(), "--way", "2", "--queries", "2"))
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString().replaceAll("\\s+", " "))
                .contains(
                        "split by its folders Train, valid and TEST: 2 classes to train, 2 to validate and 2 to test on");
        Path file = Files.writeString(folder.resolve("s.csv"), "c0;train\nc1;train\nc2;train\nc4;test\nc5;test\n");
        assertThat(run("data", "check", data.get(1), "--way", "2", "--queries", "2", "--split", file.toString()))
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString().replaceAll("\\s+", " ")).contains("s.csv: 3 classes to train, 0 to validate");

        Path ordinary = folder.resolve("ordinary");
        for (String part : List.of("train", "test")) {
            for (int c = 0; c < 4; c++) {
                for (int i = 0; i < 2; i++) {
                    picture(ordinary.resolve(part + "/c" + c + "/" + i + ".png"), c);
                }
            }
        }
        data = List.of("--data", ordinary.toString());
        run("data", "check", ordinary.toString(), "--way", "2", "--queries", "2");
        assertThat(out.toString()).contains("class 'c0' of", "several parts");
        String[] args = {"train", "images-5way-1shot-protonet", "--data", ordinary.toString(), "--out", "x"};
        args[5] = folder.resolve("o").toString();
        assertThat(run(args)).isEqualTo(ExitCode.FAILURE);
        assertThat(sentence()).contains("class 'c0' of", "train/c0, test/c0", "tasks.split=random");
        Files.move(folder.resolve("run"), folder.resolve("first"));
        assertThat(train(
                        "images-5way-1shot-protonet",
                        data,
                        "tasks.way=2",
                        "tasks.split=random",
                        "tasks.validation-share=0"))
                .as(() -> err.toString())
                .isEqualTo(ExitCode.OK);
    }

    @Test
    void aRunWhosePicturesHaveMovedIsTold() throws IOException {
        assertThat(train("images-5way-1shot-protonet", data(), "tasks.way=2", "tasks.validation-share=0"))
                .isEqualTo(ExitCode.OK);
        String trained = folder.resolve("run").toString();
        Path moved = Files.move(pictures, folder.resolve("moved"));
        String hint = "--set tasks.path=PATH";
        String there = "tasks.path=" + moved;
        for (String command : List.of("evaluate", "export")) {
            assertThat(run(command, trained)).isEqualTo(ExitCode.FAILURE);
            assertThat(sentence()).contains("pictures", "do not exist", hint);
            assertThat(run(command, trained, "--set", there))
                    .as(() -> err.toString())
                    .isEqualTo(ExitCode.OK);
        }
        Files.delete(folder.resolve("run/learner.dtr"));
        String[] adapt = {
            "adapt",
            trained,
            "--support",
            moved.toString(),
            "--out",
            folder.resolve("m.dtr").toString()
        };
        assertThat(run(adapt)).isEqualTo(ExitCode.FAILURE);
        assertThat(sentence()).contains(hint);
        List<String> told = new ArrayList<>(List.of(adapt));
        told.addAll(List.of("--set", there));
        assertThat(run(told.toArray(new String[0]))).as(() -> err.toString()).isEqualTo(ExitCode.OK);
    }

    @Test
    void anImportedBenchmarkIsTrainedWithItsSplit() throws IOException {
        assertThat(run("data", "import", "cubb", pictures.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(sentence()).contains("did you mean \"cub\"");
        Path imported = folder.resolve("cub");
        assertThat(run("data", "import", "cub", pictures.toString(), "--out", imported.toString()))
                .isEqualTo(ExitCode.FAILURE);
        assertThat(sentence()).contains("lacks 200 of the 200 classes of cub");
        // What an import leaves behind, in small.
        Files.createDirectories(imported);
        List<String> list = new ArrayList<>(List.of("path,label"));
        List<String> split = new ArrayList<>(List.of("class,split"));
        for (int c = 0; c < CLASSES; c++) {
            String name = "class" + (char) ('a' + c);
            split.add(name + (c < 6 ? ",train" : ",test"));
            for (int i = 0; i < PICTURES; i++) {
                list.add(pictures.resolve(name).resolve(i + ".png") + "," + name);
            }
        }
        Files.write(imported.resolve("pictures.csv"), list);
        Files.write(imported.resolve("split.csv"), split);
        assertThat(train(
                        "mini-imagenet-32-5way-1shot-protonet-small",
                        List.of("--data", imported.toString()),
                        "tasks.train-way=6",
                        "tasks.train-queries=2"))
                .as(() -> err.toString())
                .isEqualTo(ExitCode.OK);
        assertThat(recipe()).contains("size: 32", "colour: true");
    }
}
