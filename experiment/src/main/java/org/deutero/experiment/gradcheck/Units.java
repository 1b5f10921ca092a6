package org.deutero.experiment.gradcheck;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.OptionalLong;

/** Measurements as text. */
public final class Units {
    private static final double MEBIBYTE = 1 << 20;

    private Units() {}

    /** A relative error, such as {@code 3.1e-13}. */
    public static String error(double value) {
        return value == 0 ? "0" : Double.isFinite(value) ? format("%.1e", value) : "-";
    }

    /** A strength, such as {@code 0.03} or {@code 1e-5}, to three digits. */
    public static String brief(double value) {
        return value >= 1e-3 && value < 1e3
                ? new BigDecimal(value, new MathContext(3)).stripTrailingZeros().toPlainString()
                : format("%.2e", value).replaceFirst("\\.?0*e([+-])0*", "e$1").replace("e+", "e");
    }

    /** A time, such as {@code 12.3 ms} or {@code 4.56 s}. */
    public static String time(double seconds) {
        return seconds < 1 ? significant(seconds * 1e3) + " ms" : significant(seconds) + " s";
    }

    /** A size, such as {@code 12.3 MiB}. */
    public static String memory(OptionalLong bytes) {
        return bytes.isPresent() ? significant(bytes.getAsLong() / MEBIBYTE) + " MiB" : "-";
    }

    /** Three digits. */
    private static String significant(double value) {
        return format(value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value);
    }

    private static String format(String form, double value) {
        return String.format(Locale.ROOT, form, value);
    }
}
