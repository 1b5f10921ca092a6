package org.deutero.app.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.deutero.tasks.files.Survey;
import org.deutero.tasks.files.Survey.Item;

/** What a survey found, as lines of text. */
public final class SurveyText {
    private static final int CLASSES = 40;
    private static final int FAULTS = 50;
    private static final int GROUPS = 10;

    private final Survey survey;
    private final int width;

    /** A survey, for a screen of so many characters. */
    public SurveyText(Survey survey, int width) {
        this.survey = survey;
        this.width = width;
    }

    /** All that there is to say. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>(summary().lines());
        lines.add("");
        classes(lines);
        lines.add("");
        list(lines, "Unfit for training until it is mended:", survey.faults());
        list(lines, "Unreadable pictures (tasks.unusable=skip leaves them out):", survey.unreadable());
        duplicates(lines);
        return lines;
    }

    private Table summary() {
        Table table = new Table(width)
                .row("classes", Integer.toString(survey.classes().size()))
                .row("pictures", Integer.toString(survey.pictures().size()))
                .row("sizes", sizes())
                .row(
                        "colours",
                        tally(item ->
                                item.header().format() + " " + item.header().mode()));
        long turned = survey.pictures().stream()
                .filter(item -> item.header().turned())
                .count();
        if (turned > 0) {
            table.row("turned", turned + " by their EXIF orientation, which is honoured");
        }
        table.row(
                "split",
                survey.parts()
                        .map(parts -> parts.fault().isPresent() ? "none, see below" : "by " + parts.words())
                        .orElse("classes are dealt out at random"));
        survey.passed().reasons().forEach(reason -> table.row("passed over", reason));
        return table.row("unreadable", Integer.toString(survey.unreadable().size()));
    }

    private String sizes() {
        if (survey.pictures().isEmpty()) {
            return "none";
        }
        Comparator<Item> byPixels =
                Comparator.comparingLong(item -> item.header().pixels());
        String smallest = size(survey.pictures().stream().min(byPixels).orElseThrow());
        String largest = size(survey.pictures().stream().max(byPixels).orElseThrow());
        return smallest.equals(largest)
                ? "all " + smallest
                : smallest + " to " + largest + "; " + tally(SurveyText::size);
    }

    private static String size(Item item) {
        return item.header().width() + "x" + item.header().height();
    }

    /** The most common values first, with their numbers. */
    private String tally(Function<Item, String> property) {
        Map<String, Integer> counts = new TreeMap<>();
        survey.pictures().forEach(item -> counts.merge(property.apply(item), 1, Integer::sum));
        String most = counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(5)
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
        return counts.size() > 5 ? most + " and " + (counts.size() - 5) + " other kinds" : most;
    }

    private void classes(List<String> lines) {
        Table table = new Table(width).row("pictures", "class");
        survey.classes().entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .limit(CLASSES)
                .forEach(entry -> table.row(entry.getValue().toString(), entry.getKey()));
        lines.addAll(table.lines());
        if (survey.classes().size() > CLASSES) {
            lines.add("... and " + (survey.classes().size() - CLASSES) + " larger classes");
        }
    }

    private void duplicates(List<String> lines) {
        List<List<Item>> across =
                survey.duplicates().stream().filter(Survey::acrossClasses).toList();
        List<List<Item>> within = survey.duplicates().stream()
                .filter(group -> !Survey.acrossClasses(group))
                .toList();
        list(
                lines,
                "The same picture in several classes, so that its label is wrong somewhere:",
                across.stream().map(SurveyText::files).toList());
        if (!within.isEmpty()) {
            int spare = within.stream().mapToInt(group -> group.size() - 1).sum();
            List<String> some =
                    within.stream().limit(GROUPS).map(SurveyText::files).toList();
            list(
                    lines,
                    spare + " exact duplicates within a class, which support and query may share"
                            + (within.size() > GROUPS ? "; the first of them:" : ":"),
                    some);
        }
    }

    private static String files(List<Item> group) {
        return group.stream().map(Item::file).collect(Collectors.joining(" = "));
    }

    private static void list(List<String> lines, String title, List<String> entries) {
        if (entries.isEmpty()) {
            return;
        }
        lines.add(title);
        entries.stream().limit(FAULTS).forEach(entry -> lines.add("  " + entry));
        if (entries.size() > FAULTS) {
            lines.add("  ... and " + (entries.size() - FAULTS) + " more");
        }
        lines.add("");
    }
}
