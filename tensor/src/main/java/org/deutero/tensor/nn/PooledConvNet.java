package org.deutero.tensor.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Functional;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/**
 * The classic image classifier in the line of LeNet (LeCun et al. 1998): 3x3 convolutions, each followed by a ReLU and 2x2 max-pooling, then linear layers with ReLUs between them. No normalisation.
 *
 * <p>Layers are {@code conv0, conv1, ..., l0, ...} and {@code head}.
 *
 * @param channels of an image
 * @param size height and width of an image in pixels
 * @param filters channels of each convolution
 * @param hidden units of the linear layers before the head; may be none
 * @param outputs of the head; 0 for none
 * @param initializer how weights start
 */
public record PooledConvNet(
        int channels, int size, List<Integer> filters, List<Integer> hidden, int outputs, Initializer initializer)
        implements Network {
    /** Checks that the image survives all halvings. */
    public PooledConvNet {
        filters = List.copyOf(filters);
        hidden = List.copyOf(hidden);
        if (filters.isEmpty() || size >> filters.size() < 1) {
            throw new IllegalArgumentException("an image of " + size + "x" + size + " pixels does not go with "
                    + filters.size() + " convolutions, after each of which it is halved");
        }
    }

    private int flat() {
        int side = size >> filters.size();
        return filters.get(filters.size() - 1) * side * side;
    }

    private Conv2d conv(int i) {
        return new Conv2d(i == 0 ? channels : filters.get(i - 1), filters.get(i), 3, 1, 1, initializer);
    }

    @Override
    public Params init(RandomGenerator rng, DType dtype) {
        Params.Builder params = Params.builder();
        for (int i = 0; i < filters.size(); i++) {
            params.put("conv" + i, conv(i).init(rng, dtype));
        }
        int in = flat();
        for (int i = 0; i < hidden.size(); i++) {
            params.put("l" + i, new Linear(in, hidden.get(i), initializer).init(rng, dtype));
            in = hidden.get(i);
        }
        if (outputs > 0) {
            params.put("head", new Linear(in, outputs, initializer).init(rng, dtype));
        }
        return params.build();
    }

    @Override
    public List<String> layers() {
        List<String> layers = new ArrayList<>();
        for (int i = 0; i < filters.size(); i++) {
            layers.add("conv" + i);
        }
        for (int i = 0; i < hidden.size(); i++) {
            layers.add("l" + i);
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
        Params body = params.filter(name -> name.startsWith("conv"));
        Tensor h = TaskLoop.apply(body, x, TaskLoop.anyOwned(body), (p, xt, task) -> one(p, xt));
        for (int i = 0; i < hidden.size(); i++) {
            h = Linear.apply(params.child("l" + i), h).relu();
        }
        return h;
    }

    private Tensor one(Params params, Tensor x) {
        Tensor h = x.channelsLast();
        for (int i = 0; i < filters.size(); i++) {
            // A ReLU commutes with max-pooling, after which there is a quarter left to do.
            h = Functional.maxPool2d(conv(i).one(params.child("conv" + i), h), 2)
                    .relu();
        }
        return h.flatten(1);
    }

    @Override
    public Tensor head(Params params, Tensor features) {
        return outputs == 0 ? features : Linear.apply(params.child("head"), features);
    }
}
