package org.deutero.tasks.source;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tasks.SetSizes;

/**
 * How many points of a function are shown.
 *
 * @param training numbers in meta-training
 * @param shot number in validations and in the test
 * @param testShots numbers that the test is made with besides
 */
public record SetSettings(SetSizes training, int shot, List<Integer> testShots) {
    private static final int MOST = 100_000;

    /** Reads the keys; defaults are given. */
    public static SetSettings of(Options o, SetSettings standard) {
        SetSizes sizes = standard.training();
        int shot = o.integer("shot", standard.shot(), 1, MOST, "points shown, in the test");
        List<Integer> testShots = o.integers(
                "test-shots",
                standard.testShots(),
                1,
                MOST,
                "numbers of points shown that the test is made with besides");
        int fewest = o.integer("train-fewest", sizes.fewest(), 1, MOST, "the fewest points shown in meta-training");
        int most = o.integer("train-most", sizes.most(), 1, MOST, "the most points shown in meta-training");
        int fewestExtra =
                o.integer("extra-fewest", sizes.fewestExtra(), 0, MOST, "the fewest points asked for beyond them");
        int mostExtra = o.integer("extra-most", sizes.mostExtra(), 0, MOST, "the most points asked for beyond them");
        int total = o.integer(
                "train-total", Math.max(sizes.total(), most + mostExtra), 1, MOST, "never more than so many of both");
        return new SetSettings(
                checked(
                        o,
                        () -> new SetSizes(fewest, most, fewestExtra, mostExtra, total),
                        "train-fewest",
                        "train-most",
                        "extra-fewest",
                        "extra-most",
                        "train-total"),
                shot,
                testShots);
    }

    /**
     * What is made of settings.
     *
     * @param keys that it is made of, as far as they can be at odds; none for those of the whole section
     * @throws OptionsException that names the keys, if they make no sense
     */
    public static <T> T checked(Options o, Supplier<T> made, String... keys) {
        try {
            return made.get();
        } catch (OptionsException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            String names = keys.length == 0
                    ? o.path()
                    : Arrays.stream(keys).map(o::path).collect(Collectors.joining(", "));
            throw new OptionsException(names + ": " + e.getMessage(), e);
        }
    }
}
