package org.deutero.tasks.control;

/** Numbers held within bounds. */
final class Bounds {
    private Bounds() {}

    /** The number in [-bound, bound] that is nearest. */
    static double clip(double x, double bound) {
        return clip(x, -bound, bound);
    }

    /** The number in [low, high] that is nearest. */
    static double clip(double x, double low, double high) {
        return Math.max(low, Math.min(high, x));
    }

    /** The same angle in [-pi, pi). */
    static double wrap(double angle) {
        double turn = 2 * Math.PI;
        double rest = (angle + Math.PI) % turn;
        return (rest < 0 ? rest + turn : rest) - Math.PI;
    }
}
