package org.deutero.methods.optimizer.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.optim.Optimizer.Direction;

/**
 * A very small perceptron for every parameter, which is told momenta, second moments and factored second moments as well; their decays are learned (Metz, Freeman, Harrison, Maheswaranathan, Sohl-Dickstein 2022, arXiv 2203.11860; {@code AdafacMLPLOpt} of google/learned_optimization, the network within VeLO).
 *
 * <p>A decay is b = 1 - exp(10 (log(1 - b0) / 10 + w)) with w learned from 0, so it is below 1 but may become negative; those of second moments count as 0 there.
 *
 * <p>Meta-parameters: the network's, and {@code momentum_decays}, {@code rms_decays}, {@code adafactor_decays}. Slots, coordinates in the order of the weights with tensors of two dimensions or more first: {@code m} and {@code v} [tasks, decays, coordinates], {@code diag} [tasks, decays, coordinates of the other tensors], and {@code row} and {@code col} for each of the former, as {@code factored.NAME.row}; from 0, not corrected for that start.
 *
 * @param network of steps
 * @param momentum decays of momenta before meta-training
 * @param rms decay of the second moment
 * @param adafactor decays of factored second moments, as many as of momenta
 */
public record AdafactorRule(StepNetwork network, List<Double> momentum, double rms, List<Double> adafactor)
        implements LearnedRule {
    /** Decays as published, of momenta and of factored moments. */
    public static final List<Double> DECAYS = List.of(0.9, 0.99, 0.999);

    /** The decay as published of second moments. */
    public static final double RMS_DECAY = 0.999;

    static final String MOMENTUM = "momentum_decays";
    static final String RMS = "rms_decays";
    static final String ADAFACTOR = "adafactor_decays";
    private static final String M = "m";
    private static final String V = "v";
    private static final String DIAG = "diag";
    private static final String FACTORED = "factored";

    /** Refuses numbers of decays that do not go together. */
    public AdafactorRule {
        momentum = List.copyOf(momentum);
        adafactor = List.copyOf(adafactor);
        if (momentum.size() != adafactor.size()) {
            throw new IllegalArgumentException("there must be as many decays of factored moments as of momenta, not "
                    + adafactor.size() + " and " + momentum.size());
        }
    }

    private int decays() {
        return momentum.size();
    }

    @Override
    public Params metaParameters(RandomGenerator rng, DType dtype) {
        return network.start(rng, dtype, 3 + 8 * decays() + 1)
                .with(Params.builder()
                        .put(MOMENTUM, Tensors.zeros(dtype, decays()))
                        .put(RMS, Tensors.zeros(dtype, 1))
                        .put(ADAFACTOR, Tensors.zeros(dtype, decays()))
                        .build());
    }

    @Override
    public Params slots(Params weights) {
        Coordinates all = Coordinates.of(Coordinates.matricesFirst(weights));
        Params.Builder slots =
                Params.builder().put(M, all.zeros(decays(), all.all())).put(V, all.zeros(1, all.all()));
        long rest = all.all();
        for (String name : all.like().names()) {
            Tensor w = weights.get(name);
            if (w.rank() >= 3) {
                slots.put(FACTORED + "." + name, FactoredMoments.of(w.shape()).zeros(w, decays()));
                rest -= w.numel() / w.size(0);
            }
        }
        if (rest > 0) {
            slots.put(DIAG, all.zeros(decays(), rest));
        }
        return slots.build();
    }

    @Override
    public Direction direction(Params theta, Params gradients, Params slots, Params weights, long step) {
        Coordinates all = Coordinates.of(Coordinates.matricesFirst(weights));
        Params after = after(theta, all, gradients, slots);
        Tensor features = StepNetwork.normalized(all, features(all, gradients, after, weights));
        return new Direction(all.tree(network.steps(theta, features, step)), after);
    }

    /** 1 - b for decays b in use, shaped like w. */
    static Tensor share(Tensor w, List<Double> initial, boolean bounded) {
        double[] logarithms =
                initial.stream().mapToDouble(b -> Math.log(1 - b) / 10).toArray();
        Tensor share = w.add(Coordinates.constant(w, logarithms)).mul(10).exp();
        return bounded ? share.clamp(0, 1) : share;
    }

    Params after(Params theta, Coordinates all, Params gradients, Params slots) {
        Tensor g = all.join(gradients);
        Tensor momenta = Coordinates.along(share(theta.get(MOMENTUM), momentum, false), 3);
        Tensor square = Coordinates.along(share(theta.get(RMS), List.of(rms), true), 3);
        Tensor factored = share(theta.get(ADAFACTOR), adafactor, true);
        Params.Builder after = Params.builder()
                .put(M, slots.get(M).lerp(g.unsqueeze(1), momenta))
                .put(V, slots.get(V).lerp(g.square().unsqueeze(1), square));
        all.like().forEach((name, w) -> {
            if (w.rank() >= 3) {
                after.put(
                        FACTORED + "." + name,
                        FactoredMoments.of(w.shape())
                                .after(slots.child(FACTORED + "." + name), gradients.get(name), factored));
            }
        });
        if (slots.has(DIAG)) {
            Tensor diag = slots.get(DIAG);
            Tensor rest = g.slice(1, all.all() - diag.size(2), all.all());
            Tensor now = rest.square().add(FactoredMoments.TINY).unsqueeze(1);
            after.put(DIAG, diag.lerp(now, Coordinates.along(factored, 3)));
        }
        return after.build();
    }

    /** [tasks, 4 + 8 decays, coordinates], in the order of the released code. */
    Tensor features(Coordinates all, Params gradients, Params after, Params weights) {
        Tensor g = all.join(gradients);
        Tensor m = after.get(M);
        Tensor v = after.get(V);
        Tensor root = v.add(1e-6).pow(-0.5);
        List<Tensor> moments = new ArrayList<>();
        List<Tensor> momenta = all.parts(m);
        int i = 0;
        for (String name : all.like().names()) {
            Tensor w = all.like().get(name);
            if (w.rank() < 3) {
                break;
            }
            moments.add(FactoredMoments.of(w.shape())
                    .features(after.child(FACTORED + "." + name), gradients.get(name), momenta.get(i++)));
        }
        if (after.has(DIAG)) {
            long from = all.all() - after.get(DIAG).size(2);
            moments.add(
                    diagonal(after.get(DIAG), g.slice(1, from, all.all()).unsqueeze(1), m.slice(2, from, all.all())));
        }
        return Tensors.cat(
                List.of(
                        g.unsqueeze(1),
                        all.join(weights).unsqueeze(1),
                        m,
                        v,
                        m.mul(root),
                        root,
                        moments.size() == 1 ? moments.get(0) : Tensors.cat(moments, 2)),
                1);
    }

    /** What is told of second moments that are not factored, in the same order. */
    private static Tensor diagonal(Tensor d, Tensor g, Tensor m) {
        Tensor root = d.add(1e-8).pow(-0.5);
        return Tensors.cat(
                List.of(
                        FactoredMoments.inverseRoot(d.add(1e-9)).mul(g),
                        d,
                        d,
                        root,
                        root,
                        m.mul(d.add(1e-6).pow(-0.5))),
                1);
    }
}
