package org.deutero.methods.optimizer.rule;

import java.util.List;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * Second moments of a tensor of two dimensions or more as a row and a column (Shazeer, Stern 2018, arXiv 1804.04235): means over its largest dimension and over its second largest. Of equal ones the later counts as larger.
 *
 * @param shape [tasks, ...]
 * @param largest where the largest dimension is
 * @param second where the second largest is
 */
@SuppressWarnings("ArrayRecordComponent") // lives within one step; nobody compares it
record FactoredMoments(long[] shape, int largest, int second) {
    /** What is added to squares. */
    static final double TINY = 1e-30;

    private static final double LEAST = 1e-9;

    static FactoredMoments of(long... shape) {
        int largest = 1;
        for (int d = 2; d < shape.length; d++) {
            largest = shape[d] >= shape[largest] ? d : largest;
        }
        int second = largest == 1 ? 2 : 1;
        for (int d = second + 1; d < shape.length; d++) {
            second = d != largest && shape[d] >= shape[second] ? d : second;
        }
        return new FactoredMoments(shape, largest, second);
    }

    /** Zeros before the first step: {@code row} lacks the largest dimension, {@code col} the second largest; decays come before the dimensions. */
    Params zeros(Tensor like, int decays) {
        return Params.builder()
                .put("row", Coordinates.zerosOf(like, without(largest, decays)))
                .put("col", Coordinates.zerosOf(like, without(second, decays)))
                .build();
    }

    private long[] without(int dim, int decays) {
        long[] lacking = new long[shape.length];
        lacking[0] = shape[0];
        lacking[1] = decays;
        int at = 2;
        for (int d = 1; d < shape.length; d++) {
            if (d != dim) {
                lacking[at++] = shape[d];
            }
        }
        return lacking;
    }

    /** @param share 1 - b, [decays] or [tasks, decays] */
    Params after(Params before, Tensor gradient, Tensor share) {
        Tensor square = gradient.square().add(TINY);
        Tensor along = Coordinates.along(share, shape.length);
        return Params.builder()
                .put("row", before.get("row").lerp(square.mean(largest).unsqueeze(1), along))
                .put("col", before.get("col").lerp(square.mean(second).unsqueeze(1), along))
                .build();
    }

    /**
     * What is told of the moments, [tasks, 6 decays, size]: gradients divided by the root of the moments, rows, columns, the inverse roots of both, and momenta divided likewise.
     *
     * @param gradient [tasks, ...]
     * @param momenta [tasks, decays, size]
     */
    Tensor features(Params moments, Tensor gradient, Tensor momenta) {
        long[] full = new long[shape.length + 1];
        full[0] = shape[0];
        full[1] = momenta.size(1);
        System.arraycopy(shape, 1, full, 2, shape.length - 1);
        // Behind the decays, dimensions are one further on; rows have one dimension less.
        int rows = largest + 1;
        int columns = second + 1;
        Tensor row = moments.get("row");
        Tensor col = moments.get("col");
        int inRow = second > largest ? columns - 1 : columns;
        Tensor rowFactor = inverseRoot(row.div(row.meanKeep(inRow).add(LEAST)));
        Tensor factor = rowFactor.unsqueeze(rows).mul(inverseRoot(col).unsqueeze(columns));
        Tensor all = Tensors.cat(
                List.of(
                        factor.mul(gradient.unsqueeze(1)),
                        row.unsqueeze(rows).expand(full),
                        col.unsqueeze(columns).expand(full),
                        row.add(1e-8).pow(-0.5).unsqueeze(rows).expand(full),
                        col.add(1e-8).pow(-0.5).unsqueeze(columns).expand(full),
                        factor.mul(momenta.reshape(full))),
                1);
        return all.reshape(shape[0], 6 * full[1], -1);
    }

    static Tensor inverseRoot(Tensor x) {
        return x.clamp(LEAST, Double.POSITIVE_INFINITY).pow(-0.5);
    }
}
