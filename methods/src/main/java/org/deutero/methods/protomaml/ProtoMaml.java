package org.deutero.methods.protomaml;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.capability.FixedFunction;
import org.deutero.learn.capability.FrozenNetwork;
import org.deutero.learn.capability.FrozenNetwork.Readout;
import org.deutero.learn.capability.GradientLearner;
import org.deutero.learn.capability.Servable;
import org.deutero.methods.QueryStatistics;
import org.deutero.methods.metric.Prototypes;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.Objective;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.nn.Linear;
import org.deutero.tensor.nn.Network;
import org.deutero.tensor.nn.Normalization;
import org.deutero.tensor.optim.Optimizer;
import org.deutero.tensor.optim.Rates;

/**
 * Proto-MAML (Triantafillou et al. 2020, arXiv 1903.03096): a linear head starts from the class means of the support set, W = 2 m c, b = -|m c|^2, which makes it a prototypical network, and then head and encoder take gradient steps on the
 * support set. W and b are functions of the encoder, so the meta-gradient reaches it through them.
 *
 * <p>Without steps in meta-training it is a prototypical network that is fine-tuned when it is used. Any number of classes. theta: the encoder's parameters. Fast state: the encoder's adapted parameters under their own names, {@code head.weight} [tasks, way, width],
 * {@code head.bias} [tasks, way], optimiser slots under {@code slots}. Batch normalisation uses batch statistics while adapting.
 *
 * @param encoder maps inputs to features
 * @param multiplier m
 * @param encoderToo whether the encoder moves beside the head
 * @param optimizer rule of the inner loop
 * @param rate step size
 * @param steps in meta-training
 * @param evaluationSteps when the learner is used
 * @param queryStatistics of batch normalisation when the learner is used
 * @param dtype of all numbers
 */
public record ProtoMaml(
        Network encoder,
        double multiplier,
        boolean encoderToo,
        Optimizer optimizer,
        double rate,
        int steps,
        int evaluationSteps,
        QueryStatistics queryStatistics,
        DType dtype)
        implements Servable<Episodes>, FixedFunction, GradientLearner<Episodes> {
    private static final String SLOTS = "slots";
    private static final String HEAD = "head";
    private static final String WEIGHTS = "weights";
    private static final String MOMENTS = "moments";

    /** Refuses running averages, which adapted weights do not have. */
    public ProtoMaml {
        if (queryStatistics == QueryStatistics.RUNNING) {
            throw new IllegalArgumentException(
                    "Proto-MAML keeps no running averages, since adapted weights have other statistics: expected batch or support");
        }
    }

    @Override
    public Params metaParameters(RandomGenerator rng) {
        return encoder.init(rng, dtype);
    }

    @Override
    public Params begin(Params theta, Episodes tasks, StepContext context) {
        Params own = encoderToo ? context.forTasks(theta, tasks.size()) : Params.EMPTY;
        Tensor support = encoder.features(theta, tasks.supportX(), Normalization.batch());
        Tensor centres =
                Prototypes.means(support, tasks.supportY(), tasks.way()).mul(multiplier);
        Params weights = Params.builder()
                .put("", own)
                .put(HEAD + ".weight", centres.mul(2))
                .put(HEAD + ".bias", centres.square().sum(2).neg())
                .build();
        return weights.with(optimizer.init(weights).under(SLOTS));
    }

    @Override
    public Params weights(Params phi) {
        return phi.filter(name -> !name.startsWith(SLOTS + "."));
    }

    private Tensor outputs(Params theta, Params phi, Tensor x, Normalization normalization) {
        Params all = theta.with(weights(phi));
        return Linear.apply(all.child(HEAD), encoder.features(all, x, normalization));
    }

    @Override
    public Tensor innerLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
        Tensor outputs = outputs(theta, phi, tasks.supportX(), Normalization.batch());
        return Objective.CROSS_ENTROPY.losses(outputs, tasks.supportY());
    }

    @Override
    public Step update(Params theta, Params phi, Params gradient, Episodes tasks, StepContext context) {
        Optimizer.Update update =
                optimizer.update(gradient, phi.child(SLOTS), weights(phi), Rates.constant(rate), context.step());
        return Step.of(update.params().with(update.state().under(SLOTS)));
    }

    @Override
    public int steps(Episodes tasks) {
        return steps;
    }

    @Override
    public int evaluationSteps(Episodes tasks) {
        return evaluationSteps;
    }

    @Override
    public Tensor metaLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
        Tensor outputs = outputs(theta, phi, tasks.queryX(), Normalization.batch());
        return Objective.CROSS_ENTROPY.losses(outputs, tasks.queryY());
    }

    @Override
    public Tensor predict(Params theta, Params phi, Episodes tasks, StepContext context) {
        Normalization normalization = queryStatistics == QueryStatistics.BATCH
                ? Normalization.batch()
                : Normalization.fixed(moments(theta, phi, tasks));
        return outputs(theta, phi, tasks.queryX(), normalization);
    }

    private Params moments(Params theta, Params phi, Episodes tasks) {
        Normalization.Recording recording = Normalization.recording();
        encoder.features(theta.with(weights(phi)), tasks.supportX(), recording);
        return recording.moments();
    }

    /** The adapted encoder and head under {@code weights}, and the support set's moments under {@code moments}. */
    @Override
    public Params solution(Params theta, Params phi, Episodes tasks, StepContext context) {
        Params shared = context.task().ownTheta() ? theta.task(0) : theta;
        return Params.builder()
                .put(WEIGHTS, shared.with(weights(phi).task(0)))
                .put(MOMENTS, moments(theta, phi, tasks).task(0))
                .build();
    }

    @Override
    public Tensor answer(Params solution, Tensor x) {
        Params weights = solution.child(WEIGHTS);
        Tensor features = encoder.features(weights, x.unsqueeze(0), Normalization.fixed(solution.child(MOMENTS)));
        return Linear.apply(weights.child(HEAD), features).squeeze(0);
    }

    @Override
    public Optional<FrozenNetwork> frozen(Params solution) {
        return Optional.of(new FrozenNetwork(
                encoder,
                solution.child(WEIGHTS),
                solution.child(MOMENTS),
                new Readout.Linear(
                        solution.get(WEIGHTS + "." + HEAD + ".weight"), solution.get(WEIGHTS + "." + HEAD + ".bias"))));
    }

    @Override
    public boolean fixedOutputs() {
        return false;
    }
}
