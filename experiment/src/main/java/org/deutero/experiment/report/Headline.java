package org.deutero.experiment.report;

import java.util.Locale;
import org.deutero.learn.evaluate.Summary;

/** A measured figure with its interval, rounded to what the interval can bear. */
public final class Headline {
    private static final double ROUNDING = 1e-12;
    private static final double HUGE = 1e10;

    private Headline() {}

    /**
     * Such as {@code 98.73 ± 0.21 %} or {@code 0.312 ± 0.024}: the interval to two significant digits, the value to
     * as many decimals.
     *
     * @param percent whether the numbers are shares already multiplied by 100
     */
    public static String value(double value, double interval, boolean percent) {
        String unit = percent ? " %" : "";
        // What summing has left of an interval of 0 is no interval.
        if (!Double.isFinite(interval) || interval <= ROUNDING * Math.max(1, Math.abs(value))) {
            return Numbers.brief(value) + unit;
        }
        if (Math.max(Math.abs(value), interval) >= HUGE) {
            return Numbers.brief(value) + " ± " + Numbers.brief(interval) + unit;
        }
        int decimals = Math.max(0, Math.min(6, 1 - (int) Math.floor(Math.log10(interval))));
        String format = "%." + decimals + "f";
        return String.format(Locale.ROOT, format + " ± " + format, value, interval) + unit;
    }

    /** A named metric in words, such as {@code accuracy 98.73 ± 0.21 %}; accuracies are given as shares of one. */
    public static String metric(String name, double value, double interval) {
        return MetricNames.words(name) + " " + metricValue(name, value, interval);
    }

    /** The value alone, in few characters: {@code 98.7 %} or {@code 0.312}. */
    public static String metricBrief(String name, double value) {
        return MetricNames.isShare(name) ? String.format(Locale.ROOT, "%.1f %%", 100 * value) : Numbers.brief(value);
    }

    /** The same with the number of tasks that it leaves out because they diverged, if there are any. */
    public static String metric(String name, double value, double interval, int diverged) {
        return MetricNames.words(name) + " " + metricValue(name, value, interval, diverged);
    }

    /** The same without the name: {@code 0.312 ± 0.024 (7 diverged)}. */
    public static String metricValue(String name, double value, double interval, int diverged) {
        return metricValue(name, value, interval) + (diverged > 0 ? " (" + diverged + " diverged)" : "");
    }

    /** What a mean leaves out, in brackets after a blank; nothing if it leaves out nothing. */
    public static String leftOut(Summary summary) {
        return summary.diverged() > 0 ? " (" + summary.diverged() + " of " + summary.tasks() + " diverged)" : "";
    }

    /** The same without the name. */
    public static String metricValue(String name, double value, double interval) {
        boolean percent = MetricNames.isShare(name);
        int scale = percent ? 100 : 1;
        return value(scale * value, scale * interval, percent);
    }
}
