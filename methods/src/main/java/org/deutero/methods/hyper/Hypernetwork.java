package org.deutero.methods.hyper;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.capability.FixedFunction;
import org.deutero.learn.capability.FrozenNetwork;
import org.deutero.learn.capability.Servable;
import org.deutero.methods.FastNetwork;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.DType;
import org.deutero.tensor.Functional;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Mlp;

/**
 * A task-conditioned hypernetwork (Ha, Dai, Le 2016, arXiv 1609.09106, conditioned on a set of examples as in Garnelo et al. 2018): the support set is encoded, r = mean over examples of e(x, y), and every weight of the network that answers is generated
 * from the code, W = H r + B.
 *
 * <p>Codes are normalised to mean 0 and mean square 1, which fixes the size of generated weights at the start; see {@link NetworkGenerator}. Inputs enter the encoder as rows of numbers, labels as unit vectors.
 *
 * <p>theta: {@code encoder} and {@code generator}. Fast state: the generated weights [tasks, ...] under their own names, after one step of learning without any gradient; none before.
 *
 * @param encoder e, from an input and a target to a code
 * @param fast the network that answers, and its loss
 * @param targets numbers in a target: classes, or outputs
 * @param dtype of all numbers
 */
public record Hypernetwork(Mlp encoder, FastNetwork fast, int targets, DType dtype)
        implements Servable<Episodes>, FixedFunction {
    private static final String ENCODER = "encoder";
    private static final String GENERATOR = "generator";
    private static final double EPSILON = 1e-5;

    private NetworkGenerator generator() {
        return new NetworkGenerator(
                fast.network(), encoder.sizes().get(encoder.sizes().size() - 1));
    }

    @Override
    public Params metaParameters(RandomGenerator rng) {
        return Params.builder()
                .put(ENCODER, encoder.init(rng, dtype))
                .put(GENERATOR, generator().init(rng, dtype))
                .build();
    }

    @Override
    public Params begin(Params theta, Episodes tasks, StepContext context) {
        return Params.EMPTY;
    }

    @Override
    public Step step(Params theta, Params phi, Episodes tasks, StepContext context) {
        return Step.of(generator().generate(theta.child(GENERATOR), codes(theta, tasks)));
    }

    /** Codes of support sets, [tasks, code]. */
    Tensor codes(Params theta, Episodes tasks) {
        Tensor x = tasks.supportX().flatten(2);
        Tensor y = tasks.classification() ? tasks.supportY().oneHot(targets, x.dtype()) : tasks.supportY();
        Tensor each = encoder.apply(theta.child(ENCODER), Tensors.cat(List.of(x, y), 2));
        return Functional.layerNorm(each.mean(1), null, null, EPSILON);
    }

    @Override
    public int steps(Episodes tasks) {
        return 1;
    }

    @Override
    public Tensor metaLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
        return fast.queryLosses(phi, tasks);
    }

    /** Zeros before the support set was seen: there is no network yet. */
    @Override
    public Tensor predict(Params theta, Params phi, Episodes tasks, StepContext context) {
        return phi.isEmpty()
                ? Tensors.zeros(dtype, tasks.size(), tasks.querySize(), targets)
                : fast.predict(phi, tasks);
    }

    @Override
    public Params solution(Params theta, Params phi, Episodes tasks, StepContext context) {
        return fast.solution(phi, tasks);
    }

    @Override
    public Tensor answer(Params solution, Tensor x) {
        return fast.answer(solution, x);
    }

    @Override
    public Optional<FrozenNetwork> frozen(Params solution) {
        return Optional.of(fast.frozen(solution));
    }

    @Override
    public boolean fixedOutputs() {
        return true;
    }
}
