package org.deutero.tensor.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.deutero.tensor.Autograd;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.attention.Attention;
import org.deutero.tensor.nn.attention.MultiHeadAttention;
import org.deutero.testkit.Golden;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Uniform, Laplace, dot-product and multi-head attention, with gradients; cosines against their definition. */
class AttentionGoldenTest {
    @TestFactory
    Stream<DynamicTest> files() {
        return Golden.tests(getClass(), List.of("cnp"), golden -> {
            for (String kernel : golden.list("kernels")) {
                switch (kernel) {
                    case "uniform" -> check(golden, kernel, p -> Attention.uniform(p.get("query"), p.get("key")));
                    case "dot" -> check(golden, kernel, p -> Attention.dotProduct(p.get("query"), p.get("key")));
                    case "laplace" -> {
                        double scale = golden.number("laplace_scale");
                        check(golden, kernel, p -> Attention.laplace(p.get("query"), p.get("key"), scale));
                    }
                    case "multihead" -> heads(golden);
                    default -> throw new AssertionError("unknown kernel " + kernel);
                }
            }
        });
    }

    private static void check(Golden golden, String kernel, Function<Params, Tensor> scores) {
        Params in = inputs(golden).leaf();
        String expected = "expect.attention_" + kernel + ".";
        if (golden.has(expected + "weight")) {
            golden.check(expected + "weight", Attention.weights(scores.apply(in)));
        }
        compare(golden, expected, Attention.read(scores.apply(in), in.get("value")), in);
    }

    private static void heads(Golden golden) {
        Params in = inputs(golden)
                .with(golden.params("anp.theta").filter(n -> n.matches("w[qkvo]\\d")))
                .leaf();
        int count = golden.integer("heads");
        MultiHeadAttention heads = new MultiHeadAttention(
                (int) in.get("key").size(2), (int) in.get("value").size(2), count);
        Params weights = Params.builder()
                .put("query", joined(in, "wq", count, 0))
                .put("key", joined(in, "wk", count, 0))
                .put("value", joined(in, "wv", count, 0))
                .put("out", joined(in, "wo", count, 1))
                .build();
        String expected = "expect.attention_multihead.";
        Tensor scores = heads.scores(weights, in.get("query"), in.get("key"));
        golden.check(expected + "weight", Attention.weights(scores));
        compare(golden, expected, heads.apply(weights, in.get("query"), in.get("key"), in.get("value")), in);
    }

    private static void compare(Golden golden, String expected, Tensor output, Params in) {
        golden.check(expected + "output", output);
        Tensor scalar = output.mul(golden.tensor("attention.probe")).sum();
        golden.checkAll(expected + "grad", Autograd.gradient(scalar, in, false));
    }

    private static Params inputs(Golden golden) {
        return golden.params("attention").filter(n -> !n.equals("probe"));
    }

    private static Tensor joined(Params in, String name, int heads, int dim) {
        List<Tensor> parts = new ArrayList<>();
        for (int h = 0; h < heads; h++) {
            parts.add(in.get(name + h));
        }
        return Tensors.cat(parts, dim);
    }

    @Test
    void cosinesIgnoreLengthsAndNothingIsLikeZero() {
        try (Scope s = Scope.open()) {
            Tensor query = Tensor.of(new double[] {3, 4, 0, 0}, 1, 2, 2);
            Tensor key = Tensor.of(new double[] {30, 40, -4, 3, 0, 0}, 1, 3, 2);
            double[] cosines = Attention.cosine(query, key, 1e-12).doubles();
            assertThat(cosines[0]).isCloseTo(1, org.assertj.core.api.Assertions.within(1e-12));
            for (int i = 1; i < 6; i++) {
                assertThat(cosines[i]).isZero();
            }
        }
    }
}
