package org.deutero.tensor.nn;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.deutero.tensor.Autograd;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.attention.CausalAttention;
import org.deutero.tensor.nn.attention.DenseBlock;
import org.deutero.tensor.nn.recurrent.Gru;
import org.deutero.tensor.nn.recurrent.Lstm;
import org.deutero.testkit.Golden;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** One step of recurrent cells, causal attention, and a gated causal convolution: outputs, gradients and Hessian-vector products with respect to inputs and weights. */
class CellsGoldenTest {
    @TestFactory
    Stream<DynamicTest> files() {
        return Golden.tests(getClass(), List.of("cells"), golden -> {
            for (String name : golden.list("cases")) {
                switch (name) {
                    case "lstm_ifgo" -> check(golden, name, CellsGoldenTest::lstm);
                    case "lstm_igfo", "lstm_igfo_shared" -> check(golden, name, in -> joined(golden, name, in));
                    case "lstm_fiou" -> check(golden, name, CellsGoldenTest::reading);
                    case "gru_rzn" -> check(golden, name, CellsGoldenTest::gru);
                    case "causal_attention" -> check(golden, name, CellsGoldenTest::attention);
                    case "dense_block" -> check(golden, name, in -> dense(golden, in));
                    default -> throw new AssertionError("unknown case " + name);
                }
            }
        });
    }

    private static void check(Golden golden, String name, UnaryOperator<Params> cell) {
        Params in = golden.params(name + ".in").leaf();
        Params out = cell.apply(in);
        String expected = "expect." + name + ".";
        golden.checkAll(expected + "output", out);
        Tensor scalar = scalar(golden, name, out);
        golden.check(expected + "scalar", scalar.reshape(1));
        golden.checkAll(expected + "grad", Autograd.gradient(scalar, in, false));
        golden.checkAll(
                expected + "hvp",
                Autograd.hessianVector(
                        p -> scalar(golden, name, cell.apply(p)), in, golden.params(name + ".direction")));
    }

    private static Tensor scalar(Golden golden, String name, Params out) {
        return out.dot(golden.params(name + ".probe"));
    }

    private static Params lstm(Params in) {
        Tensor bias = in.get("bias_ih").add(in.get("bias_hh"));
        Params params = in.filter(n -> n.startsWith("weight")).with(Params.of("bias", bias));
        Lstm.State after = Lstm.step(
                params,
                in.get("x").unsqueeze(0),
                new Lstm.State(in.get("h").unsqueeze(0), in.get("c").unsqueeze(0)));
        return state(new Lstm.State(after.h().squeeze(0), after.c().squeeze(0)));
    }

    private static Params joined(Golden golden, String name, Params in) {
        Tensor both = Tensors.cat(List.of(in.get("x"), in.get("h")), 1);
        long n = in.get("c").size(1);
        Tensor drive = both.matmul(in.get("weight").transpose(0, 1)).add(in.get("bias"));
        Tensor offsets = Tensors.cat(
                List.of(
                        Tensors.full(golden.number("case." + name + ".input_offset"), drive.dtype(), n),
                        Tensors.zeros(drive.dtype(), n),
                        Tensors.full(golden.number("case." + name + ".forget_offset"), drive.dtype(), n),
                        Tensors.zeros(drive.dtype(), n)),
                0);
        return state(Lstm.Gates.IGFO.update(drive.add(offsets), in.get("c"), 1));
    }

    private static Params reading(Params in) {
        Tensor drive = in.get("bias");
        for (String source : List.of("x", "r", "h")) {
            drive = drive.add(in.get(source).matmul(in.get("weight_" + source).transpose(0, 1)));
        }
        return state(Lstm.Gates.FIOG.update(drive, in.get("c"), 1));
    }

    private static Params state(Lstm.State state) {
        return Params.builder().put("h", state.h()).put("c", state.c()).build();
    }

    private static Params gru(Params in) {
        Tensor h = Gru.step(in, in.get("x").unsqueeze(0), in.get("h").unsqueeze(0));
        return Params.of("h", h.squeeze(0));
    }

    private static Params attention(Params in) {
        int values = (int) in.get("value.bias").size(0);
        CausalAttention layer = new CausalAttention(
                (int) in.get("x").size(2), (int) in.get("key.bias").size(0), values, Initializer.ZEROS);
        return Params.of("out", layer.sequence(in, in.get("x")));
    }

    private static Params dense(Golden golden, Params in) {
        DenseBlock layer = new DenseBlock(
                (int) in.get("x").size(2),
                (int) in.get("gate.bias").size(0),
                golden.integer("dense_block_dilation"),
                Initializer.ZEROS);
        return Params.of("out", layer.sequence(in, in.get("x")));
    }
}
