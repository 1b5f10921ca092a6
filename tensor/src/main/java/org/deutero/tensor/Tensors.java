package org.deutero.tensor;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Tensors made from nothing or from several others. */
public final class Tensors {
    private Tensors() {}

    /** All zeros. */
    public static Tensor zeros(DType dtype, long... shape) {
        return full(0, dtype, shape);
    }

    /** All ones. */
    public static Tensor ones(DType dtype, long... shape) {
        return full(1, dtype, shape);
    }

    /** Every element the same. */
    public static Tensor full(double value, DType dtype, long... shape) {
        Natives.ensureLoaded();
        Memory.require(dtype.bytes(), shape);
        return Tensor.run(() -> torch.full(shape, new Scalar(value), NativeOptions.of(dtype)));
    }

    /** Zeros of the shape, type and device of another tensor. */
    public static Tensor zerosLike(Tensor other) {
        return Tensor.run(() -> torch.zeros_like(other.handle()));
    }

    /** Ones of the shape, type and device of another tensor. */
    public static Tensor onesLike(Tensor other) {
        return Tensor.run(() -> torch.ones_like(other.handle()));
    }

    /** The identity matrix [n, n]. */
    public static Tensor eye(int n, DType dtype) {
        Natives.ensureLoaded();
        Memory.require(dtype.bytes(), n, n);
        return Tensor.run(() -> torch.eye(n, NativeOptions.of(dtype)));
    }

    /** The integers 0..n-1, int64. */
    public static Tensor range(int n) {
        long[] values = new long[n];
        for (int i = 0; i < n; i++) {
            values[i] = i;
        }
        return Tensor.of(values, n);
    }

    /** Evenly spaced float32 values, both ends included. */
    public static Tensor linspace(double from, double to, int n) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) (from + (to - from) * i / Math.max(1, n - 1));
        }
        return Tensor.of(values, n);
    }

    /** Independent standard normal numbers, drawn in Java: the same on every machine. */
    public static Tensor normal(RandomGenerator rng, DType dtype, long... shape) {
        double[] values = new double[elements(shape)];
        for (int i = 0; i < values.length; i++) {
            values[i] = rng.nextGaussian();
        }
        return Tensor.of(values, shape).to(dtype);
    }

    /** Independent standard normal numbers, those beyond two deviations drawn again. */
    public static Tensor truncatedNormal(RandomGenerator rng, DType dtype, long... shape) {
        double[] values = new double[elements(shape)];
        for (int i = 0; i < values.length; i++) {
            do {
                values[i] = rng.nextGaussian();
            } while (Math.abs(values[i]) > 2);
        }
        return Tensor.of(values, shape).to(dtype);
    }

    /** A random orthogonal matrix [n, n]: the rows of a normal one, made perpendicular one after the other in Java. */
    public static Tensor orthogonal(RandomGenerator rng, DType dtype, int n) {
        elements(n, n);
        double[][] rows = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < n; k++) {
                rows[i][k] = rng.nextGaussian();
            }
            // Twice is enough for what rounding leaves after the first time.
            for (int j = 0; j < 2 * i; j++) {
                addScaled(rows[i], rows[j % i], -dot(rows[i], rows[j % i]));
            }
            double norm = Math.sqrt(dot(rows[i], rows[i]));
            for (int k = 0; k < n; k++) {
                rows[i][k] /= norm;
            }
        }
        double[] values = new double[n * n];
        for (int i = 0; i < n; i++) {
            System.arraycopy(rows[i], 0, values, i * n, n);
        }
        return Tensor.of(values, n, n).to(dtype);
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += a[k] * b[k];
        }
        return sum;
    }

    private static void addScaled(double[] to, double[] from, double factor) {
        for (int k = 0; k < to.length; k++) {
            to[k] += factor * from[k];
        }
    }

    /** Independent numbers, uniform in [low, high). */
    public static Tensor uniform(RandomGenerator rng, double low, double high, DType dtype, long... shape) {
        double[] values = new double[elements(shape)];
        for (int i = 0; i < values.length; i++) {
            values[i] = rng.nextDouble(low, high);
        }
        return Tensor.of(values, shape).to(dtype);
    }

    /** Joins tensors along an existing dimension. */
    public static Tensor cat(List<Tensor> tensors, int dim) {
        return Tensor.run(() -> torch.cat(vector(tensors), dim));
    }

    /** Joins tensors of one shape along a new dimension. */
    public static Tensor stack(List<Tensor> tensors, int dim) {
        return Tensor.run(() -> torch.stack(vector(tensors), dim));
    }

    /** Picks elementwise: {@code yes} where the condition holds, else {@code no}. */
    public static Tensor where(Tensor condition, Tensor yes, Tensor no) {
        return Tensor.run(() -> torch.where(condition.handle(), yes.handle(), no.handle()));
    }

    /** Einstein summation, for example {@code "bij,bjk->bik"}. */
    public static Tensor einsum(String equation, Tensor... tensors) {
        return Tensor.run(() -> torch.einsum(equation, vector(List.of(tensors))));
    }

    /** The solution x of a x = b: [..., n, n], [..., n, m]. */
    public static Tensor solve(Tensor a, Tensor b) {
        return Tensor.run(() -> torch.linalg_solve(a.handle(), b.handle()));
    }

    /**
     * Eigenvalues of a symmetric matrix in ascending order, and eigenvectors.
     *
     * @param values [..., n]
     * @param vectors [..., n, n], one a column, of which only the space that they span is determined
     */
    public record Eigen(Tensor values, Tensor vectors) {}

    /** The eigendecomposition of a symmetric matrix [..., n, n], of which the lower triangle is read. */
    public static Eigen symmetricEigen(Tensor a) {
        Tensor[] values = new Tensor[1];
        Tensor vectors = Tensor.run(() -> {
            try (T_TensorTensor_T pair = torch.linalg_eigh(a.handle())) {
                values[0] = new Tensor(new org.bytedeco.pytorch.Tensor(pair.get0()));
                return new org.bytedeco.pytorch.Tensor(pair.get1());
            }
        });
        return new Eigen(values[0], vectors);
    }

    private static int elements(long... shape) {
        Memory.require(Double.BYTES, shape);
        double n = 1;
        for (long size : shape) {
            n *= size;
        }
        if (n > Integer.MAX_VALUE - 8) {
            throw new TensorException("random numbers for a tensor of shape " + Arrays.toString(shape)
                    + " are more than a Java array can hold, " + Integer.MAX_VALUE);
        }
        return (int) n;
    }

    static TensorVector vector(List<Tensor> tensors) {
        org.bytedeco.pytorch.Tensor[] handles = new org.bytedeco.pytorch.Tensor[tensors.size()];
        for (int i = 0; i < handles.length; i++) {
            handles[i] = tensors.get(i).handle();
        }
        return new TensorVector(handles);
    }
}
