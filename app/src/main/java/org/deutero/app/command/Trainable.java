package org.deutero.app.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deutero.tasks.ClassSplit.Part;
import org.deutero.tasks.SplitSizes;
import org.deutero.tasks.files.Survey;

/** Says in plain words which tasks can be made of pictures. */
final class Trainable {
    private static final int LISTED = 10;

    private final Survey survey;
    private final int way;
    private final int shot;
    private final int queries;

    Trainable(Survey survey, int way, int shot, int queries) {
        this.survey = survey;
        this.way = way;
        this.shot = shot;
        this.queries = queries;
    }

    List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        int enough = enough(shot + queries);
        List<String> small = survey.classes().entrySet().stream()
                .filter(entry -> entry.getValue() < shot + queries)
                .map(Map.Entry::getKey)
                .toList();
        if (!small.isEmpty()) {
            sentences.add(small.size() + " classes with fewer than " + (shot + queries)
                    + " pictures, too few for so many shots and queries (tasks.unusable=skip leaves them out): "
                    + String.join(", ", small.subList(0, Math.min(LISTED, small.size())))
                    + (small.size() > LISTED ? " and " + (small.size() - LISTED) + " more" : "") + ".");
        }
        sentences.add(enough + " classes with at least " + (shot + queries) + " pictures: " + verdict() + ".");
        if (!survey.faults().isEmpty()) {
            sentences.add("Nothing is trained on these pictures until the faults above are mended.");
        } else if (!works() && anything()) {
            sentences.add("What would work: " + smaller() + ".");
        } else if (!works()) {
            sentences.add("Nothing can be trained on these pictures: that takes at least 4 classes (2 to train and 2"
                    + " to test on) with 2 pictures each.");
        }
        return sentences;
    }

    /** Whether tasks of the form asked for can be made, if need be without a validation part. */
    boolean works() {
        return survey.faults().isEmpty() && way <= largest(shot + queries, false);
    }

    /** Whether any tasks can be made. */
    boolean anything() {
        return survey.faults().isEmpty() && largest(2, false) >= 2;
    }

    private String verdict() {
        int validated = largest(shot + queries, true);
        int most = largest(shot + queries, false);
        String form = shot + "-shot with " + queries + " queries";
        if (way <= validated) {
            return way + "-way " + form + " works" + (most < 20 && way < 20 ? ", 20-way does not" : "");
        }
        if (way <= most) {
            return way + "-way " + form + " works without a validation part (tasks.validation-share=0), and "
                    + (validated >= 2 ? "up to " + validated + "-way with one" : "not with one");
        }
        return way + "-way " + form + " does not work, since training and testing need " + way
                + " classes each and share none";
    }

    /** The largest form that does work, with fewer ways first and fewer pictures second. */
    private String smaller() {
        int most = largest(shot + queries, false);
        if (most >= 2) {
            return "up to " + most + "-way " + shot + "-shot with " + queries + " queries";
        }
        int pictures = shot + queries;
        while (largest(pictures, false) < Math.min(way, Math.max(2, largest(2, false)))) {
            pictures--;
        }
        int fewer = Math.min(shot, pictures - 1);
        return "up to " + largest(pictures, false) + "-way " + fewer + "-shot with " + (pictures - fewer) + " queries";
    }

    /** Ways that all parts can serve with classes of at least so many pictures. */
    private int largest(int pictures, boolean validated) {
        if (survey.parts().isEmpty()) {
            return SplitSizes.largestWay(enough(pictures), validated);
        }
        int least = Math.min(enough(pictures, Part.TRAIN), enough(pictures, Part.TEST));
        return validated ? Math.min(least, enough(pictures, Part.VALIDATION)) : least;
    }

    private int enough(int pictures) {
        return (int) survey.classes().values().stream()
                .filter(count -> count >= pictures)
                .count();
    }

    private int enough(int pictures, Part part) {
        return (int) survey.classes().entrySet().stream()
                .filter(entry -> survey.parts().orElseThrow().byClass().get(entry.getKey()) == part
                        && entry.getValue() >= pictures)
                .count();
    }
}
