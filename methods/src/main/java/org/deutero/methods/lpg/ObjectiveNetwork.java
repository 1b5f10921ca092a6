package org.deutero.methods.lpg;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.Linear;
import org.deutero.tensor.nn.recurrent.Gru;
import org.deutero.tensor.nn.recurrent.Lstm;

/**
 * The learned update rule of LPG (Oh et al. 2020, arXiv 2007.08794): a recurrent network that reads a stretch of experience from its end to its beginning and says at every moment what the policy and the prediction should become. It sees rewards, ends of episodes, the probability of the action that was taken, and what the agent
 * predicts for the state and the next one, each prediction made into one number by the same small network; so it knows neither how many states nor how many actions there are. What meaning predictions have is up to it.
 *
 * <p>Meta-parameters: {@code embed0}, {@code embed1}, {@code gru} or {@code lstm}, {@code policy}, {@code prediction}.
 *
 * @param memory kind of the recurrent network
 * @param units of its state, 256 in print
 * @param embedding units between a prediction and its number, 16 in print
 * @param bins of a prediction, 30 in print and 8 in GROOVE
 * @param lifespan what it is told of the age of a lifetime
 */
public record ObjectiveNetwork(Memory memory, int units, int embedding, int bins, Lifespan lifespan) {
    /** Added to probabilities inside of logarithms, and to the one that is an input. */
    public static final double EPSILON = 1e-8;

    private static final int INPUTS = 5;

    /** Kinds of recurrent networks. */
    public enum Memory {
        /** Gated recurrent units, as in GROOVE. */
        GRU,
        /** Long short-term memory, as in the paper. */
        LSTM
    }

    /** Numbers that it reads of a moment. */
    public int inputs() {
        return INPUTS + lifespan.inputs();
    }

    /** Fresh meta-parameters. */
    public Params init(RandomGenerator rng, DType dtype) {
        Initializer start = Initializer.FAN_IN_UNIFORM;
        Params.Builder eta = Params.builder()
                .put("embed0", new Linear(bins, embedding, start).init(rng, dtype))
                .put("embed1", new Linear(embedding, 1, start).init(rng, dtype));
        if (memory == Memory.GRU) {
            eta.put("gru", new Gru(inputs(), units, start).init(rng, dtype));
        } else {
            eta.put("lstm", new Lstm(inputs(), units, start, 1).init(rng, dtype));
        }
        return eta.put("policy", new Linear(units, 1, start).init(rng, dtype))
                .put("prediction", new Linear(units, bins, start).init(rng, dtype))
                .build();
    }

    /**
     * What it reads, [lifetimes, copies, steps, inputs], with the graph of the agent's part of it, if that has one.
     *
     * @param eta meta-parameters, shared or each lifetime's own
     * @param lived experience
     * @param chosen probability of the action that was taken, [lifetimes, n], n over copies and steps
     * @param now what is predicted for the states, a distribution [lifetimes, n, bins]
     * @param next the same for the states that were reached
     * @param ageFeatures what {@link Lifespan} says of the age, [lifetimes, 2]; of no account where nothing is told
     */
    public Tensor inputs(Params eta, Experience lived, Tensor chosen, Tensor now, Tensor next, Tensor ageFeatures) {
        Tensor ended = lived.ended();
        long[] shape = ended.shape();
        Tensor goesOn = ended.neg().add(1);
        List<Tensor> numbers = new ArrayList<>(List.of(
                lived.reward(),
                ended,
                chosen.add(EPSILON).reshape(shape),
                embedded(eta, now).reshape(shape),
                embedded(eta, next).reshape(shape).mul(goesOn)));
        for (int i = 0; i < lifespan.inputs(); i++) {
            numbers.add(ageFeatures.slice(1, i, i + 1).unsqueeze(2).expand(shape));
        }
        return Tensors.stack(numbers, 3);
    }

    private static Tensor embedded(Params eta, Tensor prediction) {
        return Linear.apply(
                eta.child("embed1"),
                Linear.apply(eta.child("embed0"), prediction).relu());
    }

    /**
     * What it wants.
     *
     * @param inputs [lifetimes, copies, steps, inputs]
     * @param ended 1 where an episode ended: what came later tells nothing of it, [lifetimes, copies, steps]
     */
    public Targets targets(Params eta, Tensor inputs, Tensor ended) {
        Tensor keep = ended.neg().add(1);
        Tensor states = memory == Memory.GRU
                ? Gru.reversed(eta.child("gru"), inputs, keep)
                : Lstm.reversed(eta.child("lstm"), inputs, keep);
        long[] shape = ended.shape();
        Tensor z = states.reshape(shape[0], shape[1] * shape[2], states.size(3)).relu();
        Tensor policy = Linear.apply(eta.child("policy"), z).reshape(shape);
        Tensor prediction = Linear.apply(eta.child("prediction"), z).softmax(2);
        return new Targets(policy, prediction.reshape(shape[0], shape[1], shape[2], bins));
    }
}
