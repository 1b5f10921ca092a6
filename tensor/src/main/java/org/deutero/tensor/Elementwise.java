package org.deutero.tensor;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * What a tensor computes element by element, and its products: the first part of {@link Tensor}, which is what users see.
 *
 * <p>The operations of a tensor are too many for one file. Its parts are a short chain of classes that nobody else can extend or
 * name, so calls stay fluent, and the native handle stays within the package.
 */
abstract sealed class Elementwise permits Shapes {
    private final org.bytedeco.pytorch.Tensor handle;

    Elementwise(org.bytedeco.pytorch.Tensor handle) {
        this.handle = handle;
    }

    org.bytedeco.pytorch.Tensor handle() {
        return handle;
    }

    // ---- arithmetic
    // ------------------------------------------------------------------------------------------------

    /** Elementwise sum. */
    public Tensor add(Tensor other) {
        return Tensor.run(() -> handle.add(other.handle()));
    }

    /** Elementwise sum with a number. */
    public Tensor add(double value) {
        return Tensor.run(() -> handle.add(new Scalar(value)));
    }

    /** This plus {@code scale} times the other, in one pass. */
    public Tensor addScaled(Tensor other, double scale) {
        return Tensor.run(() -> handle.add(other.handle(), new Scalar(scale)));
    }

    /** Elementwise difference. */
    public Tensor sub(Tensor other) {
        return Tensor.run(() -> handle.sub(other.handle()));
    }

    /** Elementwise difference with a number. */
    public Tensor sub(double value) {
        return add(-value);
    }

    /** Elementwise product. */
    public Tensor mul(Tensor other) {
        return Tensor.run(() -> handle.mul(other.handle()));
    }

    /** Product with a number. */
    public Tensor mul(double value) {
        return Tensor.run(() -> handle.mul(new Scalar(value)));
    }

    /** Elementwise quotient. */
    public Tensor div(Tensor other) {
        return Tensor.run(() -> handle.div(other.handle()));
    }

    /** Quotient by a number. */
    public Tensor div(double value) {
        return Tensor.run(() -> handle.div(new Scalar(value)));
    }

    /** Elementwise power. */
    public Tensor pow(double exponent) {
        return Tensor.run(() -> handle.pow(new Scalar(exponent)));
    }

    /** Minus this. */
    public Tensor neg() {
        return Tensor.run(handle::neg);
    }

    /** Elementwise e^x. */
    public Tensor exp() {
        return Tensor.run(handle::exp);
    }

    /** Elementwise natural logarithm. */
    public Tensor log() {
        return Tensor.run(handle::log);
    }

    /** Elementwise square root. */
    public Tensor sqrt() {
        return Tensor.run(handle::sqrt);
    }

    /** Elementwise square. */
    public Tensor square() {
        return Tensor.run(() -> handle.mul(handle));
    }

    /** Elementwise absolute value, with slope 0 at 0. */
    public Tensor abs() {
        return Tensor.run(handle::abs);
    }

    /** Elementwise sign: -1, 0 or 1. */
    public Tensor sign() {
        return Tensor.run(handle::sign);
    }

    /** Elementwise sine. */
    public Tensor sin() {
        return Tensor.run(handle::sin);
    }

    /** Elementwise cosine. */
    public Tensor cos() {
        return Tensor.run(handle::cos);
    }

    /** Values limited to [low, high]; the gradient passes at the bounds and inside. */
    public Tensor clamp(double low, double high) {
        return Tensor.run(
                () -> handle.clamp(new ScalarOptional(new Scalar(low)), new ScalarOptional(new Scalar(high))));
    }

    /** max(0, x), with slope 0 at 0. */
    public Tensor relu() {
        return Tensor.run(handle::relu);
    }

    /** Hyperbolic tangent. */
    public Tensor tanh() {
        return Tensor.run(handle::tanh);
    }

    /** Logistic sigmoid. */
    public Tensor sigmoid() {
        return Tensor.run(handle::sigmoid);
    }

    // ---- products
    // --------------------------------------------------------------------------------------------------

    /** Matrix product over the last two dimensions, broadcasting those before. */
    public Tensor matmul(Tensor other) {
        Tensor small = Matrices.product(null, (Tensor) this, other);
        return small != null ? small : Tensor.run(() -> handle.matmul(other.handle()));
    }

    /** This plus the batched matrix product: [b, n, m] + [b, n, k] x [b, k, m]; this may broadcast. */
    public Tensor baddbmm(Tensor left, Tensor right) {
        Tensor small = Matrices.product((Tensor) this, left, right);
        return small != null ? small : Tensor.run(() -> handle.baddbmm(left.handle(), right.handle()));
    }

    /** This plus the product of two others, elementwise. */
    public Tensor addProduct(Tensor left, Tensor right) {
        return Tensor.run(() -> handle.addcmul(left.handle(), right.handle()));
    }

    /** From this to another, elementwise: this where the weight is 0, the other where it is 1, a straight line between. */
    public Tensor lerp(Tensor other, Tensor weight) {
        return Tensor.run(() -> handle.lerp(other.handle(), weight.handle()));
    }

    /** A derivative by y = sigmoid(x), this, as one by x: this y (1 - y). */
    public Tensor throughSigmoid(Tensor y) {
        return Tensor.run(() -> torch.sigmoid_backward(handle, y.handle()));
    }

    /** A derivative by y = tanh(x), this, as one by x: this (1 - y^2). */
    public Tensor throughTanh(Tensor y) {
        return Tensor.run(() -> torch.tanh_backward(handle, y.handle()));
    }

    /** This plus the matrix product: [n, m] + [n, k] x [k, m]; this may broadcast. */
    public Tensor addmm(Tensor left, Tensor right) {
        return Tensor.run(() -> handle.addmm(left.handle(), right.handle()));
    }

    // ---- comparison: results are {@link DType#BOOL}
    // ----------------------------------------------------------------

    /** Elementwise equality. */
    public Tensor eq(Tensor other) {
        return Tensor.run(() -> handle.eq(other.handle()));
    }

    /** Elementwise comparison with a number. */
    public Tensor gt(double value) {
        return Tensor.run(() -> handle.gt(new Scalar(value)));
    }

    /** Elementwise comparison with a number. */
    public Tensor lt(double value) {
        return Tensor.run(() -> handle.lt(new Scalar(value)));
    }

    /** Whether every element is a finite number. */
    public boolean allFinite() {
        try (Scope s = Scope.open()) {
            return Tensor.run(() -> handle.isfinite().all()).handle().item_bool();
        }
    }
}
