package org.deutero.experiment;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.deutero.experiment.base.UserException;
import org.deutero.options.OptionKey;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tensor.Memory;
import org.deutero.tensor.TensorException;

/** Values of a recipe that are far from their defaults: the likely cause where legal values overflow or need more memory than there is. */
final class Extremes {
    /** How many times larger than its default a value has to be, or smaller if it is no whole number. */
    private static final double FAR = 100;

    private static final int MOST = 3;
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?([eE]-?\\d+)?");

    private Extremes() {}

    /** How far a value is from its default, as a factor of at least one. */
    private record Far(OptionKey key, double factor) {}

    /** A failure at work in a sentence that names them, if they can be its cause; else as it is. */
    static RuntimeException explain(Options recipe, RuntimeException failure) {
        boolean arithmetic = failure instanceof IllegalArgumentException
                || failure instanceof ArithmeticException
                || failure instanceof NegativeArraySizeException
                || failure instanceof TensorException;
        Optional<String> keys = arithmetic && !(failure instanceof OptionsException) ? words(recipe) : Optional.empty();
        return keys.<RuntimeException>map(far ->
                        UserException.failure(message(failure) + "; far from their defaults are " + far, failure))
                .orElse(failure);
    }

    /** The same of the heap. */
    static RuntimeException explain(Options recipe, OutOfMemoryError failure) {
        return UserException.failure(
                "out of memory (" + failure.getMessage() + ") with a heap of "
                        + Memory.words(Runtime.getRuntime().maxMemory())
                        + ", more of which DEUTERO_JAVA_OPTS=-Xmx4g gives"
                        + words(recipe)
                                .map(far -> "; far from their defaults are " + far)
                                .orElse("; a smaller training.meta-batch, training.shard or evaluation.shard may help"),
                failure);
    }

    /** A failure to make the parts of a recipe. */
    static OptionsException refusal(Options recipe, Throwable failure) {
        return new OptionsException(
                "the recipe's values do not go together: " + message(failure)
                        + words(recipe)
                                .map(far -> "; far from their defaults are " + far)
                                .orElse(""),
                failure);
    }

    private static String message(Throwable failure) {
        return failure instanceof NegativeArraySizeException || failure instanceof ArithmeticException
                ? "some number is too large (" + failure.getMessage() + ")"
                : String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }

    /** Such as {@code training.shard: 1000000 (by default 100)}, the furthest first; empty if there are none. */
    static Optional<String> words(Options recipe) {
        List<Far> far = recipe.describe().stream()
                .filter(key -> !key.path().endsWith("seed"))
                .map(key -> new Far(key, factor(key)))
                .filter(one -> one.factor() >= FAR)
                .sorted(Comparator.comparingDouble(Far::factor).reversed())
                .limit(MOST)
                .toList();
        return far.isEmpty()
                ? Optional.empty()
                : Optional.of(far.stream()
                        .map(one -> one.key().path() + ": " + one.key().value()
                                + (one.key().defaultValue().isEmpty()
                                        ? ""
                                        : " (by default " + one.key().defaultValue() + ")"))
                        .collect(Collectors.joining(", ")));
    }

    private static double factor(OptionKey key) {
        OptionalDouble value = largest(key.value());
        if (value.isEmpty()) {
            return 1;
        }
        double standard = largest(key.defaultValue()).orElse(1);
        double usual = standard == 0 ? 1 : standard;
        boolean whole = key.type().contains("integer");
        double tiny = whole || value.getAsDouble() == 0 ? 1 : usual / value.getAsDouble();
        return Math.max(value.getAsDouble() / usual, tiny);
    }

    /** The largest size of the numbers in a text of nothing but numbers. */
    private static OptionalDouble largest(String text) {
        String bare = text.replaceAll("[\\[\\]]", "");
        String[] parts = bare.split(", ");
        return Arrays.stream(parts).map(NUMBER::matcher).allMatch(Matcher::matches)
                ? DoubleStream.of(Arrays.stream(parts)
                                .mapToDouble(Double::parseDouble)
                                .toArray())
                        .map(Math::abs)
                        .max()
                : OptionalDouble.empty();
    }
}
