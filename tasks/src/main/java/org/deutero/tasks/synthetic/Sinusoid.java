package org.deutero.tasks.synthetic;

/**
 * {@code y = amplitude * sin(x - phase)}.
 *
 * @param amplitude the greatest value
 * @param phase in radians
 */
public record Sinusoid(double amplitude, double phase) implements Curve {

    @Override
    public double at(double x) {
        return amplitude * StrictMath.sin(x - phase);
    }
}
