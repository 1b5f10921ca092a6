package org.deutero.experiment.report;

import java.util.Locale;

/** Numbers as a reader wants them. */
public final class Numbers {
    private Numbers() {}

    /** Up to four significant digits, thousands as 12k, tiny and huge ones with an exponent. */
    public static String brief(double value) {
        if (!Double.isFinite(value)) {
            return Double.isNaN(value) ? "–" : value > 0 ? "∞" : "−∞";
        }
        double size = Math.abs(value);
        if (size >= 1e10) {
            return String.format(Locale.ROOT, "%.1e", value).replace("e+", "e").replace(".0e", "e");
        }
        if (size >= 1e6) {
            return strip(String.format(Locale.ROOT, "%.2f", value / 1e6)) + "M";
        }
        if (size >= 1e4) {
            return strip(String.format(Locale.ROOT, "%.1f", value / 1e3)) + "k";
        }
        if (size > 0 && size < 1e-3) {
            return String.format(Locale.ROOT, "%.1e", value)
                    .replace("e-0", "e-")
                    .replace(".0e", "e");
        }
        int decimals = size >= 1000 ? 0 : size >= 100 ? 1 : size >= 10 ? 2 : size >= 1 ? 3 : 4;
        return strip(String.format(Locale.ROOT, "%." + decimals + "f", value));
    }

    /** A coordinate in a drawing. */
    public static String coordinate(double value) {
        return strip(String.format(Locale.ROOT, "%.1f", value));
    }

    private static String strip(String decimal) {
        return decimal.contains(".") ? decimal.replaceAll("0+$", "").replaceAll("\\.$", "") : decimal;
    }
}
