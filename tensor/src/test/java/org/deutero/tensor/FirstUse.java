package org.deutero.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.recurrent.Gru;
import org.deutero.tensor.nn.recurrent.Lstm;

/**
 * Computes what the native library may prepare at its first use, at the same moment on several threads, each in shapes that the process has
 * not seen: value, gradient and second derivative. Prints one line a case with a number made of all bits, or the numbers on which threads differ.
 *
 * <p>{@code java FirstUse THREADS ROUNDS}. A kernel that was prepared wrongly stays wrong in its process, so what is right is told by a process with one thread.
 */
final class FirstUse {
    private FirstUse() {}

    /** A function of parameters to one number. */
    record Case(String name, Params params, Function<Params, Tensor> function) {}

    public static void main(String[] args) throws Exception {
        int threads = Integer.parseInt(args[0]);
        int rounds = Integer.parseInt(args[1]);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        CyclicBarrier start = new CyclicBarrier(threads);
        Callable<List<String>> work = () -> {
            List<String> lines = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                for (int i = 0; i < count(); i++) {
                    try (Scope s = Scope.open()) {
                        Case one = cases(round).get(i);
                        lines.add(round + " " + one.name() + " " + bits(one, start));
                    }
                }
            }
            return lines;
        };
        List<Future<List<String>>> results = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            results.add(pool.submit(work));
        }
        List<List<String>> lines = new ArrayList<>();
        for (Future<List<String>> result : results) {
            lines.add(result.get());
        }
        pool.shutdown();
        for (int i = 0; i < lines.get(0).size(); i++) {
            int line = i;
            System.out.println(String.join(
                    " | ", lines.stream().map(list -> list.get(line)).distinct().toList()));
        }
    }

    private static int count() {
        try (Scope s = Scope.open()) {
            return cases(0).size();
        }
    }

    /** All bits of a value, of its gradient, and of the gradient of the gradient's square. */
    private static int bits(Case one, CyclicBarrier together) throws InterruptedException, BrokenBarrierException {
        Params leaf = one.params().leaf();
        together.await();
        Tensor value = one.function().apply(leaf);
        together.await();
        Params gradient = Autograd.gradient(value, leaf, true);
        together.await();
        Tensor square = gradient.values().stream()
                .map(g -> g.mul(g).sum())
                .reduce(Tensor::add)
                .orElseThrow();
        int hash = Double.hashCode(value.item());
        for (Params tree : List.of(gradient, Autograd.gradient(square, leaf, false))) {
            for (Tensor tensor : tree.values()) {
                hash = 31 * hash + Arrays.hashCode(tensor.doubles());
            }
        }
        return hash;
    }

    private static List<Case> cases(int round) {
        List<Case> cases = new ArrayList<>();
        int n = 3 + round;
        int size = 5 + round % 9;
        cases.add(convolution("3x3 of 64", 64, 64, 3, 1, 1, 1, n, size, true));
        cases.add(convolution("3x3 of 32 by strides", 32, 32, 3, 2, 1, 1, n, size + 8, true));
        cases.add(convolution("3x3 of one channel", 1, 32, 3, 1, 1, 1, n, size + 8, true));
        cases.add(convolution("3x3, strides of one image", 48, 48, 3, 1, 1, 1, 1, size + 2, true));
        cases.add(convolution("5x5 in channels first", 16, 24, 5, 1, 2, 1, n, size, false));
        cases.add(convolution("1x1", 24, 40, 1, 1, 0, 1, n, size, true));
        cases.add(convolution("1x1 of four channels by strides", 4, 8, 1, 2, 0, 1, n + 16, size + 20, true));
        cases.add(convolution("1x1 of one image", 8, 8, 1, 1, 0, 1, 1, size, false));
        cases.add(convolution("whole image", 1, 100, size, 1, 0, 1, n, size, false));
        cases.add(convolution("grouped", 32, 32, 3, 1, 1, 4, n, size, false));
        Params image = Params.of("x", normal(1, n, 16, size, size));
        cases.add(new Case(
                "max pool", image, p -> wave(Functional.maxPool2d(p.get("x").channelsLast(), 2))));
        cases.add(new Case(
                "average pool", image, p -> wave(Functional.avgPool2d(p.get("x").channelsLast(), 2))));
        Tensor one = Tensors.ones(DType.FLOAT32, 16);
        cases.add(new Case(
                "batch norm", image, p -> wave(Functional.batchNorm(p.get("x").channelsLast(), one, one, 1e-5))));
        cases.add(new Case(
                "layer norm", image, p -> wave(Functional.layerNorm(p.get("x").flatten(2), null, null, 1e-5))));
        Params matrices = Params.builder()
                .put("x", normal(2, 6, 20 + n, 30 + n))
                .put("y", normal(3, 6, 30 + n, 10 + n))
                .build();
        cases.add(new Case(
                "batched product",
                matrices,
                p -> wave(p.get("x").matmul(p.get("y")).mul(0.1))));
        cases.add(new Case(
                "einsum",
                matrices,
                p -> wave(Tensors.einsum("bij,bjk->ik", p.get("x"), p.get("y")).mul(0.1))));
        cases.add(new Case(
                "softmax",
                matrices,
                p -> p.get("x").logSoftmax(2).mul(p.get("x")).sum()));
        Initializer uniform = Initializer.FAN_IN_UNIFORM;
        Tensor sequence = normal(4, 3, 6, 12 + n);
        cases.add(new Case(
                "lstm",
                new Lstm(12 + n, 20 + n, uniform, 1).init(new SplittableRandom(1), DType.FLOAT32),
                p -> wave(Lstm.sequence(p, sequence))));
        cases.add(new Case(
                "gru",
                new Gru(12 + n, 20 + n, uniform).init(new SplittableRandom(1), DType.FLOAT32),
                p -> wave(Gru.sequence(p, sequence))));
        for (int unknowns : new int[] {40, 150, 200}) {
            long m = (long) unknowns + n;
            Tensor right = normal(5, m, 2).to(DType.FLOAT64);
            Params matrix = Params.of("x", normal(6, m, m).to(DType.FLOAT64));
            Tensor eye = Tensors.eye((int) m, DType.FLOAT64).mul(2.0 * m);
            cases.add(new Case(
                    "solve " + unknowns,
                    matrix,
                    p -> wave(Tensors.solve(p.get("x").add(eye), right).mul((double) m))));
        }
        Params symmetric = Params.of("x", normal(7, 30 + n, 30 + n).to(DType.FLOAT64));
        cases.add(new Case("eigenvalues", symmetric, p -> {
            Tensor x = p.get("x");
            return wave(Tensors.symmetricEigen(x.add(x.transpose(0, 1))).values());
        }));
        return cases;
    }

    private static Case convolution(
            String name,
            int in,
            int out,
            int kernel,
            int stride,
            int padding,
            int groups,
            int n,
            int size,
            boolean last) {
        Params params = Params.builder()
                .put("x", normal(8, n, in, size, size))
                .put("weight", normal(9, out, in / groups, kernel, kernel).mul(0.1))
                .put("bias", normal(10, out))
                .build();
        return new Case("convolution " + name, params, p -> {
            Tensor x = last ? p.get("x").channelsLast() : p.get("x");
            return wave(Functional.conv2d(x, p.get("weight"), p.get("bias"), stride, padding, groups));
        });
    }

    /** One number of which first and second derivatives depend on every element. */
    private static Tensor wave(Tensor y) {
        return y.sin().sum();
    }

    private static Tensor normal(long seed, long... shape) {
        return Tensors.normal(new SplittableRandom(seed), DType.FLOAT32, shape);
    }
}
