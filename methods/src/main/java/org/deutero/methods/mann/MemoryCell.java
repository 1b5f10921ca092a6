package org.deutero.methods.mann;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.methods.plastic.RecurrentCell;
import org.deutero.tensor.DType;
import org.deutero.tensor.Functional;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.Linear;
import org.deutero.tensor.nn.recurrent.Lstm;

/**
 * A controller with an external memory (Santoro et al. 2016). The controller sees the input and, if fed back, what was read last; from its output h come keys k = tanh(.), vectors to write a = tanh(.), gates alpha and, as an option of Neural Turing Machines (Graves, Wayne, Danihelka 2014) that
 * the paper does not have, key strengths beta = 1 + softplus(.). The activity is [h, read].
 *
 * <p>Parameters: {@code controller}, an {@link Lstm} or a {@link Linear} layer; {@code heads}, one layer with rows for keys, vectors to write if they are apart, gates, and strengths if there are any, each by head. Weights start Glorot uniform, biases 0, those of strengths 5.
 *
 * @param inputs numbers in an input
 * @param units H of the controller
 * @param memory the memory
 * @param controller kind of the controller
 * @param separate whether a vector of its own is written; the key itself, as printed, if not
 * @param fedBack whether the controller sees what was read last
 * @param strengths whether heads have a key strength
 */
public record MemoryCell(
        int inputs,
        int units,
        LeastRecentlyUsed memory,
        Controller controller,
        boolean separate,
        boolean fedBack,
        boolean strengths)
        implements RecurrentCell {
    private static final String CONTROLLER = "controller";
    private static final String HEADS = "heads";
    private static final String HIDDEN = "h";
    private static final String CARRY = "c";
    private static final String READ = "read";
    private static final double STRENGTH = 5;

    /** Kinds of controller. */
    public enum Controller {
        /** Long short-term memory. */
        LSTM,
        /** h = tanh(W [x, read] + b), without a memory of its own. */
        FEED_FORWARD
    }

    private int readWidth() {
        return memory.heads() * memory.width();
    }

    /** The controller's output and all that was read. */
    @Override
    public int units() {
        return units + readWidth();
    }

    @Override
    public Params init(RandomGenerator rng, DType dtype) {
        int in = inputs + (fedBack ? readWidth() : 0);
        Initializer glorot = Initializer.XAVIER_UNIFORM;
        Params first = controller == Controller.LSTM
                ? new Lstm(in, units, glorot, 0).init(rng, dtype)
                : new Linear(in, units, glorot).init(rng, dtype);
        List<Params> heads = new ArrayList<>();
        heads.add(new Linear(units, readWidth(), glorot).init(rng, dtype));
        if (separate) {
            heads.add(new Linear(units, readWidth(), glorot).init(rng, dtype));
        }
        Linear scalars = new Linear(units, memory.heads(), glorot);
        heads.add(scalars.init(rng, dtype));
        if (strengths) {
            heads.add(scalars.init(rng, dtype).with(Params.of("bias", Tensors.full(STRENGTH, dtype, memory.heads()))));
        }
        return Params.builder()
                .put(CONTROLLER, first)
                .put(HEADS + ".weight", joined(heads, "weight"))
                .put(HEADS + ".bias", joined(heads, "bias"))
                .build();
    }

    private static Tensor joined(List<Params> layers, String name) {
        return Tensors.cat(layers.stream().map(p -> p.get(name)).toList(), 0);
    }

    @Override
    public Params start(Params theta, int tasks) {
        Tensor weight = theta.get(HEADS + ".weight");
        DType dtype = weight.dtype();
        Params.Builder state = Params.builder()
                .put(ACTIVITY, Tensors.zeros(dtype, tasks, 1, units()))
                .put(HIDDEN, Tensors.zeros(dtype, tasks, 1, units))
                .put(READ, Tensors.zeros(dtype, tasks, 1, readWidth()));
        if (controller == Controller.LSTM) {
            state.put(CARRY, Tensors.zeros(dtype, tasks, 1, units));
        }
        return state.build().with(memory.start(dtype, tasks)).to(weight.device());
    }

    @Override
    public Params step(Params theta, Params state, Tensor input) {
        Tensor seen = fedBack ? Tensors.cat(List.of(input, state.get(READ)), 2) : input;
        Params.Builder after = Params.builder();
        Tensor h;
        if (controller == Controller.LSTM) {
            Lstm.State next =
                    Lstm.step(theta.child(CONTROLLER), seen, new Lstm.State(state.get(HIDDEN), state.get(CARRY)));
            h = next.h();
            after.put(CARRY, next.c());
        } else {
            h = Linear.apply(theta.child(CONTROLLER), seen).tanh();
        }
        LeastRecentlyUsed.Access access =
                memory.access(state, request(Linear.apply(theta.child(HEADS), h).squeeze(1)));
        Tensor read = access.read().flatten(1).unsqueeze(1);
        return after.put(ACTIVITY, Tensors.cat(List.of(h, read), 2))
                .put(HIDDEN, h)
                .put(READ, read)
                .build()
                .with(access.state());
    }

    /** @param heads [tasks, rows of the heads' layer] */
    private LeastRecentlyUsed.Request request(Tensor heads) {
        int read = readWidth();
        int gates = separate ? 2 * read : read;
        Tensor vectors = heads.slice(1, 0, gates).tanh();
        Tensor key = byHead(vectors.slice(1, 0, read));
        Tensor value = separate ? byHead(vectors.slice(1, read, 2L * read)) : key;
        int n = memory.heads();
        Tensor strength = strengths
                ? Functional.softplus(heads.slice(1, (long) gates + n, gates + 2L * n))
                        .add(1)
                : null;
        return new LeastRecentlyUsed.Request(key, value, heads.slice(1, gates, (long) gates + n), strength);
    }

    private Tensor byHead(Tensor vectors) {
        return vectors.reshape(-1, memory.heads(), memory.width());
    }
}
