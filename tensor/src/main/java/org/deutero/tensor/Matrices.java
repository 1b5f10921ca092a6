package org.deutero.tensor;

import java.util.Arrays;
import java.util.function.Supplier;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.global.torch;

/**
 * Small matrices of a batch of tasks on a processor, [tasks, rows, columns], to compute with in place: a workspace for derivatives in closed form, which need no graph. Matrices that all tasks share are
 * [rows, columns]. Made from a tensor, they are its elements, not a copy; what is written to is made by {@link #like} or {@link #make} and nobody else's.
 *
 * <p>A product is a call of OpenBLAS for each task, at a twentieth of what an operation of libtorch costs, or one call for all tasks where the right factor is shared, or the result is a sum over tasks. Which it is depends on shapes and strides alone, so bits do not depend
 * on the number of threads. See docs/decisions/small-products.md.
 *
 * <p>Like a tensor, matrices die with the {@link Scope} that was innermost when their tensor was made.
 */
public final class Matrices {
    private static final int LOOP = 400;
    private static final Scalar ZERO = zero();

    private final Tensor tensor;
    private final boolean wide;
    private final long address;
    private final int tasks;
    private final long taskStride;
    private final int rows;
    private final int columns;
    private final int rowStride;
    private final boolean turned;

    private Matrices(
            Tensor tensor,
            boolean wide,
            long address,
            int tasks,
            long taskStride,
            int rows,
            int columns,
            int rowStride,
            boolean turned) {
        this.tensor = tensor;
        this.wide = wide;
        this.address = address;
        this.tasks = tasks;
        this.taskStride = taskStride;
        this.rows = rows;
        this.columns = columns;
        this.rowStride = rowStride;
        this.turned = turned;
    }

    private static Scalar zero() {
        Natives.ensureLoaded();
        return Natives.permanent(new Scalar(0.0));
    }

    /** Whether such matrices can be made of a tensor: floating point, on a processor, with no more elements than an int counts. */
    public static boolean canBe(Tensor tensor) {
        DType dtype = tensor.dtype();
        return (dtype == DType.FLOAT32 || dtype == DType.FLOAT64)
                && !tensor.handle().is_cuda()
                && tensor.numel() <= Integer.MAX_VALUE;
    }

    /** Matrices [tasks, rows, columns], or [rows, columns] that all tasks share. A tensor whose rows do not lie side by side is copied. */
    public static Matrices of(Tensor tensor) {
        boolean shared = tensor.rank() == 2;
        int last = shared ? 1 : 2;
        if (!shared && tensor.rank() != 3) {
            throw new TensorException(
                    "matrices of tasks have the shape [tasks, rows, columns], or [rows, columns], not "
                            + Arrays.toString(tensor.shape()));
        }
        if (!liesInRows(tensor, last) && liesInColumns(tensor, last)) {
            return over(
                            tensor,
                            shared ? 1 : size(tensor, 0),
                            shared ? 0 : tensor.handle().stride(0),
                            size(tensor, last),
                            size(tensor, last - 1),
                            Math.max(1, stride(tensor, last)))
                    .turned();
        }
        Tensor laid = liesInRows(tensor, last) ? tensor : tensor.contiguous();
        int rows = size(laid, last - 1);
        int columns = size(laid, last);
        int rowStride = rows == 1 ? columns : Math.max(columns, stride(laid, last - 1));
        return over(
                laid,
                shared ? 1 : size(laid, 0),
                shared ? 0 : laid.handle().stride(0),
                rows,
                columns,
                Math.max(1, rowStride));
    }

    /** Vectors [tasks, columns], or [columns] that all tasks share, as matrices of one row. */
    public static Matrices rows(Tensor tensor) {
        boolean shared = tensor.rank() == 1;
        int last = shared ? 0 : 1;
        Tensor laid = size(tensor, last) <= 1 || stride(tensor, last) == 1 ? tensor : tensor.contiguous();
        int columns = size(laid, last);
        return over(
                laid,
                shared ? 1 : size(laid, 0),
                shared ? 0 : laid.handle().stride(0),
                1,
                columns,
                Math.max(1, columns));
    }

    private static boolean liesInRows(Tensor tensor, int last) {
        int columns = size(tensor, last);
        return (columns <= 1 || stride(tensor, last) == 1)
                && (size(tensor, last - 1) <= 1 || stride(tensor, last - 1) >= columns);
    }

    private static boolean liesInColumns(Tensor tensor, int last) {
        return stride(tensor, last - 1) == 1 && stride(tensor, last) >= size(tensor, last - 1);
    }

    private static int size(Tensor tensor, int dim) {
        return (int) tensor.handle().size(dim);
    }

    private static int stride(Tensor tensor, int dim) {
        return (int) tensor.handle().stride(dim);
    }

    private static Matrices over(Tensor laid, int tasks, long taskStride, int rows, int columns, int rowStride) {
        boolean wide = laid.dtype() == DType.FLOAT64;
        long address = address(laid);
        return new Matrices(laid, wide, address, tasks, tasks == 1 ? 0 : taskStride, rows, columns, rowStride, false);
    }

    private static long address(Tensor tensor) {
        try (Pointer p = tensor.handle().data_ptr()) {
            return p.address();
        }
    }

    /** Matrices with elements yet to be set, [tasks, rows, columns] of a type. */
    public static Matrices make(DType dtype, int tasks, int rows, int columns) {
        return of(Tensor.run(() -> torch.empty(new long[] {tasks, rows, columns}, NativeOptions.of(dtype), null)));
    }

    /** Matrices with elements yet to be set, of the shape and type of a tensor of matrices, or of {@link #rows}. */
    public static Matrices like(Tensor tensor, boolean ofRows) {
        DType dtype = tensor.dtype();
        Tensor fresh = Tensor.run(() -> torch.empty(tensor.shape(), NativeOptions.of(dtype), null));
        return ofRows ? rows(fresh) : of(fresh);
    }

    /** These matrices with rows and columns exchanged, for a product. */
    public Matrices turned() {
        return new Matrices(tensor, wide, address, tasks, taskStride, rows, columns, rowStride, !turned);
    }

    /** The elements, in the shape of the tensor that these matrices were made of or with; later changes change it. */
    public Tensor tensor() {
        return tensor;
    }

    /** Whether these are the very elements of a tensor, so that what is written here is written there. */
    public boolean over(Tensor other) {
        return tensor == other;
    }

    /** The number of tasks; 1 for matrices that all tasks share. */
    public int tasks() {
        return tasks;
    }

    /** Rows of each. */
    public int rows() {
        return turned ? columns : rows;
    }

    /** Columns of each. */
    public int columns() {
        return turned ? rows : columns;
    }

    /**
     * The products of matrices of tasks, [tasks, n, k] x [tasks, k, m], plus a tensor that broadcasts to them; null where libtorch's own product is to be taken: for other shapes, other places, and whatever a graph or a tangent must be told of.
     *
     * @param start null for nothing
     */
    static Tensor product(Tensor start, Tensor left, Tensor right) {
        boolean told = DualLevel.active()
                || left.handle().requires_grad()
                || right.handle().requires_grad()
                || start != null && start.handle().requires_grad();
        if (told || left.rank() != 3 || right.rank() != 3 || !canBe(left) || !canBe(right)) {
            return null;
        }
        int tasks = size(left, 0);
        int rows = size(left, 1);
        int inner = size(left, 2);
        int columns = size(right, 2);
        DType dtype = left.dtype();
        boolean fits = size(right, 0) == tasks
                && size(right, 1) == inner
                && right.dtype() == dtype
                && (start == null || start.dtype() == dtype);
        // What is smaller libtorch does in a loop of its own.
        if (!fits || tasks == 0 || (long) rows * inner * columns < LOOP) {
            return null;
        }
        Matrices out = make(dtype, tasks, rows, columns);
        if (start != null) {
            out.setTo(start);
        }
        out.multiply(of(left), of(right), 1, start == null ? 0 : 1);
        return out.tensor();
    }

    // ---- products
    // ------------------------------------------------------------------------------------------------------

    /** Sets these to the products of others, task by task; to the sum over tasks, if all tasks share these. */
    public Matrices set(Matrices left, Matrices right) {
        multiply(left, right, 1, 0);
        return this;
    }

    /** Sets these to {@code scale} times the products of others, task by task, or their sum. */
    public Matrices set(Matrices left, Matrices right, double scale) {
        multiply(left, right, scale, 0);
        return this;
    }

    /** Adds the products of others, task by task; those of all tasks, if all share these. */
    public Matrices add(Matrices left, Matrices right) {
        multiply(left, right, 1, 1);
        return this;
    }

    /** Adds {@code scale} times the products of others, task by task; those of all tasks, if all share these. */
    public Matrices add(Matrices left, Matrices right, double scale) {
        multiply(left, right, scale, 1);
        return this;
    }

    private void multiply(Matrices left, Matrices right, double scale, double keep) {
        if (turned
                || left.rows() != rows
                || right.columns() != columns
                || left.columns() != right.rows()
                || left.wide != wide
                || right.wide != wide) {
            throw new TensorException("the product of " + left + " and " + right + " cannot be written to " + this);
        }
        int count = Math.max(tasks, Math.max(left.tasks, right.tasks));
        int inner = left.columns();
        Blas blas = Blas.ofThread();
        if (right.shared() && !left.turned && left.tasks == tasks && left.stacked() && stacked()) {
            blas.product(this, left, right, 0, tasks * rows, inner, scale, keep);
        } else if (tasks == 1 && left.turned && left.stacked() && right.stacked() && left.tasks == right.tasks) {
            blas.product(this, left, right, 0, rows, count * inner, scale, keep);
        } else {
            for (int t = 0; t < count; t++) {
                blas.product(this, left, right, t, rows, inner, scale, tasks == 1 && t > 0 ? 1 : keep);
            }
        }
    }

    /** Whether numbers are float64 rather than float32. */
    boolean wide() {
        return wide;
    }

    /** Whether rows and columns are exchanged against how the elements lie. */
    boolean isTurned() {
        return turned;
    }

    /** Elements from one row to the next, as they lie. */
    int rowStride() {
        return rowStride;
    }

    /** Where the elements of a task begin. */
    long address(int task) {
        return address + (wide ? Double.BYTES : Float.BYTES) * taskStride * task;
    }

    private boolean shared() {
        return taskStride == 0;
    }

    /** Whether the rows of all tasks make one matrix. */
    private boolean stacked() {
        return tasks == 1 || taskStride == (long) rows * rowStride;
    }

    // ---- element by element, in place, of matrices that were made to be written to
    // ------------------------------------------

    /** Sets all elements to those of others of the same shape. */
    public Matrices setTo(Matrices other) {
        Blas.ofThread().copy(this, other, elements(other));
        return this;
    }

    /** Sets all elements to those of a tensor that broadcasts to the shape of {@link #tensor}. */
    public Matrices setTo(Tensor other) {
        return inPlace(() -> tensor.handle().copy_(other.handle()));
    }

    /** Adds {@code scale} times others of the same shape. */
    public Matrices add(Matrices other, double scale) {
        Blas.ofThread().add(this, other, scale, elements(other));
        return this;
    }

    /** Multiplies by a number. */
    public Matrices scale(double factor) {
        Blas.ofThread().scale(this, factor, elements(this));
        return this;
    }

    /** The number of elements, of these and of others that must be of the same shape, both in one piece. */
    private int elements(Matrices other) {
        if (turned
                || other.turned
                || other.tasks != tasks
                || other.rows != rows
                || other.columns != columns
                || other.wide != wide
                || !inOnePiece()
                || !other.inOnePiece()) {
            throw new TensorException(this + " and " + other + " are not matrices of one shape, each in one piece");
        }
        return tasks * rows * columns;
    }

    private boolean inOnePiece() {
        return stacked() && (rowStride == columns || rows == 1 && tasks == 1);
    }

    /** max(0, x) of every element. */
    public Matrices relu() {
        return inPlace(() -> tensor.handle().relu_());
    }

    /** tanh x of every element. */
    public Matrices tanh() {
        return inPlace(() -> tensor.handle().tanh_());
    }

    /** 1 / (1 + e^-x) of every element. */
    public Matrices sigmoid() {
        return inPlace(() -> tensor.handle().sigmoid_());
    }

    /** The product with others, element by element. */
    public Matrices times(Matrices other) {
        return inPlace(() -> tensor.handle().mul_(other.tensor.handle()));
    }

    /** A derivative by y = relu(x), these, made one by x. */
    public Matrices throughRelu(Matrices y) {
        return inPlace(() -> torch.threshold_backward_out(tensor.handle(), tensor.handle(), y.tensor.handle(), ZERO));
    }

    /** A derivative by y = tanh(x), these, made one by x. */
    public Matrices throughTanh(Matrices y) {
        return inPlace(() -> torch.tanh_backward_out(tensor.handle(), tensor.handle(), y.tensor.handle()));
    }

    /** A derivative by y = sigmoid(x), these, made one by x. */
    public Matrices throughSigmoid(Matrices y) {
        return inPlace(() -> torch.sigmoid_backward_out(tensor.handle(), tensor.handle(), y.tensor.handle()));
    }

    /** Runs an operation that writes to the tensor; what it returns is the very same handle. */
    private Matrices inPlace(Supplier<org.bytedeco.pytorch.Tensor> operation) {
        try {
            var unused = operation.get();
        } catch (RuntimeException e) {
            throw TensorException.of(e);
        }
        return this;
    }

    @Override
    public String toString() {
        return (tasks == 1 ? "[" : "[" + tasks + ", ") + rows() + ", " + columns() + (wide ? "] float64" : "] float32");
    }
}
