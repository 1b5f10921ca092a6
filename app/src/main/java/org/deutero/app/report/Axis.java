package org.deutero.app.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A linear or logarithmic scale from data to drawing units.
 *
 * @param low smallest value on the axis
 * @param high largest value
 * @param log whether equal ratios, rather than equal differences, are equally far apart
 */
record Axis(double low, double high, boolean log) {
    private static final int TICKS = 6;
    /** The most that are marked one by one. */
    private static final int DECADES = 12;

    private static final double[] NONE = {};
    private static final double[] ROUND = {1, 2, 2.5, 5, 10};

    /** Holds the given values, with a little air on both sides if {@code padded}. */
    static Axis over(double low, double high, boolean log, boolean padded) {
        if (!(low <= high)) { // no finite value at all
            return new Axis(0, 1, false);
        }
        if (log) {
            double air = padded ? Math.pow(high / low, 0.04) : 1;
            return low == high ? new Axis(low / 2, high * 2, true) : new Axis(low / air, high * air, true);
        }
        double air = low == high ? Math.max(Math.abs(low) * 0.1, 1e-3) : padded ? 0.04 * (high - low) : 0;
        return new Axis(low - air, high + air, false);
    }

    /** Position of a value between 0 (low end) and 1 (high end). */
    double fraction(double value) {
        return log ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
    }

    /** Round values inside the axis. */
    List<Double> ticks() {
        return log && high / low >= 8 ? decades() : even();
    }

    private List<Double> even() {
        double rough = (high - low) / TICKS;
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double step = power * 10;
        for (double round : ROUND) {
            if (round * power >= rough) {
                step = round * power;
                break;
            }
        }
        List<Double> ticks = new ArrayList<>();
        for (long i = (long) Math.ceil(low / step - 1e-9); i * step <= high + 1e-9 * step; i++) {
            ticks.add(i * step);
        }
        return ticks;
    }

    private List<Double> decades() {
        List<Double> ticks = new ArrayList<>();
        double[] within = high / low > 200 ? new double[] {1} : new double[] {1, 2, 5};
        int stride = (int) Math.max(1, Math.ceil(Math.log10(high / low) / DECADES));
        for (int e = (int) Math.floor(Math.log10(low)); e <= Math.ceil(Math.log10(high)); e++) {
            for (double digit : e % stride == 0 ? within : NONE) {
                double tick = digit * Math.pow(10, e);
                if (tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9)) {
                    ticks.add(tick);
                }
            }
        }
        return ticks;
    }
}
