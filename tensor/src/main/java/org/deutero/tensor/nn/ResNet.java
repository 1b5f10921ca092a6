package org.deutero.tensor.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * Residual networks for small pictures: three stages of blocks of two 3x3 convolutions with batch normalisation, each stage but the first at half the size with twice the channels; then the mean over positions.
 *
 * <p>In the order of He, Zhang, Ren and Sun 2015 (section 4.2), {@code 6 blocks + 2} layers: after the sum a ReLU, shortcuts that leave out every other position and pad channels with zeros. With {@code preActivation} in the order of Zagoruyko and Komodakis 2016 (wide residual networks, {@code 6 blocks + 4} layers): normalisation
 * and ReLU before each convolution, shortcuts by 1x1 convolutions, normalisation and ReLU at the end; no dropout.
 *
 * <p>Layers are {@code conv, norm, s0b0c0, s0b0n0, ...}, {@code s1b0short} where a shortcut is a convolution, and {@code head}.
 *
 * @param channels of an image
 * @param size height and width of an image in pixels
 * @param blocks in a stage: 5 for ResNet-32, 4 for WRN-28
 * @param width channels of the first stage: 16, times 10 for WRN-28-10
 * @param preActivation whether normalisation and ReLU come before convolutions
 * @param outputs of the head; 0 for none
 * @param initializer how convolutions and head start
 */
public record ResNet(
        int channels, int size, int blocks, int width, boolean preActivation, int outputs, Initializer initializer)
        implements Network {
    private static final int STAGES = 3;
    private static final int FIRST = 16;
    private static final double EPSILON = 1e-5;

    /** Checks that the image survives both halvings. */
    public ResNet {
        if (size < 4) {
            throw new IllegalArgumentException("an image of " + size + "x" + size + " pixels cannot be halved twice");
        }
    }

    private interface Visitor {
        void block(String name, int in, int out, int stride);
    }

    private int stem() {
        return preActivation ? FIRST : width;
    }

    private void eachBlock(Visitor visitor) {
        int in = stem();
        for (int stage = 0; stage < STAGES; stage++) {
            int out = width << stage;
            for (int b = 0; b < blocks; b++) {
                visitor.block("s" + stage + "b" + b, in, out, stage > 0 && b == 0 ? 2 : 1);
                in = out;
            }
        }
    }

    private int last() {
        return width << (STAGES - 1);
    }

    private Conv2d conv(int in, int out, int stride) {
        return new Conv2d(in, out, 3, stride, 1, initializer);
    }

    private Conv2d shortcut(int in, int out, int stride) {
        return new Conv2d(in, out, 1, stride, 0, initializer);
    }

    private boolean projects(int in, int out) {
        return preActivation && in != out;
    }

    @Override
    public Params init(RandomGenerator rng, DType dtype) {
        Params.Builder params = Params.builder();
        params.put("conv", conv(channels, stem(), 1).init(rng, dtype));
        if (!preActivation) {
            params.put("norm", norm(stem()).init(dtype));
        }
        eachBlock((name, in, out, stride) -> {
            if (preActivation) {
                params.put(name + "n0", norm(in).init(dtype));
            }
            params.put(name + "c0", conv(in, out, stride).init(rng, dtype));
            if (!preActivation) {
                params.put(name + "n0", norm(out).init(dtype));
            } else {
                params.put(name + "n1", norm(out).init(dtype));
            }
            params.put(name + "c1", conv(out, out, 1).init(rng, dtype));
            if (!preActivation) {
                params.put(name + "n1", norm(out).init(dtype));
            }
            if (projects(in, out)) {
                params.put(name + "short", shortcut(in, out, stride).init(rng, dtype));
            }
        });
        if (preActivation) {
            params.put("norm", norm(last()).init(dtype));
        }
        if (outputs > 0) {
            params.put("head", new Linear(last(), outputs, initializer).init(rng, dtype));
        }
        return params.build();
    }

    private static BatchNorm norm(int of) {
        return new BatchNorm(of, true, EPSILON);
    }

    @Override
    public Params initialMoments(DType dtype) {
        Params.Builder moments = Params.builder();
        moment(moments, "norm", preActivation ? last() : stem(), dtype);
        eachBlock((name, in, out, stride) -> {
            moment(moments, name + "n0", preActivation ? in : out, dtype);
            moment(moments, name + "n1", out, dtype);
        });
        return moments.build();
    }

    private static void moment(Params.Builder moments, String name, int of, DType dtype) {
        moments.put(name + ".mean", Tensors.zeros(dtype, of));
        moments.put(name + ".variance", Tensors.ones(dtype, of));
    }

    @Override
    public List<String> layers() {
        List<String> layers = new ArrayList<>(List.of("conv"));
        if (!preActivation) {
            layers.add("norm");
        }
        eachBlock((name, in, out, stride) -> {
            layers.addAll(
                    preActivation
                            ? List.of(name + "n0", name + "c0", name + "n1", name + "c1")
                            : List.of(name + "c0", name + "n0", name + "c1", name + "n1"));
            if (projects(in, out)) {
                layers.add(name + "short");
            }
        });
        if (preActivation) {
            layers.add("norm");
        }
        layers.add("head");
        return layers;
    }

    @Override
    public Tensor features(Params params, Tensor x, Normalization normalization) {
        if (x.rank() != 5 || x.size(2) != channels || x.size(3) != size || x.size(4) != size) {
            throw new IllegalArgumentException(
                    "expected images [tasks, n, " + channels + ", " + size + ", " + size + "], not " + x);
        }
        Params body = params.filter(name -> !name.startsWith("head"));
        boolean perTask = TaskLoop.anyOwned(body) || !normalization.mixesTasks();
        return TaskLoop.apply(body, x, perTask, (p, xt, task) -> new Pass(p, task, normalization).features(xt));
    }

    @Override
    public Tensor head(Params params, Tensor features) {
        return outputs == 0 ? features : Linear.apply(params.child("head"), features);
    }

    /** The way of one task's pictures [n, channels, size, size] through the network. */
    private final class Pass {
        private final Params params;
        private final int task;
        private final Normalization normalization;
        private Tensor h;

        Pass(Params params, int task, Normalization normalization) {
            this.params = params;
            this.task = task;
            this.normalization = normalization;
        }

        Tensor features(Tensor x) {
            h = conv(channels, stem(), 1).one(params.child("conv"), x.channelsLast());
            if (!preActivation) {
                h = normalized("norm", stem(), h).relu();
            }
            eachBlock(preActivation ? this::preActivated : this::block);
            Tensor end = preActivation ? normalized("norm", last(), h).relu() : h;
            return end.mean(2, 3);
        }

        private Tensor normalized(String name, int of, Tensor y) {
            return norm(of).one(name, task, params.child(name), y, normalization);
        }

        private void block(String name, int in, int out, int stride) {
            Tensor y = conv(in, out, stride).one(params.child(name + "c0"), h);
            y = normalized(name + "n0", out, y).relu();
            y = conv(out, out, 1).one(params.child(name + "c1"), y);
            y = normalized(name + "n1", out, y);
            h = y.add(padded(in, out, stride)).relu();
        }

        /** Every other position if the block halves, and zeros for channels that are new, half of them before and half behind. */
        private Tensor padded(int in, int out, int stride) {
            if (in == out && stride == 1) {
                return h;
            }
            Tensor kept = stride == 1 ? h : everyOther(everyOther(h, 2), 3);
            if (in == out) {
                return kept;
            }
            long[] shape = kept.shape();
            int before = (out - in) / 2;
            Tensor low = Tensors.zeros(kept.dtype(), shape[0], before, shape[2], shape[3])
                    .to(kept.device());
            Tensor high = Tensors.zeros(kept.dtype(), shape[0], out - in - before, shape[2], shape[3])
                    .to(kept.device());
            return Tensors.cat(List.of(low, kept, high), 1);
        }

        private static Tensor everyOther(Tensor x, int dim) {
            long n = (x.size(dim) + 1) / 2;
            return x.indexSelect(
                    dim, Tensors.range((int) n).mul(2).to(DType.INT64).to(x.device()));
        }

        private void preActivated(String name, int in, int out, int stride) {
            Tensor a = normalized(name + "n0", in, h).relu();
            Tensor y = conv(in, out, stride).one(params.child(name + "c0"), a);
            y = normalized(name + "n1", out, y).relu();
            y = conv(out, out, 1).one(params.child(name + "c1"), y);
            Tensor around = projects(in, out) ? shortcut(in, out, stride).one(params.child(name + "short"), a) : h;
            h = y.add(around);
        }
    }
}
