package org.deutero.tasks.omniglot;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.deutero.tasks.DataException;
import org.deutero.tasks.files.ImageCollection;
import org.deutero.tasks.images.ImageFormat;
import org.deutero.tasks.images.LabelledImages;
import org.deutero.tasks.images.Picture;
import org.deutero.tasks.images.Resampling;

/**
 * Makes the bundled Omniglot files from the published archives: {@code images_background.zip},
 * {@code images_evaluation.zip} and the one-shot runs ({@code all_runs.zip}) of github.com/brendenlake/omniglot.
 *
 * <p>Use: {@code java -cp ... org.deutero.tasks.omniglot.OmniglotPacker BACKGROUND.zip EVALUATION.zip RUNS.zip FOLDER}, with
 * this package's resource folder as FOLDER. The drawings are reduced to one bit, which is what they are published in; the
 * packer decodes its own output and compares.
 */
public final class OmniglotPacker {

    private static final ImageFormat AS_PUBLISHED =
            new ImageFormat(1, StrokeCodec.SIDE, StrokeCodec.SIDE, Resampling.NEAREST, false);

    private OmniglotPacker() {}

    /** Runs the packer. */
    public static void main(String[] args) throws IOException {
        if (args.length != 4) {
            throw new IllegalArgumentException(
                    "expected four arguments: BACKGROUND.zip EVALUATION.zip RUNS.zip FOLDER");
        }
        LabelledImages background = ImageCollection.scan(Path.of(args[0])).load(AS_PUBLISHED);
        LabelledImages evaluation = ImageCollection.scan(Path.of(args[1])).load(AS_PUBLISHED);
        LabelledImages all = background.and(evaluation);
        Path folder = Path.of(args[3]);
        try (OutputStream out = Files.newOutputStream(folder.resolve(Bundle.RESOURCE))) {
            pack(all, background.classes()).write(out);
        }
        Files.writeString(folder.resolve(OneShotRuns.RESOURCE), runs(Path.of(args[2]), all), StandardCharsets.UTF_8);
    }

    static Bundle pack(LabelledImages images, int background) {
        List<Bundle.Block> blocks = new ArrayList<>();
        for (int first = 0; first < images.classes(); first += Bundle.BLOCK) {
            int classes = Math.min(Bundle.BLOCK, images.classes() - first);
            ByteArrayOutputStream code = new ByteArrayOutputStream();
            for (int c = first; c < first + classes; c++) {
                packClass(images, c, code);
            }
            blocks.add(Bundle.Block.of(first, classes, code.toByteArray()));
        }
        return new Bundle(background, images.classNames(), blocks);
    }

    private static void packClass(LabelledImages images, int c, ByteArrayOutputStream code) {
        if (images.count(c) != Bundle.DRAWINGS) {
            throw new DataException("character " + images.className(c) + " has " + images.count(c)
                    + " drawings, but Omniglot has " + Bundle.DRAWINGS + " of each");
        }
        byte[] again = new byte[StrokeCodec.SIDE * StrokeCodec.SIDE];
        for (int i = 0; i < Bundle.DRAWINGS; i++) {
            Picture drawing = images.image(c, i);
            ByteArrayOutputStream one = new ByteArrayOutputStream();
            StrokeCodec.encode(drawing.pixels(), one);
            StrokeCodec.decode(one.toByteArray(), 0, again);
            if (!Picture.of(1, StrokeCodec.SIDE, StrokeCodec.SIDE, again).equals(drawing)) {
                throw new DataException("drawing " + (i + 1) + " of " + images.className(c)
                        + " is not pure black and white, so it cannot be packed without loss");
            }
            code.writeBytes(one.toByteArray());
        }
    }

    /** Finds the drawing behind each picture of the runs. */
    private static String runs(Path zip, LabelledImages images) throws IOException {
        Map<Picture, List<OneShotRuns.Drawing>> known = new HashMap<>();
        for (int c = 0; c < images.classes(); c++) {
            for (int i = 0; i < images.count(c); i++) {
                known.computeIfAbsent(images.image(c, i), k -> new ArrayList<>())
                        .add(new OneShotRuns.Drawing(c, i));
            }
        }
        StringBuilder out = new StringBuilder("# run, part, character, drawing (from 1), training item of the same"
                + " character (from 1; test only)\n");
        try (ZipFile file = new ZipFile(zip.toFile())) {
            for (int run = 1; run <= OneShotRuns.RUNS; run++) {
                String folder = String.format("run%02d/", run);
                List<Integer> training = new ArrayList<>();
                for (int i = 1; i <= OneShotRuns.WAY; i++) {
                    OneShotRuns.Drawing d = find(file, folder + String.format("training/class%02d.png", i), known);
                    training.add(d.character());
                    out.append(row(run, "training", d, images)).append('\n');
                }
                Map<String, String> labels = labels(file, folder);
                for (int i = 1; i <= OneShotRuns.WAY; i++) {
                    String name = folder + String.format("test/item%02d.png", i);
                    OneShotRuns.Drawing d = find(file, name, known);
                    int label = training.indexOf(d.character()) + 1;
                    if (!String.format("%straining/class%02d.png", folder, label)
                            .equals(labels.get(name))) {
                        throw new DataException(zip + "!" + name + " shows " + images.className(d.character())
                                + ", but class_labels.txt says " + labels.get(name));
                    }
                    out.append(row(run, "test", d, images))
                            .append('\t')
                            .append(label)
                            .append('\n');
                }
            }
        }
        return out.toString();
    }

    private static String row(int run, String part, OneShotRuns.Drawing d, LabelledImages images) {
        return run + "\t" + part + "\t" + images.className(d.character()) + "\t" + (d.item() + 1);
    }

    private static OneShotRuns.Drawing find(ZipFile file, String name, Map<Picture, List<OneShotRuns.Drawing>> known)
            throws IOException {
        Picture picture = Picture.decode(bytes(file, name), name, 1 << 20).as(AS_PUBLISHED);
        List<OneShotRuns.Drawing> found = known.getOrDefault(picture, List.of());
        if (found.size() != 1) {
            throw new DataException(name + " is the same as " + found.size() + " drawings of the set, expected one");
        }
        return found.get(0);
    }

    private static Map<String, String> labels(ZipFile file, String folder) throws IOException {
        Map<String, String> labels = new HashMap<>();
        new String(bytes(file, folder + "class_labels.txt"), StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.strip().split("\\s+", -1))
                .filter(pair -> pair.length == 2)
                .forEach(pair -> labels.put(pair[0], pair[1]));
        return labels;
    }

    private static byte[] bytes(ZipFile file, String name) throws IOException {
        ZipEntry entry = file.getEntry(name);
        if (entry == null) {
            throw new DataException(file.getName() + " does not hold " + name);
        }
        return file.getInputStream(entry).readAllBytes();
    }
}
