package org.deutero.app.progress;

import java.util.Locale;

/** Short forms of numbers and times. */
final class Wording {
    private Wording() {}

    static String rate(double tasksPerSecond) {
        return number(tasksPerSecond) + " tasks/s";
    }

    /** Three significant digits, without an exponent in the everyday range. */
    static String number(double value) {
        if (!Double.isFinite(value)) {
            return "?";
        }
        double size = Math.abs(value);
        if (size >= 100) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        if (size >= 10) {
            return String.format(Locale.ROOT, "%.1f", value);
        }
        return size >= 1e-3 || size == 0
                ? String.format(Locale.ROOT, size >= 1 ? "%.2f" : size >= 0.1 ? "%.3f" : "%.4f", value)
                : String.format(Locale.ROOT, "%.1e", value);
    }

    /** {@code 45 s}, {@code 12:05} or {@code 3:12:05}. */
    static String time(double seconds) {
        if (!Double.isFinite(seconds) || seconds < 0) {
            return "?";
        }
        long s = Math.round(seconds);
        if (s < 60) {
            return s + " s";
        }
        return s < 3600
                ? String.format(Locale.ROOT, "%d:%02d", s / 60, s % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", s / 3600, s / 60 % 60, s % 60);
    }
}
