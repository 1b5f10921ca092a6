package org.deutero.tensor;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.global.openblas_nolapack;

/** OpenBLAS on {@link Matrices}, in single or double precision as they are. Every thread has pointers of its own that are set to where elements lie, so that a call makes no objects. */
final class Blas {
    private static final int ROW_MAJOR = 101;
    private static final int AS_IT_IS = 111;
    private static final int TRANSPOSED = 112;
    private static final ThreadLocal<Blas> OWN = ThreadLocal.withInitial(Blas::new);

    private final Floats left = new Floats();
    private final Floats right = new Floats();
    private final Floats out = new Floats();
    private final Doubles wideLeft = new Doubles();
    private final Doubles wideRight = new Doubles();
    private final Doubles wideOut = new Doubles();

    private Blas() {}

    static Blas ofThread() {
        return OWN.get();
    }

    /**
     * c = scale a b + keep c of one task.
     *
     * @param rows of a and of c; more than a task's where several lie in one piece
     * @param inner columns of a, rows of b
     */
    void product(Matrices c, Matrices a, Matrices b, int task, int rows, int inner, double scale, double keep) {
        int ta = a.isTurned() ? TRANSPOSED : AS_IT_IS;
        int tb = b.isTurned() ? TRANSPOSED : AS_IT_IS;
        if (c.wide()) {
            openblas_nolapack.cblas_dgemm(
                    ROW_MAJOR,
                    ta,
                    tb,
                    rows,
                    c.columns(),
                    inner,
                    scale,
                    wideLeft.at(a, task),
                    a.rowStride(),
                    wideRight.at(b, task),
                    b.rowStride(),
                    keep,
                    wideOut.at(c, task),
                    c.rowStride());
        } else {
            openblas_nolapack.cblas_sgemm(
                    ROW_MAJOR,
                    ta,
                    tb,
                    rows,
                    c.columns(),
                    inner,
                    (float) scale,
                    left.at(a, task),
                    a.rowStride(),
                    right.at(b, task),
                    b.rowStride(),
                    (float) keep,
                    out.at(c, task),
                    c.rowStride());
        }
    }

    /** y = x of n elements. */
    void copy(Matrices y, Matrices x, int n) {
        if (y.wide()) {
            openblas_nolapack.cblas_dcopy(n, wideLeft.at(x, 0), 1, wideOut.at(y, 0), 1);
        } else {
            openblas_nolapack.cblas_scopy(n, left.at(x, 0), 1, out.at(y, 0), 1);
        }
    }

    /** y = y + scale x of n elements. */
    void add(Matrices y, Matrices x, double scale, int n) {
        if (y.wide()) {
            openblas_nolapack.cblas_daxpy(n, scale, wideLeft.at(x, 0), 1, wideOut.at(y, 0), 1);
        } else {
            openblas_nolapack.cblas_saxpy(n, (float) scale, left.at(x, 0), 1, out.at(y, 0), 1);
        }
    }

    /** y = factor y of n elements. */
    void scale(Matrices y, double factor, int n) {
        if (y.wide()) {
            openblas_nolapack.cblas_dscal(n, factor, wideOut.at(y, 0), 1);
        } else {
            openblas_nolapack.cblas_sscal(n, (float) factor, out.at(y, 0), 1);
        }
    }

    private static final class Floats extends FloatPointer {
        Floats() {
            super((Pointer) null);
        }

        FloatPointer at(Matrices m, int task) {
            address = m.address(task);
            return this;
        }
    }

    private static final class Doubles extends DoublePointer {
        Doubles() {
            super((Pointer) null);
        }

        DoublePointer at(Matrices m, int task) {
            address = m.address(task);
            return this;
        }
    }
}
