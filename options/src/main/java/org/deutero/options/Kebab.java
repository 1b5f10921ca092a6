package org.deutero.options;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Names as recipes write them: {@code FIRST_ORDER} is {@code first-order}. */
public final class Kebab {
    private Kebab() {}

    /** The recipe's name of an enum constant. */
    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static List<String> all(Enum<?>[] constants) {
        return Arrays.stream(constants).map(Kebab::of).toList();
    }
}
