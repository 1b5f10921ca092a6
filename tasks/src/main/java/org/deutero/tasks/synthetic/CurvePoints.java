package org.deutero.tasks.synthetic;

import java.util.function.DoubleSupplier;
import org.deutero.tasks.ArraySize;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.DType;
import org.deutero.tensor.Tensor;

/** Fills the four tensors of a batch of regression tasks. Targets are functions of the inputs as stored, so float32 points lie on their curve. */
final class CurvePoints {

    private final int tasks;
    private final int support;
    private final int query;
    private final DType dtype;
    private final double[] supportX;
    private final double[] supportY;
    private final double[] queryX;
    private final double[] queryY;

    CurvePoints(int tasks, int support, int query, DType dtype) {
        if (tasks < 1) {
            throw new IllegalArgumentException("asked for " + tasks + " tasks, but a batch has at least 1");
        }
        this.tasks = tasks;
        this.support = support;
        this.query = query;
        this.dtype = dtype;
        supportX = new double[ArraySize.of(tasks, support)];
        supportY = new double[supportX.length];
        queryX = new double[ArraySize.of(tasks, query)];
        queryY = new double[queryX.length];
    }

    static void check(int support, int query, DType dtype) {
        if (support < 1 || query < 1) {
            throw new IllegalArgumentException(
                    "a task of " + support + " support and " + query + " query points needs at least one of each");
        }
        if (dtype != DType.FLOAT32 && dtype != DType.FLOAT64) {
            throw new IllegalArgumentException("regression tasks are FLOAT32 or FLOAT64, not " + dtype);
        }
    }

    void support(int task, Curve curve, DoubleSupplier inputs, DoubleSupplier noise) {
        fill(task * support, support, supportX, supportY, curve, inputs, noise);
    }

    void query(int task, Curve curve, DoubleSupplier inputs, DoubleSupplier noise) {
        fill(task * query, query, queryX, queryY, curve, inputs, noise);
    }

    private void fill(
            int from, int n, double[] xs, double[] ys, Curve curve, DoubleSupplier inputs, DoubleSupplier noise) {
        for (int i = from; i < from + n; i++) {
            double x = inputs.getAsDouble();
            xs[i] = dtype == DType.FLOAT32 ? (float) x : x;
            ys[i] = curve.at(xs[i]) + noise.getAsDouble();
        }
    }

    Episodes episodes() {
        return new Episodes(
                tensor(supportX, support), tensor(supportY, support), tensor(queryX, query), tensor(queryY, query), 0);
    }

    private Tensor tensor(double[] values, int points) {
        if (dtype == DType.FLOAT64) {
            return Tensor.of(values, tasks, points, 1);
        }
        float[] single = new float[values.length];
        for (int i = 0; i < single.length; i++) {
            single[i] = (float) values[i];
        }
        return Tensor.of(single, tasks, points, 1);
    }
}
