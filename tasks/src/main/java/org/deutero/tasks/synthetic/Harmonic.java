package org.deutero.tasks.synthetic;

/**
 * A sinusoid and its first overtone: {@code y = a1 sin(w x + b1) + a2 sin(2 w x + b2)}.
 *
 * @param frequency w, in radians per unit of x
 * @param a1 amplitude of the ground tone
 * @param b1 its phase in radians
 * @param a2 amplitude of the overtone
 * @param b2 its phase in radians
 * @param centre mean of the inputs that the task is asked about; the function itself does not depend on it
 */
public record Harmonic(double frequency, double a1, double b1, double a2, double b2, double centre) implements Curve {

    @Override
    public double at(double x) {
        return a1 * StrictMath.sin(frequency * x + b1) + a2 * StrictMath.sin(2 * frequency * x + b2);
    }
}
