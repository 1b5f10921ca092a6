package org.deutero.methods.pretrained;

/**
 * How a new layer on frozen features is trained on a support set: SGD with momentum and weight decay on shuffled mini-batches. The defaults are those of wyharveychen/CloserLookFewShot.
 *
 * @param rate step size
 * @param momentum of the velocity
 * @param dampening what is taken off the weight of a new gradient in it
 * @param decay weight of the squared weights' gradient
 * @param epochs passes over the support set
 * @param batch examples in a step
 */
public record NewHead(double rate, double momentum, double dampening, double decay, int epochs, int batch) {
    /** As in the released code. */
    public static final NewHead STANDARD = new NewHead(0.01, 0.9, 0.9, 0.001, 100, 4);

    /** Steps on so many examples. */
    int steps(int examples) {
        return epochs * ((examples + batch - 1) / batch);
    }
}
