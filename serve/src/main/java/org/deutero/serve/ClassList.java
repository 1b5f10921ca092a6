package org.deutero.serve;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.deutero.tasks.DataException;

/**
 * The classes of a classifier.
 *
 * @param names in the order of outputs
 * @param examples the number of pictures of each
 */
record ClassList(List<String> names, List<Integer> examples) {
    ClassList {
        names = List.copyOf(names);
        examples = List.copyOf(examples);
    }

    /** Where each class of a support set stands in {@link #with}. */
    List<Integer> places(Support more) {
        List<String> all = with(more).names();
        return more.classNames().stream().map(all::indexOf).toList();
    }

    /** With more pictures of these classes, and new classes behind them. @throws DataException if a new name differs from one that is there in case only */
    ClassList with(Support more) {
        List<String> allNames = new ArrayList<>(names);
        List<Integer> allExamples = new ArrayList<>(examples);
        for (int i = 0; i < more.classNames().size(); i++) {
            String name = more.classNames().get(i);
            int count = more.counts().get(i);
            int at = allNames.indexOf(name);
            if (at >= 0) {
                allExamples.set(at, allExamples.get(at) + count);
                continue;
            }
            for (String other : names) {
                if (other.toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT))) {
                    throw new DataException("the classes '" + other + "' and '" + name
                            + "' differ only in upper and lower case; rename one of them");
                }
            }
            allNames.add(name);
            allExamples.add(count);
        }
        return new ClassList(allNames, allExamples);
    }

    /** The places of those that stay. @throws DataException if one is not there, or fewer than two stay */
    long[] without(List<String> gone) {
        Set<String> unknown = new HashSet<>(gone);
        names.forEach(unknown::remove);
        for (String name : gone) {
            if (unknown.contains(name)) {
                throw new DataException(
                        "the classifier has no class '" + name + "' (classes: " + String.join(", ", names) + ")");
            }
        }
        List<Long> stay = new ArrayList<>();
        for (int c = 0; c < names.size(); c++) {
            if (!gone.contains(names.get(c))) {
                stay.add((long) c);
            }
        }
        if (stay.size() < 2) {
            throw new DataException("without " + String.join(", ", gone) + " there would be "
                    + (stay.isEmpty()
                            ? "no class"
                            : "one class, '" + names.get(stay.get(0).intValue()) + "'")
                    + "; a classifier needs at least two");
        }
        return stay.stream().mapToLong(Long::longValue).toArray();
    }

    /** Those at these places. */
    ClassList at(long[] places) {
        List<String> someNames = new ArrayList<>();
        List<Integer> someExamples = new ArrayList<>();
        for (long place : places) {
            someNames.add(names.get((int) place));
            someExamples.add(examples.get((int) place));
        }
        return new ClassList(someNames, someExamples);
    }
}
