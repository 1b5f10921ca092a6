package org.deutero.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.deutero.tensor.Near.assertNear;
import static org.deutero.tensor.Near.vector;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InScope.class)
class TensorOperationsTest {
    private static Tensor matrix(int rows, int columns, double... values) {
        return Tensor.of(values, rows, columns);
    }

    private static Tensor integers(int rows, int columns, long... values) {
        return Tensor.of(values, rows, columns);
    }

    @Test
    void shapesBroadcastFromTheLastDimension() {
        Tensor sum = matrix(2, 3, 1, 2, 3, 4, 5, 6).add(vector(10, 20, 30));
        assertThat(sum.doubles()).containsExactly(11, 22, 33, 14, 25, 36);
        Tensor outer = vector(1, 2).unsqueeze(1).mul(vector(3, 4, 5));
        assertThat(outer.shape()).containsExactly(2, 3);
        assertThat(outer.doubles()).containsExactly(3, 4, 5, 6, 8, 10);
    }

    @Test
    void operandsKeepTheirValues() {
        Tensor a = vector(1, 4);
        Tensor b = vector(3, 5);
        a.add(b);
        a.addScaled(b, 2);
        a.mul(b);
        a.sqrt();
        a.relu();
        a.scatter(0, Tensor.of(new long[] {0}, 1), vector(9));
        a.scatterAdd(0, Tensor.of(new long[] {0}, 1), vector(9));
        a.clamp(2, 3);
        assertThat(a.doubles()).containsExactly(1, 4);
        assertThat(b.doubles()).containsExactly(3, 5);
    }

    @Test
    void differencesAndQuotients() {
        Tensor a = vector(6, 8);
        Tensor b = vector(2, 5);
        assertThat(a.sub(b).doubles()).containsExactly(4, 3);
        assertThat(a.sub(1).doubles()).containsExactly(5, 7);
        assertThat(a.div(b).doubles()).containsExactly(3, 1.6);
        assertThat(a.div(4).doubles()).containsExactly(1.5, 2);
        assertThat(a.addScaled(b, -2).doubles()).containsExactly(2, -2);
        assertThat(vector(-2, 0, 3).sign().doubles()).containsExactly(-1, 0, 1);
        assertThat(vector(-2, 3).abs().doubles()).containsExactly(2, 3);
    }

    @Test
    void gatherPicksAlongADimension() {
        Tensor m = matrix(2, 3, 1, 2, 3, 4, 5, 6);
        assertThat(m.gather(1, integers(2, 2, 2, 0, 1, 1)).doubles()).containsExactly(3, 1, 5, 5);
        assertThat(m.gather(0, integers(1, 3, 1, 0, 1)).doubles()).containsExactly(4, 2, 6);
    }

    @Test
    void scatterReplacesAndScatterAddAccumulates() {
        Tensor zero = Tensors.zeros(DType.FLOAT64, 2, 3);
        Tensor source = matrix(2, 2, 1, 2, 3, 4);
        assertThat(zero.scatter(1, integers(2, 2, 2, 0, 1, 2), source).doubles())
                .containsExactly(2, 0, 1, 0, 3, 4);
        assertThat(zero.scatterAdd(1, integers(2, 2, 1, 1, 0, 2), source).doubles())
                .containsExactly(0, 3, 0, 3, 0, 4);
    }

    @Test
    void oneHotLabels() {
        Tensor hot = integers(2, 2, 0, 2, 1, 1).oneHot(3, DType.FLOAT32);
        assertThat(hot.shape()).containsExactly(2, 2, 3);
        assertThat(hot.dtype()).isEqualTo(DType.FLOAT32);
        assertThat(hot.doubles()).containsExactly(1, 0, 0, 0, 0, 1, 0, 1, 0, 0, 1, 0);
        assertThatThrownBy(() -> integers(1, 1, 3).oneHot(3, DType.FLOAT32))
                .isInstanceOf(TensorException.class)
                .hasMessage("Class values must be smaller than num_classes.");
    }

    @Test
    void einsteinSums() {
        Tensor a = Near.normal(1, 2, 3, 4);
        Tensor b = Near.normal(2, 2, 4, 5);
        assertNear(Tensors.einsum("bij,bjk->bik", a, b), a.matmul(b), 1e-13);
        assertNear(Tensors.einsum("bij->b", a), a.sum(1, 2), 1e-13);
    }

    @Test
    void batchedMatrixProductWithAddend() {
        Tensor a = Near.normal(1, 2, 3, 4);
        Tensor b = Near.normal(2, 2, 4, 5);
        Tensor bias = Near.normal(3, 2, 1, 5);
        assertNear(bias.baddbmm(a, b), a.matmul(b).add(bias), 1e-13);
    }

    @Test
    void logSumExpNeitherOverflowsNorUnderflows() {
        Tensor x = matrix(2, 2, 1000, 1000, -1000, -1001);
        assertThat(x.logSumExp(1).doubles())
                .containsExactly(new double[] {1000 + Math.log(2), -1000 + Math.log1p(Math.exp(-1))}, within(1e-12));
        assertThat(x.logSoftmax(1).doubles())
                .containsExactly(
                        new double[] {
                            -Math.log(2), -Math.log(2), -Math.log1p(Math.exp(-1)), -1 - Math.log1p(Math.exp(-1))
                        },
                        within(1e-12));
        assertThat(x.softmax(1).sum(1).doubles()).containsExactly(new double[] {1, 1}, within(1e-15));
    }

    @Test
    void maximaAndTheirPlaces() {
        Tensor m = matrix(2, 3, 1, 7, 3, 9, 5, 6);
        assertThat(m.argmax(1).longs()).containsExactly(1, 0);
        assertThat(m.argmax(1).dtype()).isEqualTo(DType.INT64);
        assertThat(m.argmax(0).longs()).containsExactly(1, 0, 1);
        assertThat(m.max(1).doubles()).containsExactly(7, 9);
    }

    @Test
    void reductionsOverDimensions() {
        Tensor m = Near.normal(1, 2, 3, 4);
        assertThat(m.sum(0, 2).shape()).containsExactly(3);
        assertThat(m.sumKeep(0, 2).shape()).containsExactly(1, 3, 1);
        assertThat(m.meanKeep(-1).shape()).containsExactly(2, 3, 1);
        assertNear(m.mean(1), m.sum(1).div(3), 1e-14);
        assertNear(m.meanPerTask(), m.sum(1, 2).div(12), 1e-14);
        assertNear(vector(1, 2).meanPerTask(), vector(1, 2), 0);
    }

    private static double[] slope(java.util.function.UnaryOperator<Tensor> f, double... at) {
        Params x = Params.of("x", vector(at)).leaf();
        return Autograd.gradient(f.apply(x.get("x")).sum(), x, false).get("x").doubles();
    }

    @Test
    void slopesAtKinks() {
        assertThat(slope(t -> t.clamp(-1, 2), -2, -1, 0, 2, 3)).containsExactly(0, 1, 1, 1, 0);
        assertThat(slope(Tensor::relu, -1, 0, 1)).containsExactly(0, 0, 1);
        assertThat(slope(Tensor::abs, -1, 0, 1)).containsExactly(-1, 0, 1);
    }

    @Test
    void slices() {
        Tensor m = matrix(3, 2, 1, 2, 3, 4, 5, 6);
        assertThat(m.slice(0, 1, 3).doubles()).containsExactly(3, 4, 5, 6);
        assertThat(m.slice(1, 1, 2).doubles()).containsExactly(2, 4, 6);
        assertThat(m.slice(0, 1, 1).shape()).containsExactly(0, 2);
        assertThat(m.select(0, 2).doubles()).containsExactly(5, 6);
        assertThat(m.indexSelect(0, Tensor.of(new long[] {2, 0, 2}, 3)).doubles())
                .containsExactly(5, 6, 1, 2, 5, 6);
        assertThat(m.transpose(0, 1).doubles()).containsExactly(1, 3, 5, 2, 4, 6);
        assertThat(m.permute(1, 0).doubles()).containsExactly(1, 3, 5, 2, 4, 6);
        assertThat(m.reshape(2, -1).shape()).containsExactly(2, 3);
        assertThat(m.unsqueeze(0).squeeze(0).shape()).containsExactly(3, 2);
        assertThat(vector(1, 2).expand(3, -1).doubles()).containsExactly(1, 2, 1, 2, 1, 2);
    }

    @Test
    void linearSystems() {
        Tensor a = Near.normal(1, 2, 4, 4).add(Tensors.eye(4, DType.FLOAT64).mul(5));
        Tensor x = Near.normal(2, 2, 4, 3);
        assertNear(Tensors.solve(a, a.matmul(x)), x, 1e-12);
        assertThatThrownBy(() -> Tensors.solve(Tensors.zeros(DType.FLOAT64, 2, 2), Tensors.zeros(DType.FLOAT64, 2, 1)))
                .isInstanceOf(TensorException.class)
                .hasMessageNotContaining("\n");
    }

    @Test
    void joiningAndChoosing() {
        assertThat(Tensors.cat(List.of(vector(1, 2), vector(3)), 0).doubles()).containsExactly(1, 2, 3);
        assertThat(Tensors.stack(List.of(vector(1, 2), vector(3, 4)), 1).doubles())
                .containsExactly(1, 3, 2, 4);
        Tensor x = vector(-1, 2);
        assertThat(Tensors.where(x.gt(0), x, vector(7, 7)).doubles()).containsExactly(7, 2);
        assertThat(x.lt(0).dtype()).isEqualTo(DType.BOOL);
        assertThat(x.eq(vector(-1, 3)).longs()).containsExactly(1, 0);
        assertThat(Tensors.linspace(-1, 1, 5).doubles()).containsExactly(-1, -0.5, 0, 0.5, 1);
        assertThat(Tensors.range(3).longs()).containsExactly(0, 1, 2);
    }

    @Test
    void randomNumbersComeFromTheGeneratorAlone() {
        assertThat(Near.normal(5, 20).doubles())
                .containsExactly(Near.normal(5, 20).doubles());
        assertThat(Near.normal(5, 20).doubles()).isNotEqualTo(Near.normal(6, 20).doubles());
        double[] u = Tensors.uniform(new java.util.SplittableRandom(1), -2, 3, DType.FLOAT64, 1000)
                .doubles();
        assertThat(java.util.Arrays.stream(u).min().orElseThrow()).isBetween(-2.0, -1.9);
        assertThat(java.util.Arrays.stream(u).max().orElseThrow()).isBetween(2.9, 3.0);
    }

    @Test
    void emptyAndScalarTensorsCarryTheirShapes() {
        assertThat(Tensor.of(new float[0], 0, 3).shape()).containsExactly(0, 3);
        assertThat(Tensor.of(new float[0], 0, 3).floats()).isEmpty();
        assertThat(Tensor.of(new long[0], 0).longs()).isEmpty();
        assertThat(Tensor.scalar(2.5).shape()).isEmpty();
        assertThat(Tensor.scalar(2.5).item()).isEqualTo(2.5);
        assertThat(Tensor.of(new double[] {1}, 1, 1).rank()).isEqualTo(2);
    }

    @Test
    void dataIsCopiedBothWays() {
        double[] data = {1, 2};
        Tensor t = Tensor.of(data, 2);
        data[0] = 9;
        assertThat(t.doubles()).containsExactly(1, 2);
        t.doubles()[0] = 9;
        assertThat(t.doubles()).containsExactly(1, 2);
    }

    @Test
    void transposedViewsAreReadInOrder() {
        assertThat(matrix(2, 2, 1, 2, 3, 4).transpose(0, 1).floats()).containsExactly(1, 3, 2, 4);
    }

    @Test
    void bytesThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> TensorBytes.read(DType.FLOAT32, new byte[7], 1))
                .isInstanceOf(TensorException.class)
                .hasMessage("7 bytes are no whole number of elements of 4");
        assertThatThrownBy(() -> TensorBytes.read(DType.FLOAT32, new byte[4], 2))
                .isInstanceOf(TensorException.class)
                .hasMessage("1 values do not fill shape [2], which has 2 elements");
        assertThatThrownBy(() -> Tensor.of(new float[3], 2, 2))
                .isInstanceOf(TensorException.class)
                .hasMessage("3 values do not fill shape [2, 2], which has 4 elements");
    }

    @Test
    void everyMisfitIsOneSentence() {
        Tensor m = matrix(2, 3, 1, 2, 3, 4, 5, 6);
        List<Supplier<Object>> misfits = List.of(
                () -> m.add(vector(1, 2)),
                () -> m.matmul(m),
                () -> m.reshape(4, 2),
                () -> m.select(0, 2),
                () -> m.slice(0, 1, 5),
                () -> m.sum(2),
                () -> m.gather(1, integers(1, 1, 3)),
                () -> m.item(),
                () -> m.size(2),
                () -> m.expand(2, 2, 2),
                () -> Tensors.cat(List.of(m, vector(1)), 0),
                () -> Tensors.stack(List.of(m, vector(1)), 0),
                () -> Tensors.einsum("ij,jk->ik", m, m),
                () -> Functional.linear(m, m, vector(1, 2, 3)));
        for (int i = 0; i < misfits.size(); i++) {
            Supplier<Object> misfit = misfits.get(i);
            assertThatThrownBy(misfit::get)
                    .as("misfit %d", i)
                    .isInstanceOf(TensorException.class)
                    .message()
                    .isNotBlank()
                    .doesNotContain("\n");
        }
    }

    @Test
    void gradientsOfVectorsAreRefusedInOneSentence() {
        Params x = Params.of("x", vector(1, 2)).leaf();
        assertThatThrownBy(() -> Autograd.gradient(x.get("x").square(), x, false))
                .isInstanceOf(TensorException.class)
                .hasMessageNotContaining("\n")
                .hasMessageContaining("scalar");
    }

    @Test
    void closedTensorsSaySoWhateverIsAskedOfThem() {
        Tensor closed;
        try (Scope s = Scope.open()) {
            closed = vector(1, 2);
        }
        List<Supplier<Object>> questions = List.of(
                closed::shape,
                closed::rank,
                closed::numel,
                closed::dtype,
                closed::requiresGrad,
                () -> closed.size(0),
                closed::doubles,
                closed::allFinite,
                () -> closed.add(1),
                () -> vector(1, 2).add(closed));
        for (int i = 0; i < questions.size(); i++) {
            Supplier<Object> question = questions.get(i);
            assertThatThrownBy(question::get)
                    .as("question %d", i)
                    .isInstanceOf(TensorException.class)
                    .hasMessageContaining("after its scope had been closed");
        }
        assertThat(closed).hasToString("tensor (closed)");
    }

    /** A 1x1 convolution by strides sees every second pixel: values and the gradients of both factors, by hand. */
    @Test
    void aConvolutionOfOnePixelByStridesLeavesOutTheRest() {
        Params leaf = Params.builder()
                .put("x", Tensors.range(2 * 3 * 3).to(DType.FLOAT64).reshape(1, 2, 3, 3))
                .put("weight", Tensor.of(new double[] {1, 10}, 1, 2, 1, 1))
                .build()
                .leaf();
        Tensor y = Functional.conv2d(leaf.get("x").channelsLast(), leaf.get("weight"), vector(0.5), 2, 0, 1);
        assertThat(y.shape()).containsExactly(1, 1, 2, 2);
        assertThat(y.doubles()).containsExactly(90.5, 112.5, 156.5, 178.5);
        Params gradient = Autograd.gradient(y.sum(), leaf, false);
        assertThat(gradient.get("weight").doubles()).containsExactly(16, 52);
        assertThat(gradient.get("x").doubles())
                .containsExactly(1, 0, 1, 0, 0, 0, 1, 0, 1, 10, 0, 10, 0, 0, 0, 10, 0, 10);
    }

    /** Without the launcher and its environment, and on a thread that libtorch has not seen. */
    @Test
    void everyThreadHasOneThreadOfItsOwnAndNothingTalks() throws InterruptedException {
        Map<String, String> facts = new ConcurrentHashMap<>();
        Thread thread = new Thread(() -> {
            try (Scope s = Scope.open()) {
                Tensors.ones(DType.FLOAT32, 3).sum().item();
                facts.putAll(LibTorch.describe());
            }
        });
        thread.start();
        thread.join();
        assertThat(facts)
                .containsEntry("threads of a call", "1")
                .containsEntry("threads of OpenBLAS", "1")
                .containsEntry("NNPACK", "off");
    }

    @Test
    void variablesThatChooseKernelsAreFound() {
        assertThat(LibTorch.kernelVariables(Map.of("ONEDNN_MAX_CPU_ISA", "AVX2", "OMP_NUM_THREADS", "4")))
                .containsExactly(Map.entry("ONEDNN_MAX_CPU_ISA", "AVX2"));
    }
}
