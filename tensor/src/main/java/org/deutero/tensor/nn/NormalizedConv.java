package org.deutero.tensor.nn;

import java.util.ArrayList;
import java.util.List;
import org.deutero.tensor.Functional;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * A convolution, batch normalisation with the moments of the batch, and pooling, where the convolution sees few numbers: the first layer of networks for pictures, which is three quarters of the work on
 * activations of Conv-4.
 *
 * <p>What a convolution computes at a place is W p with the patch p of d numbers that it sees there. Over all places its mean is W m and its variance diag(W C W^T), with the mean m and the covariance C [d, d] of patches; so
 * normalisation is a convolution with other weights, a W with a = scale / sqrt(variance + epsilon), and a shift. No pass over activations is left but the convolution's own, there and back, and second derivatives are those of small matrices. The
 * convolution's bias does not matter: its gradient is exactly zero.
 *
 * <p>Taken for patches of at most {@value #FEW} numbers, whatever the number of pictures.
 */
final class NormalizedConv {
    /** A patch of three colours; the covariance costs d / filters of the convolution, and pays while that is less than what it replaces. */
    private static final int FEW = 27;

    private final Conv2d conv;
    private final BatchNorm norm;

    NormalizedConv(Conv2d conv, BatchNorm norm) {
        this.conv = conv;
        this.norm = norm;
    }

    /** Whether the convolution sees few enough numbers and statistics are those of the batch. */
    boolean suits(Normalization normalization) {
        return conv.in() * conv.kernel() * conv.kernel() <= FEW && normalization.ofBatch();
    }

    /**
     * What convolution, normalisation and pooling make of the examples x [n, in, height, width] of one task.
     *
     * @param layer the name under which statistics are kept
     * @param weights of the convolution
     * @param factors of the normalisation
     * @param pool size of windows of which the largest value is taken; 1 for none
     */
    Tensor one(String layer, Params weights, Params factors, Tensor x, Normalization normalization, int pool) {
        Tensor weight = weights.get("weight");
        Tensor rows = weight.flatten(1);
        Tensor patches = patches(x);
        Tensor mean = patches.meanKeep(1);
        Tensor centred = patches.sub(mean);
        Tensor covariance = centred.matmul(centred.transpose(0, 1)).div(centred.size(1));
        Tensor variance = rows.matmul(covariance).mul(rows).sum(1);
        Tensor means = rows.matmul(mean).squeeze(1);
        normalization.met(layer, means, weights.get("bias"), variance, centred.size(1));
        Tensor factor = variance.add(norm.epsilon()).pow(-0.5);
        factor = norm.scale() ? factor.mul(factors.get("weight")) : factor;
        Tensor h = Functional.conv2d(
                x, rows.mul(factor.unsqueeze(1)).reshape(weight.shape()), null, conv.stride(), conv.padding(), 1);
        h = pool == 1 ? h : Functional.maxPool2d(h, pool);
        // After pooling, which a shift commutes with, there is a quarter left to do.
        return h.add(factors.get("bias").sub(means.mul(factor)).reshape(1, -1, 1, 1));
    }

    /** Every patch as a column, [in * kernel * kernel, n * places]. */
    private Tensor patches(Tensor x) {
        Tensor padded = Functional.pad2d(x.permute(1, 0, 2, 3), conv.padding());
        int kernel = conv.kernel();
        long height = (padded.size(2) - kernel) / conv.stride() + 1;
        long width = (padded.size(3) - kernel) / conv.stride() + 1;
        List<Tensor> shifted = new ArrayList<>(kernel * kernel);
        for (int i = 0; i < kernel; i++) {
            for (int j = 0; j < kernel; j++) {
                shifted.add(padded.every(2, i, height, conv.stride()).every(3, j, width, conv.stride()));
            }
        }
        return Tensors.stack(shifted, 1).reshape((long) conv.in() * kernel * kernel, -1);
    }
}
