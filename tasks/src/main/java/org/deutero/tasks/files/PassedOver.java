package org.deutero.tasks.files;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Files that are not read as pictures of a class, counted by the reason; a person is told of their own, and of what systems leave
 * behind only where everything is listed.
 *
 * @param others files that are not named like PNG or JPEG files, by extension
 * @param other one of them
 * @param hidden pictures whose names begin with a dot
 * @param hiddenOne one of them
 * @param nested pictures in folders within a class folder
 * @param nestedOne one of them
 * @param litter files and folders that systems have made
 * @param litterOne one of them
 */
public record PassedOver(
        SortedMap<String, Integer> others,
        String other,
        int hidden,
        String hiddenOne,
        int nested,
        String nestedOne,
        int litter,
        String litterOne) {

    private static final int KINDS = 8;

    static PassedOver of(List<String> others, List<String> hidden, List<String> nested, List<String> litter) {
        SortedMap<String, Integer> kinds = new TreeMap<>();
        others.forEach(file -> kinds.merge(PictureNames.kind(file), 1, Integer::sum));
        return new PassedOver(
                kinds,
                first(others),
                hidden.size(),
                first(hidden),
                nested.size(),
                first(nested),
                litter.size(),
                first(litter));
    }

    private static String first(List<String> files) {
        return files.isEmpty() ? "" : files.get(0);
    }

    /** Number of the user's own files that were passed over. */
    public int own() {
        return others.values().stream().mapToInt(Integer::intValue).sum() + hidden + nested;
    }

    /** Number of everything that was passed over; a folder of a system counts as one. */
    public int total() {
        return own() + litter;
    }

    /**
     * What a person is told who did not ask: nothing of what systems leave behind.
     *
     * @param where the files are
     * @return a sentence, or empty if none of the user's own files was passed over
     */
    public Optional<String> note(Object where) {
        return own() == 0
                ? Optional.empty()
                : Optional.of("Passed over in " + where + ": " + own() + (own() == 1 ? " file: " : " files: ")
                        + String.join("; ", ownReasons()) + ".");
    }

    /** Every reason with its number and an example, those of systems last. */
    public List<String> reasons() {
        List<String> reasons = ownReasons();
        if (litter > 0) {
            reasons.add(litter + " made by systems (such as " + litterOne + ")");
        }
        return reasons;
    }

    private List<String> ownReasons() {
        List<String> reasons = new ArrayList<>();
        if (!others.isEmpty()) {
            String kinds = others.entrySet().stream()
                    .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                    .limit(KINDS)
                    .map(kind -> kind.getValue() + " " + kind.getKey())
                    .collect(Collectors.joining(", "));
            reasons.add("not named like PNG or JPEG: " + kinds
                    + (others.size() > KINDS ? " and " + (others.size() - KINDS) + " other kinds" : "") + " (such as "
                    + other + ")");
        }
        if (nested > 0) {
            reasons.add(nested + " in folders within a class folder (such as " + nestedOne + ")");
        }
        if (hidden > 0) {
            reasons.add(hidden + " hidden (such as " + hiddenOne + ")");
        }
        return reasons;
    }
}
