package org.deutero.learn.evolution.cma;

import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * All covariances. The root is the symmetric one: unlike B D, it does not depend on the signs and the order in which a library gives eigenvectors.
 *
 * @param matrix C, [n, n]
 * @param root of C at the last decomposition, [n, n]
 * @param axes roots of its eigenvalues, ascending, [n]
 */
record FullCovariance(Tensor matrix, Tensor root, Tensor axes) implements Covariance {
    static final String MATRIX = "matrix";
    static final String ROOT = "root";
    static final String AXES = "axes";

    @Override
    public Tensor shape(Tensor z) {
        return z.matmul(root);
    }

    @Override
    public Covariance updated(double keep, double rankOne, Tensor path, Tensor weights, Tensor y) {
        Tensor one = path.unsqueeze(1).matmul(path.unsqueeze(0));
        Tensor mu = y.mul(weights.unsqueeze(1)).transpose(0, 1).matmul(y);
        Tensor next = matrix.mul(keep).addScaled(one, rankOne).add(mu);
        return new FullCovariance(next.add(next.transpose(0, 1)).mul(0.5), root.detach(), axes.detach());
    }

    @Override
    public Covariance decomposed() {
        Tensors.Eigen eigen = Tensors.symmetricEigen(matrix);
        Tensor deviations =
                eigen.values().clamp(LEAST, Double.POSITIVE_INFINITY).sqrt();
        Tensor b = eigen.vectors();
        return new FullCovariance(
                matrix, b.mul(deviations).matmul(b.transpose(0, 1)).contiguous(), deviations);
    }

    @Override
    public Tensor variances() {
        return matrix.diagonal();
    }

    @Override
    public Params toParams() {
        return Params.builder()
                .put(MATRIX, matrix)
                .put(ROOT, root)
                .put(AXES, axes)
                .build();
    }
}
