package org.deutero.app.docs;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A number with decimals in a text. */
record Figure(BigDecimal value) {
    private static final Pattern NUMBER = Pattern.compile("-?\\d+\\.\\d+");

    static List<Figure> in(String text) {
        return NUMBER.matcher(text)
                .results()
                .map(MatchResult::group)
                .map(number -> new Figure(new BigDecimal(number)))
                .toList();
    }

    /** Whether this is another number to the digits given, or what that is as a share of one or in percent. */
    boolean rounds(Figure other) {
        return List.of(0, 2, -2).stream()
                .anyMatch(power -> other.value
                                .scaleByPowerOfTen(power)
                                .setScale(value.scale(), RoundingMode.HALF_UP)
                                .compareTo(value)
                        == 0);
    }
}
