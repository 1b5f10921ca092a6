package org.deutero.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Products against libtorch's, which a recorded operation takes. */
class MatricesTest {
    private Scope scope;

    @BeforeEach
    void open() {
        scope = Scope.open();
    }

    @AfterEach
    void close() {
        scope.close();
    }

    private static Tensor normal(DType dtype, long... shape) {
        return Tensors.normal(new SplittableRandom(shape.length + shape[shape.length - 1]), dtype, shape);
    }

    private static void assertSame(Tensor actual, Tensor expected, DType dtype) {
        assertThat(actual.shape()).isEqualTo(expected.shape());
        double bound = dtype == DType.FLOAT64 ? 1e-12 : 1e-4;
        assertThat(actual.sub(expected).abs().reshape(-1).max(0).item()).isLessThan(bound);
    }

    @ParameterizedTest
    @EnumSource(
            value = DType.class,
            names = {"FLOAT32", "FLOAT64"})
    void products(DType dtype) {
        Tensor x = normal(dtype, 3, 10, 8);
        Tensor w = normal(dtype, 3, 9, 8);
        Tensor shared = normal(dtype, 9, 8);
        for (Tensor right : List.of(
                w,
                shared,
                shared.expand(3, 9, 8),
                w.transpose(1, 2).contiguous().transpose(1, 2))) {
            Tensor expected = x.matmul(right.leaf().transpose(right.rank() - 2, right.rank() - 1));
            Matrices product = Matrices.make(dtype, 3, 10, 9);
            product.set(Matrices.of(x), Matrices.of(right).turned());
            assertSame(product.tensor(), expected.detach(), dtype);
            product.add(Matrices.of(x), Matrices.of(right).turned(), -2);
            assertSame(product.tensor(), expected.detach().neg(), dtype);
        }
        Tensor sum = Matrices.like(shared, false)
                .set(Matrices.of(normal(dtype, 3, 10, 9)).turned(), Matrices.of(x))
                .tensor();
        assertSame(
                sum,
                normal(dtype, 3, 10, 9).leaf().transpose(1, 2).matmul(x).sum(0).detach(),
                dtype);
        assertThatThrownBy(() -> Matrices.make(dtype, 3, 10, 9).set(Matrices.of(x), Matrices.of(w)))
                .isInstanceOf(TensorException.class)
                .hasMessageContaining("cannot be written to [3, 10, 9]");
    }

    @ParameterizedTest
    @EnumSource(
            value = DType.class,
            names = {"FLOAT32", "FLOAT64"})
    void sameWhetherRecordedOrNot(DType dtype) {
        Tensor x = normal(dtype, 4, 10, 8);
        Tensor w = normal(dtype, 4, 9, 8).transpose(1, 2);
        Tensor bias = normal(dtype, 4, 1, 9);
        assertSame(x.matmul(w), x.leaf().matmul(w).detach(), dtype);
        assertSame(bias.baddbmm(x, w), bias.leaf().baddbmm(x, w).detach(), dtype);
        Tensor skipped = normal(dtype, 4, 10, 16).slice(2, 3, 11);
        assertSame(skipped.matmul(w), skipped.leaf().matmul(w).detach(), dtype);
        for (double number : new double[] {0.1, -3, 0, 1e-30}) {
            assertThat(x.mul(number).doubles()).isEqualTo(x.leaf().mul(number).doubles());
            assertThat(x.add(number).doubles()).isEqualTo(x.leaf().add(number).doubles());
            assertThat(x.div(number).doubles()).isEqualTo(x.leaf().div(number).doubles());
            assertThat(x.sum().mul(number).dtype()).isEqualTo(dtype);
        }
        assertThat(Tensors.range(3).mul(0.5).dtype()).isEqualTo(DType.FLOAT32);
    }
}
