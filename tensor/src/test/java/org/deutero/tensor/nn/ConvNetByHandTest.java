package org.deutero.tensor.nn;

import static org.deutero.tensor.Near.assertNear;

import java.util.SplittableRandom;
import org.deutero.tensor.DType;
import org.deutero.tensor.Functional;
import org.deutero.tensor.InScope;
import org.deutero.tensor.Near;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The network against its published order of layers, written out: convolution, normalisation, non-linearity, pooling. */
@ExtendWith(InScope.class)
class ConvNetByHandTest {
    private static ConvNet net(int channels, ConvNet.Halving halving, Activation activation) {
        return new ConvNet(
                channels, 9, 2, 3, halving, true, activation, ConvNet.Readout.FLATTEN, 2, Initializer.FAN_IN_UNIFORM);
    }

    private static Tensor byHand(ConvNet net, Params p, Tensor images) {
        Tensor h = images;
        for (int i = 0; i < net.blocks(); i++) {
            Params conv = p.child("conv" + i);
            Params norm = p.child("norm" + i);
            boolean pool = net.halving() == ConvNet.Halving.MAX_POOL;
            h = Functional.conv2d(h, conv.get("weight"), conv.get("bias"), pool ? 1 : 2, 1, 1);
            Tensor centred = h.sub(h.meanKeep(0, 2, 3));
            h = centred.div(centred.square().meanKeep(0, 2, 3).add(1e-5).sqrt())
                    .mul(norm.get("weight").reshape(-1, 1, 1))
                    .add(norm.get("bias").reshape(-1, 1, 1));
            h = net.activation().apply(h);
            h = pool ? Functional.maxPool2d(h, 2) : h;
        }
        Params head = p.child("head");
        return h.flatten(1).matmul(head.get("weight").transpose(0, 1)).add(head.get("bias"));
    }

    private static void check(ConvNet net) {
        Params params = net.init(new SplittableRandom(1), DType.FLOAT64);
        // Factors of either sign: after a negative one the largest value was the smallest.
        Params disturbed = params.addScaled(Near.normalLike(2, params), 0.8);
        Tensor x = Near.normal(3, 2, 4, net.channels(), 9, 9);
        Tensor expected = Tensors.stack(
                java.util.List.of(byHand(net, disturbed, x.select(0, 0)), byHand(net, disturbed, x.select(0, 1))), 0);
        assertNear(net.apply(disturbed, x), expected, 1e-12);
        assertNear(net.apply(disturbed.expand(2), x), expected, 1e-12);
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void everyActivation(Activation activation) {
        check(net(2, ConvNet.Halving.MAX_POOL, activation));
        check(net(2, ConvNet.Halving.STRIDE, activation));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void anyNumberOfChannels(int channels) {
        check(net(channels, ConvNet.Halving.MAX_POOL, Activation.RELU));
        check(net(channels, ConvNet.Halving.STRIDE, Activation.RELU));
    }
}
