package org.deutero.methods.leo;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.deutero.learn.InnerGradient;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.capability.FixedFunction;
import org.deutero.learn.capability.FrozenNetwork;
import org.deutero.learn.capability.Servable;
import org.deutero.options.OptionsException;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.DType;
import org.deutero.tensor.Losses;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Identity;

/**
 * Latent embedding optimisation (Rusu, Rao, Sygnowski, Vinyals, Pascanu, Osindero, Hadsell 2019, arXiv 1807.05960): the weights of a classifier are generated from latent codes, and the inner loop descends in the codes, then for a few steps in the weights. Inputs are features of
 * an encoder that stays as it is.
 *
 * <p>Every example has a code and a row of weights; the logit of a class is the mean over its examples' rows. Inner gradients are of the sum of the examples' losses. In meta-training codes, weights and dropout are random; in use they are means. Step sizes are learned for every coordinate of codes and
 * weights.
 *
 * <p>Fast state: {@code code} [tasks, n, size], from the first step in weights on {@code weights} [tasks, n, width]; {@code cache.start} and {@code cache.divergence} for the penalties.
 *
 * @param width of features
 * @param size of a latent code; 64 in the released code
 * @param codeSteps in the codes; 5
 * @param weightSteps in the weights afterwards; 5
 * @param codeRate where the step sizes of codes start; 1
 * @param weightRate where those of weights start; 0.001
 * @param dropout share of features left out in meta-training
 * @param penalties beside the query loss
 * @param dtype of all numbers
 */
public record Leo(
        int width,
        int size,
        int codeSteps,
        int weightSteps,
        double codeRate,
        double weightRate,
        double dropout,
        Penalties penalties,
        DType dtype)
        implements Servable<Episodes>, FixedFunction {
    private static final String CODE = "code";
    private static final String WEIGHTS = "weights";
    private static final String START = "cache.start";
    private static final String DIVERGENCE = "cache.divergence";
    private static final String CODE_RATE = "code_rate";
    private static final String WEIGHT_RATE = "weight_rate";

    private Latents latents() {
        return new Latents(width, size);
    }

    @Override
    public Params metaParameters(RandomGenerator rng) {
        return latents()
                .init(rng, dtype)
                .with(Params.of(CODE_RATE, Tensors.full(codeRate, dtype, 1, size)))
                .with(Params.of(WEIGHT_RATE, Tensors.full(weightRate, dtype, 1, width)));
    }

    @Override
    public Params begin(Params theta, Episodes tasks, StepContext context) {
        Tensor x = dropped(features(tasks.supportX()), "support", context);
        Latents.Normal start = latents().encode(theta, x, membership(tasks));
        Tensor noise = noise("codes", start.mean(), context);
        Tensor z = start.sample(noise);
        return Params.builder()
                .put(CODE, z)
                .put(START, z)
                .put(DIVERGENCE, start.divergence(z, noise))
                .build();
    }

    /** Features [tasks, n, width]. */
    private Tensor features(Tensor x) {
        Tensor flat = x.flatten(2);
        if (flat.size(2) != width) {
            throw new OptionsException(
                    "expected features of width " + width + ", but inputs have " + flat.size(2) + " numbers");
        }
        return flat;
    }

    private Tensor membership(Episodes tasks) {
        return tasks.supportY().oneHot(tasks.way(), dtype);
    }

    /** Standard normal numbers of this shape in meta-training; null in use. */
    private Tensor noise(String purpose, Tensor like, StepContext context) {
        if (!context.training()) {
            return null;
        }
        int tasks = (int) like.size(0);
        return context.draw(
                        purpose + context.step(),
                        tasks,
                        (rng, n) -> Params.of("noise", Tensors.normal(rng, dtype, n, like.size(1), like.size(2))))
                .get("noise")
                .to(like.device());
    }

    /** Features some of which are left out and the others made up for it, in meta-training. */
    private Tensor dropped(Tensor x, String purpose, StepContext context) {
        if (!context.training() || dropout == 0) {
            return x;
        }
        Params uniform = context.draw(
                purpose + "-dropout" + context.step(),
                (int) x.size(0),
                (rng, n) -> Params.of("u", Tensors.uniform(rng, 0, 1, dtype, n, x.size(1), x.size(2))));
        Tensor kept = uniform.get("u").gt(dropout).to(dtype).div(1 - dropout).to(x.device());
        return x.mul(kept);
    }

    @Override
    public Step step(Params theta, Params phi, Episodes tasks, StepContext context) {
        boolean inCodes = context.step() < codeSteps;
        Tensor x = features(tasks.supportX());
        String moved = inCodes ? CODE : WEIGHTS;
        Tensor at = inCodes ? phi.get(CODE) : weights(theta, phi, tasks, context);
        Params gradient = InnerGradient.of(
                        (th, p) -> {
                            Tensor w = inCodes ? decoded(th, p.get(CODE), tasks, context) : p.get(WEIGHTS);
                            Tensor logits = logits(w, dropped(x, "inner", context), tasks);
                            return Losses.crossEntropy(logits, tasks.supportY()).mul(tasks.supportSize());
                        },
                        theta,
                        Params.of(moved, at),
                        context)
                .gradient();
        Tensor next = at.sub(gradient.get(moved).mul(theta.get(inCodes ? CODE_RATE : WEIGHT_RATE)));
        return Step.of(phi.with(Params.of(moved, next)));
    }

    private Tensor decoded(Params theta, Tensor z, Episodes tasks, StepContext context) {
        Latents.Normal w = latents().decode(theta, z, tasks.way());
        return w.sample(noise("weights", w.mean(), context));
    }

    private Tensor weights(Params theta, Params phi, Episodes tasks, StepContext context) {
        return phi.has(WEIGHTS) ? phi.get(WEIGHTS) : decoded(theta, phi.get(CODE), tasks, context);
    }

    /** Logits [tasks, m, way] of features [tasks, m, width]: means over the rows of a class. */
    private Tensor logits(Tensor weights, Tensor x, Episodes tasks) {
        return x.matmul(weights.transpose(1, 2)).matmul(Latents.shares(membership(tasks)));
    }

    @Override
    public int steps(Episodes tasks) {
        return codeSteps + weightSteps;
    }

    @Override
    public Tensor metaLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
        Tensor x = dropped(features(tasks.queryX()), "query", context);
        Tensor logits = logits(weights(theta, phi, tasks, context), x, tasks);
        Tensor gone =
                phi.get(CODE).constant().sub(phi.get(START)).square().flatten(1).mean(1);
        return Losses.crossEntropy(logits, tasks.queryY())
                .add(phi.get(DIVERGENCE).mul(penalties.divergence()))
                .add(gone.mul(penalties.encoding()))
                .add(ofWeights(theta, tasks, context));
    }

    /** Penalties that no task has a part in, [tasks] or [1]. */
    private Tensor ofWeights(Params theta, Episodes tasks, StepContext context) {
        Params own = context.forTasks(theta, tasks.size());
        Tensor decay = own
                .filter(name -> !name.endsWith("_rate"))
                .map(w -> w.square().flatten(1).sum(1).mul(0.5 * penalties.decay()))
                .values()
                .stream()
                .reduce(Tensor::add)
                .orElseThrow();
        Tensor directions = own.get("decoder").transpose(1, 2);
        Tensor unit = directions.div(directions.square().sumKeep(2).add(1e-24).sqrt());
        Tensor correlation = unit.matmul(unit.transpose(1, 2));
        Tensor off = correlation
                .sub(Tensors.eye(size, dtype).to(correlation.device()))
                .square()
                .mean(1, 2);
        return decay.add(off.mul(penalties.orthogonality()));
    }

    @Override
    public Tensor predict(Params theta, Params phi, Episodes tasks, StepContext context) {
        return logits(weights(theta, phi, tasks, context), features(tasks.queryX()), tasks);
    }

    /** {@code weights} [way, width], the means over the examples of a class. */
    @Override
    public Params solution(Params theta, Params phi, Episodes tasks, StepContext context) {
        Tensor rows = weights(theta, phi, tasks, context);
        Tensor shares = Latents.shares(membership(tasks)).transpose(1, 2);
        return Params.of(WEIGHTS, shares.matmul(rows).select(0, 0));
    }

    @Override
    public Tensor answer(Params solution, Tensor x) {
        return x.flatten(1).matmul(solution.get(WEIGHTS).transpose(0, 1));
    }

    @Override
    public Optional<FrozenNetwork> frozen(Params solution) {
        Tensor weights = solution.get(WEIGHTS);
        Tensor none = Tensors.zeros(weights.dtype(), weights.size(0)).to(weights.device());
        return Optional.of(new FrozenNetwork(
                new Identity(), Params.EMPTY, Params.EMPTY, new FrozenNetwork.Readout.Linear(weights, none)));
    }

    @Override
    public boolean fixedOutputs() {
        return false;
    }
}
