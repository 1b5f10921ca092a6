package org.deutero.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AutogradTest {
    private Scope scope;

    @BeforeEach
    void open() {
        scope = Scope.open();
    }

    @AfterEach
    void close() {
        scope.close();
    }

    private static Tensor vector(double... values) {
        return Tensor.of(values, values.length);
    }

    @Test
    void derivativesOfFourthPower() {
        Params x = Params.of("x", vector(2)).leaf();
        Params first = Autograd.gradient(x.get("x").pow(4).sum(), x, true);
        Params second = Autograd.gradient(first.get("x").sum(), x, true);
        Params third = Autograd.gradient(second.get("x").sum(), x, false);
        assertThat(first.get("x").item()).isEqualTo(32);
        assertThat(second.get("x").item()).isEqualTo(48);
        assertThat(third.get("x").item()).isEqualTo(48);
    }

    @Test
    void unusedInputsHaveZeroGradient() {
        Params p = Params.builder()
                .put("a", vector(1, 2))
                .put("b", vector(3))
                .build()
                .leaf();
        Params g = Autograd.gradient(p.get("a").square().sum(), p, false);
        assertThat(g.get("a").doubles()).containsExactly(2, 4);
        assertThat(g.get("b").doubles()).containsExactly(0);
    }

    /** f(x) = sum tanh(A x) of four variables: forward mode, reverse mode and differences agree. */
    @Test
    void forwardAndReverseModesAgree() {
        SplittableRandom rng = new SplittableRandom(3);
        Tensor a = Tensors.normal(rng, DType.FLOAT64, 3, 4);
        Params x = Params.of("x", Tensors.normal(rng, DType.FLOAT64, 4, 1));
        Params v = Params.of("x", Tensors.normal(rng, DType.FLOAT64, 4, 1));
        Params u = Params.of("y", Tensors.normal(rng, DType.FLOAT64, 3, 1));
        Params jv = Autograd.jvp(p -> Params.of("y", a.matmul(p.get("x")).tanh()), x, v);
        Params leaf = x.leaf();
        Params vju = Autograd.vjp(Params.of("y", a.matmul(leaf.get("x")).tanh()), u, leaf, false);
        assertThat(jv.dot(u).item()).isCloseTo(vju.dot(v).item(), within(1e-13));
        double h = 1e-6;
        Tensor plus = a.matmul(x.addScaled(v, h).get("x")).tanh();
        Tensor minus = a.matmul(x.addScaled(v, -h).get("x")).tanh();
        assertThat(jv.get("y").doubles())
                .containsExactly(plus.sub(minus).div(2 * h).doubles(), within(1e-9));
    }

    /** phi_0 is often theta expanded over tasks: without storage of its own for each, unlike a direction. */
    @Test
    void forwardModeAtAnExpandedPoint() {
        SplittableRandom rng = new SplittableRandom(5);
        Params shared = Params.of("x", Tensors.normal(rng, DType.FLOAT64, 4, 3));
        Params v = Params.of("x", Tensors.normal(rng, DType.FLOAT64, 2, 4, 3));
        Params transposed =
                Params.of("x", v.get("x").transpose(1, 2).contiguous().transpose(1, 2));
        Params expected =
                Autograd.jvp(p -> p.map(Tensor::tanh), shared.expand(2).copy(), v);
        for (Params direction : new Params[] {v, transposed}) {
            assertThat(Autograd.jvp(p -> p.map(Tensor::tanh), shared.expand(2), direction)
                            .get("x")
                            .doubles())
                    .containsExactly(expected.get("x").doubles(), within(1e-15));
        }
    }

    /** The Hessian product by reverse-over-reverse equals the one by forward-over-reverse. */
    @Test
    void hessianVectorProduct() {
        SplittableRandom rng = new SplittableRandom(4);
        Tensor a = Tensors.normal(rng, DType.FLOAT64, 5, 4);
        Params x = Params.of("x", Tensors.normal(rng, DType.FLOAT64, 4, 1));
        Params v = Params.of("x", Tensors.normal(rng, DType.FLOAT64, 4, 1));
        Params reverse =
                Autograd.hessianVector(p -> a.matmul(p.get("x")).tanh().square().sum(), x, v);
        Params forward = Autograd.jvp(
                p -> Autograd.gradient(a.matmul(p.get("x")).tanh().square().sum(), p, false), x, v);
        assertThat(forward.get("x").doubles()).containsExactly(reverse.get("x").doubles(), within(1e-12));
        assertThat(reverse.norm()).isGreaterThan(1e-3);
    }

    /** libtorch's dual level is shared by all threads; ours must not be entered or left under another thread's feet. */
    @Test
    void forwardModeOnTwoThreads() throws Exception {
        try (ExecutorServiceResource pool = new ExecutorServiceResource(2)) {
            Future<Boolean> one = pool.executor.submit(() -> forwardModeLoop(1));
            Future<Boolean> two = pool.executor.submit(() -> forwardModeLoop(2));
            assertThat(one.get()).isTrue();
            assertThat(two.get()).isTrue();
        }
    }

    private static boolean forwardModeLoop(double factor) {
        for (int i = 0; i < 200; i++) {
            try (Scope s = Scope.open()) {
                Params x = Params.of("x", vector(i));
                Params v = Params.of("x", vector(factor));
                double slope =
                        Autograd.jvp(p -> p.map(Tensor::square), x, v).get("x").item();
                if (slope != 2.0 * i * factor) {
                    return false;
                }
            }
        }
        return true;
    }

    private record ExecutorServiceResource(ExecutorService executor) implements AutoCloseable {
        ExecutorServiceResource(int threads) {
            this(Executors.newFixedThreadPool(threads));
        }

        @Override
        public void close() {
            executor.shutdown();
        }
    }

    @Test
    void gradModeIsRestored() {
        Params x = Params.of("x", vector(3)).leaf();
        assertThat(GradMode.off(() -> x.get("x").square().requiresGrad())).isFalse();
        assertThat(GradMode.off(() -> GradMode.on(() -> x.get("x").square().requiresGrad())))
                .isTrue();
        assertThatThrownBy(() -> GradMode.off(() -> {
                    throw new IllegalStateException("inside");
                }))
                .hasMessage("inside");
        assertThat(x.get("x").square().requiresGrad()).isTrue();
    }

    @Test
    void errorsAreOneSentence() {
        assertThatThrownBy(() -> vector(1, 2).add(vector(1, 2, 3)))
                .isInstanceOf(TensorException.class)
                .hasMessageNotContaining("\n")
                .hasMessageContaining("size of tensor a (2) must match the size of tensor b (3)");
    }
}
