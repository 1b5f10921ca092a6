package org.deutero.tasks.omniglot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.deutero.tasks.DataException;
import org.deutero.tensor.Permutations;

/**
 * Omniglot's alphabets, dealt to training, validation and test: each is one task of multi-shot Omniglot (Flennerhag, Moreno, Lawrence, Damianou 2019, arXiv 1812.01054, section 4.1).
 *
 * @param train alphabets, each the classes of its characters in order
 * @param validation likewise
 * @param test likewise
 */
public record Alphabets(List<List<Integer>> train, List<List<Integer>> validation, List<List<Integer>> test) {
    /**
     * Deals the alphabets that have enough characters: first those of the test, then those to train on; the rest is for validation.
     *
     * @param characters that an alphabet must have
     * @param train number of alphabets to train on
     * @param test number of alphabets to test on
     * @param seed of the random order
     * @throws DataException if there are too few
     */
    public static Alphabets of(int characters, int train, int test, long seed) {
        List<List<Integer>> all = large(characters);
        if (train + test > all.size()) {
            throw new DataException("Omniglot has " + all.size() + " alphabets of at least " + characters
                    + " characters, not the " + (train + test) + " that " + train + " to train on and " + test
                    + " to test on would be");
        }
        List<List<Integer>> dealt = new ArrayList<>();
        for (int i : Permutations.draw(new SplittableRandom(seed), all.size())) {
            dealt.add(all.get(i));
        }
        return new Alphabets(
                List.copyOf(dealt.subList(test, test + train)),
                List.copyOf(dealt.subList(test + train, dealt.size())),
                List.copyOf(dealt.subList(0, test)));
    }

    /** Alphabets of at least so many characters, in the order of the data set. */
    static List<List<Integer>> large(int characters) {
        Map<String, List<Integer>> all = new LinkedHashMap<>();
        for (int c = 0; c < Omniglot.CLASSES; c++) {
            all.computeIfAbsent(Omniglot.alphabet(c), name -> new ArrayList<>()).add(c);
        }
        return all.values().stream()
                .filter(alphabet -> alphabet.size() >= characters)
                .map(List::copyOf)
                .toList();
    }
}
