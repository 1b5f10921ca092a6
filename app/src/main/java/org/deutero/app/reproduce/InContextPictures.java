package org.deutero.app.reproduce;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.deutero.app.progress.PictureMessages;
import org.deutero.app.report.PhasePage;
import org.deutero.app.report.StateSizePage;
import org.deutero.app.text.InContextText;
import org.deutero.experiment.RunListener;
import org.deutero.experiment.base.UserException;
import org.deutero.experiment.incontext.LearnerSize;
import org.deutero.experiment.incontext.Phase;
import org.deutero.experiment.incontext.PhasePicture;
import org.deutero.experiment.incontext.PhaseStudy;
import org.deutero.experiment.incontext.StateSizePicture;
import org.deutero.experiment.incontext.StateSizeStudy;
import org.deutero.experiment.incontext.StudySettings;
import org.deutero.experiment.report.Numbers;
import org.deutero.tasks.DataException;
import org.deutero.tasks.files.DataFolder;
import org.deutero.tensor.io.AtomicFiles;

/**
 * Two pictures of learners in context, each of many trainings: what they do by the number of tasks that they were meta-trained on, and how well they learn by the size of their state (Kirsch, Harrison, Sohl-Dickstein, Metz 2022). Every training is an ordinary run in the folder of the picture, so the same command with the same folder goes on where it was.
 *
 * @param asked what of it was said on the command line
 * @param folder of the runs and the page
 * @param width of the screen
 * @param out figures
 * @param trainings listens to each training
 * @param progress is given lines about how far it is
 */
public record InContextPictures(
        Asked asked, Path folder, int width, PrintWriter out, RunListener trainings, Consumer<String> progress) {
    /** The name of the picture of phases. */
    public static final String PHASES = "gpicl-phases";

    /** The name of the picture of state sizes. */
    public static final String STATE_SIZE = "gpicl-state-size";

    /** In words, for the list of experiments. */
    public static final String PHASES_GATE = "all of memorise, identify, learn";

    /** In words, for the list of experiments. */
    public static final String STATE_SIZE_GATE = "LSTM < outer product < transformer";

    /** Our own figures, in words. */
    public static final String PHASES_MEASURED = "a page of charts";

    /** Our own figures, in words. */
    public static final String STATE_SIZE_MEASURED = "a page of charts";

    private static final String DIGITS = "mnist-gpicl-paired-small";
    private static final String BUNDLED = "omniglot-gpicl-small";
    private static final int POWERS = 16;

    /**
     * What was said on the command line.
     *
     * @param seeds of meta-training; none for 1
     * @param tasks numbers of tasks; none for those of the form
     * @param architectures of the picture of sizes; none for all
     * @param recipe that all trainings change; empty for digits, or what is in the jar if there are none
     * @param overrides {@code key=value} changes to it
     * @param sequences of each kind that every learner is measured on
     * @param full the long form of a day instead of the reduced one of minutes
     */
    public record Asked(
            List<Integer> seeds,
            List<Long> tasks,
            List<String> architectures,
            String recipe,
            List<String> overrides,
            int sequences,
            boolean full) {}

    /** Draws the phases. @return whether all three are in the picture */
    public boolean phases() {
        StudySettings settings = settings(1_000, 5_000);
        PhasePicture picture =
                PhaseStudy.of(settings, numbers(), new PictureMessages<>(progress, trainings, this::write));
        InContextText.lines(picture, width).forEach(out::println);
        boolean all = List.of(Phase.MEMORISE, Phase.IDENTIFY, Phase.LEARN).stream()
                .allMatch(phase -> picture.points().stream().anyMatch(p -> p.phase() == phase));
        picture.regions()
                .forEach(r -> out.println((r.from() == r.to() ? "At " + r.from() : "From " + r.from() + " to " + r.to())
                        + (r.to() == 1 ? " task: " : " tasks: ")
                        + r.phase().word()));
        return verdict(all, PHASES_GATE, PHASES);
    }

    /** Draws the sizes. @return whether they stand in the published order wherever all three are equally large */
    public boolean stateSize() {
        StudySettings settings = settings(1_000, 10_000);
        List<LearnerSize> learners = learners();
        StateSizePicture picture =
                StateSizeStudy.of(settings, learners, new PictureMessages<>(progress, trainings, this::write));
        InContextText.lines(picture, width).forEach(out::println);
        picture.matched().forEach(m -> out.println(StateSizePage.order(m)));
        out.println("Rank correlation of accuracy with the size of the state " + Numbers.brief(picture.byState())
                + ", with the number of parameters " + Numbers.brief(picture.byParameters()));
        return verdict(picture.asPublished(), STATE_SIZE_GATE, STATE_SIZE);
    }

    private boolean verdict(boolean holds, String gate, String name) {
        out.println((holds ? "Reached" : "MISSED") + ": demanded is " + gate);
        out.println("Charts: " + folder.resolve(name + ".html"));
        out.flush();
        return holds;
    }

    private List<Long> numbers() {
        if (!asked.tasks.isEmpty()) {
            return asked.tasks;
        }
        return asked.full
                ? LongStream.rangeClosed(0, POWERS).mapToObj(k -> 1L << k).toList()
                : List.of(1L, 4L, 16L, 64L, 256L, 1024L, 4096L, 1L << POWERS);
    }

    private List<LearnerSize> learners() {
        List<LearnerSize> all = asked.full ? LearnerSize.full() : LearnerSize.reduced();
        List<String> known =
                all.stream().map(LearnerSize::architecture).distinct().toList();
        for (String name : asked.architectures) {
            if (!known.contains(name)) {
                throw UserException.usage(
                        "--architectures must be of " + String.join(", ", known) + ", not \"" + name + "\"");
            }
        }
        return all.stream()
                .filter(l -> asked.architectures.isEmpty() || asked.architectures.contains(l.architecture()))
                .toList();
    }

    private StudySettings settings(int reduced, int full) {
        String recipe = asked.recipe.isEmpty() ? standard() : asked.recipe;
        List<Long> seeds = asked.seeds.isEmpty()
                ? List.of(1L)
                : asked.seeds.stream().distinct().map(Integer::longValue).toList();
        return new StudySettings(recipe, asked.overrides, asked.full ? full : reduced, seeds, asked.sequences, folder);
    }

    /** Digits and clothes if they are there, or else what needs no file. */
    private static String standard() {
        try {
            DataFolder.find("mnist");
            DataFolder.find("fashion-mnist");
            return DIGITS;
        } catch (DataException none) {
            return BUNDLED;
        }
    }

    private void write(PhasePicture picture) {
        write(PHASES, InContextText.csv(picture), PhasePage.html(picture));
    }

    private void write(StateSizePicture picture) {
        write(STATE_SIZE, InContextText.csv(picture), StateSizePage.html(picture));
    }

    private void write(String name, String csv, String html) {
        try {
            Files.createDirectories(folder);
            AtomicFiles.write(folder.resolve(name + ".csv"), csv);
            AtomicFiles.write(folder.resolve(name + ".html"), html);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
