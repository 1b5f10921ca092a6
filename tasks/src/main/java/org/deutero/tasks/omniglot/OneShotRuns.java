package org.deutero.tasks.omniglot;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deutero.tasks.DataException;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.images.ImageFormat;
import org.deutero.tasks.images.LabelledImages;
import org.deutero.tensor.Tensor;

/**
 * The official one-shot classification test of Omniglot: 20 runs, each 20 characters of one alphabet drawn by one person to
 * learn from, and the same drawn by another to be told apart; 400 trials in all, harder than episodes across alphabets.
 *
 * <p>Every picture of the test is one of the evaluation drawings, so the runs are bundled as references to them.
 */
public final class OneShotRuns {

    static final String RESOURCE = "one-shot-runs.tsv";

    /** Runs in all. */
    public static final int RUNS = 20;

    /** Characters of each run. */
    public static final int WAY = 20;

    /**
     * A drawing of the data set.
     *
     * @param character its class in {@link Omniglot}
     * @param item which of the 20 drawings, from 0
     */
    public record Drawing(int character, int item) {}

    /**
     * One run.
     *
     * @param training a drawing of each of the 20 characters
     * @param test 20 drawings to be classified, in the official order
     * @param labels for each test drawing: the position, from 0, of the training drawing of the same character
     */
    public record Run(List<Drawing> training, List<Drawing> test, List<Integer> labels) {

        /** Keeps copies. */
        public Run {
            training = List.copyOf(training);
            test = List.copyOf(test);
            labels = List.copyOf(labels);
        }
    }

    private OneShotRuns() {}

    /** The 20 runs, in order. */
    public static List<Run> all() {
        Map<String, Integer> characters = new HashMap<>();
        Omniglot.classNames().forEach(name -> characters.put(name, characters.size()));
        List<List<Drawing>> training = new ArrayList<>();
        List<List<Drawing>> test = new ArrayList<>();
        List<List<Integer>> labels = new ArrayList<>();
        for (int run = 0; run < RUNS; run++) {
            training.add(new ArrayList<>());
            test.add(new ArrayList<>());
            labels.add(new ArrayList<>());
        }
        for (String line : lines()) {
            String[] fields = line.split("\t", -1);
            int run = Integer.parseInt(fields[0]) - 1;
            Drawing drawing = new Drawing(characters.get(fields[2]), Integer.parseInt(fields[3]) - 1);
            if (fields[1].equals("training")) {
                training.get(run).add(drawing);
            } else {
                test.get(run).add(drawing);
                labels.get(run).add(Integer.parseInt(fields[4]) - 1);
            }
        }
        List<Run> runs = new ArrayList<>();
        for (int run = 0; run < RUNS; run++) {
            runs.add(new Run(training.get(run), test.get(run), labels.get(run)));
        }
        return List.copyOf(runs);
    }

    private static List<String> lines() {
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(OneShotRuns.class.getResourceAsStream(RESOURCE), StandardCharsets.UTF_8))) {
            return in.lines().filter(line -> !line.startsWith("#")).toList();
        } catch (IOException e) {
            throw new DataException("the bundled resource " + RESOURCE + " (Omniglot) cannot be read", e);
        }
    }

    /**
     * The runs as one batch of 20 tasks, 20-way 1-shot with one query a class. Queries are put into the order of their
     * labels, as in all episodes.
     *
     * @param format such as {@link Omniglot#FORMAT}
     */
    public static Episodes episodes(ImageFormat format) {
        LabelledImages images = Omniglot.images(format);
        int size = images.imageSize();
        float[] support = new float[RUNS * WAY * size];
        float[] query = new float[RUNS * WAY * size];
        long[] labels = new long[RUNS * WAY];
        List<Run> runs = all();
        for (int r = 0; r < RUNS; r++) {
            Run run = runs.get(r);
            for (int i = 0; i < WAY; i++) {
                labels[r * WAY + i] = i;
                Drawing shown = run.training().get(i);
                Drawing asked = run.test().get(run.labels().indexOf(i));
                images.copyTo(shown.character(), shown.item(), support, (r * WAY + i) * size);
                images.copyTo(asked.character(), asked.item(), query, (r * WAY + i) * size);
            }
        }
        long[] shape = {RUNS, WAY, images.channels(), images.height(), images.width()};
        return new Episodes(
                Tensor.of(support, shape),
                Tensor.of(labels, RUNS, WAY),
                Tensor.of(query, shape),
                Tensor.of(labels, RUNS, WAY),
                WAY);
    }
}
