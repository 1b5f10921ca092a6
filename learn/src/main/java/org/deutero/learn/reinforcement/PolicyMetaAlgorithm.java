package org.deutero.learn.reinforcement;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.deutero.learn.Lifetime;
import org.deutero.learn.Predictor;
import org.deutero.learn.Seeds;
import org.deutero.learn.capability.PolicyLearner;
import org.deutero.learn.meta.Contribution;
import org.deutero.learn.meta.MetaAlgorithm;
import org.deutero.learn.meta.MetaOptimizer;
import org.deutero.learn.meta.MetaState;
import org.deutero.learn.meta.MetaUpdate;
import org.deutero.learn.meta.RunningStatistics;
import org.deutero.learn.meta.ShardMeans;
import org.deutero.learn.meta.ShardWork;
import org.deutero.options.OptionsException;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Permutations;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * Meta-training of policies: in every iteration all shards live their lifetimes under theta as it is; then all trials are gone over in epochs, each time in another order, by mini-batches of whole trials, each of which is an update.
 *
 * <p>Each of these is a round of the iteration. Between rounds the state carries the trials, each shard's own; a whole iteration leaves nothing behind. A mini-batch is drawn from the trials of all shards; its gradient is the mean over all of its steps in lives that were not over, added up shard by shard, so neither threads nor a resume change a bit.
 *
 * <p>The loss of an iteration is minus the mean reward of a step, before any update. Diagnostics are {@code first-episode-return} and {@code last-episode-return} within a trial, and means over mini-batches of {@code policy-loss}, {@code value-loss}, {@code entropy}, {@code policy-gradient-norm}, and, where ratios are clipped, of {@code clip-fraction} and {@code kl}.
 *
 * @param agent what is meta-trained
 * @param rule by which
 * @param optimizer how meta-parameters move
 */
public record PolicyMetaAlgorithm(PolicyLearner agent, PolicyOptimization rule, MetaOptimizer optimizer)
        implements MetaAlgorithm<Worlds> {
    private static final String ROUND = "round";
    private static final String SEED = "seed";
    private static final String TRIALS = "trials";
    private static final String TALLY = "tally";
    private static final String GRADIENT = "gradient";
    private static final String DIAGNOSTICS = "diagnostics";

    @Override
    public MetaState init(RandomGenerator rng) {
        try (Scope s = Scope.open()) {
            Params theta = agent.metaParameters(rng);
            return new MetaState(0, theta, optimizer.init(theta), agent.statistics(theta)).keep(s);
        }
    }

    private PolicyGradient gradient() {
        return rule.gradient();
    }

    private int rounds() {
        return rule.epochs() * rule.miniBatches();
    }

    @Override
    public Contribution contribute(MetaState state, int shard, Worlds tasks, long seed) {
        try (Scope s = Scope.open()) {
            Contribution found = state.carry().isEmpty()
                    ? live(new ShardWork(s, state, seed), state, tasks, seed)
                    : miniBatch(state, shard);
            return found.keep(s);
        }
    }

    private Contribution live(ShardWork work, MetaState state, Worlds tasks, long seed) {
        Lifetime<Worlds> life = work.lifetime(agent, state.theta(), tasks);
        Trials trials = gradient().live(agent, life);
        double[] returns = trials.returnsByEpisode();
        Params values = Params.builder()
                .put("", work.observed())
                .put(DIAGNOSTICS + ".first-episode-return", Tensor.scalar(returns[0] * tasks.size()))
                .put(DIAGNOSTICS + ".last-episode-return", Tensor.scalar(returns[returns.length - 1] * tasks.size()))
                .build();
        Params carry =
                trials.tree().map(t -> t.detach().contiguous()).with(Params.of(SEED, Tensor.of(new long[] {seed}, 1)));
        double loss = PolicyGradient.losses(trials, tasks).sum().item();
        return new Contribution(tasks.size(), loss, values, carry);
    }

    private static Trials trials(Params carry, int shard) {
        return new Trials(carry.child(TRIALS).child(Integer.toString(shard)));
    }

    /** The share of a shard in the mini-batch that is next: sums over its steps. */
    private Contribution miniBatch(MetaState state, int shard) {
        Params carry = state.carry();
        Trials own = trials(carry, shard);
        long[] rows = rows(carry, shard, own.size());
        if (rows.length == 0) {
            Params none = state.theta().map(Tensors::zerosLike).under(GRADIENT);
            return new Contribution(0, 0, none.with(diagnostics(null)));
        }
        PolicyLoss loss = gradient().loss().withEntropyWeight(rule.entropy().at(state.iteration()));
        Trials some = rows.length == own.size() ? own : own.select(rows);
        PolicyGradient.Judged judged = gradient().judge(agent, state.theta(), some, loss);
        Params values = judged.gradient().under(GRADIENT).with(diagnostics(judged));
        int steps = (int) Math.round(judged.alive().sum().item());
        return new Contribution(steps, judged.loss(), values);
    }

    /** Those trials of a shard that are in the next mini-batch, by their numbers in the shard and in order. */
    private long[] rows(Params carry, int shard, int size) {
        int round = (int) carry.get(ROUND).longs()[0];
        int first = 0;
        int number = 0;
        for (int i = 0; carry.child(TRIALS).has(i + "." + Trials.REWARD); i++) {
            int trials = trials(carry, i).size();
            first += i < shard ? trials : 0;
            number += trials;
        }
        int from = first;
        int epoch = round / rule.miniBatches();
        int batch = round % rule.miniBatches();
        int[] order = Permutations.draw(Seeds.generator(carry.get(SEED).longs()[0], "order-of-trials", epoch), number);
        return Arrays.stream(order, (int) ((long) number * batch / rule.miniBatches()), (int)
                        ((long) number * (batch + 1) / rule.miniBatches()))
                .filter(i -> i >= from && i < from + size)
                .mapToLong(i -> i - from)
                .sorted()
                .toArray();
    }

    private Params diagnostics(PolicyGradient.Judged judged) {
        Params.Builder sums = Params.builder();
        PolicyLoss.Terms terms = judged == null ? null : judged.terms();
        PolicyLoss loss = gradient().loss();
        put(sums, "policy-loss", judged, judged == null ? null : terms.policy());
        put(sums, "value-loss", judged, judged == null ? null : terms.value());
        put(sums, "entropy", judged, judged == null ? null : terms.entropy());
        if (loss.clip() > 0) {
            put(sums, "clip-fraction", judged, judged == null ? null : loss.clipped(terms.ratio()));
            put(sums, "kl", judged, judged == null ? null : PolicyLoss.divergence(terms.ratio()));
        }
        return sums.build().under(DIAGNOSTICS);
    }

    private static void put(Params.Builder sums, String name, PolicyGradient.Judged judged, Tensor numbers) {
        sums.put(
                name,
                numbers == null
                        ? Tensor.scalar(0)
                        : judged.sum(numbers.detach()).to(DType.FLOAT64));
    }

    // ---- updates
    // -------------------------------------------------------------------------------------------------------------

    @Override
    public Outcome update(MetaState state, List<Contribution> shards) {
        try (Scope s = Scope.open()) {
            Outcome outcome = state.carry().isEmpty() ? stored(state, shards) : moved(state, shards);
            return new Outcome(
                    outcome.state().detach().keep(s), outcome.loss(), outcome.gradientNorm(), outcome.diagnostics());
        }
    }

    /** After the lifetimes: trials are stored, with advantages as they are used. */
    private Outcome stored(MetaState state, List<Contribution> shards) {
        ShardMeans means = ShardMeans.of(shards);
        double loss = means.finiteLoss();
        Params mean = means.values();
        Params.Builder trials = Params.builder();
        List<Trials> all = shards.stream()
                .map(shard -> new Trials(shard.carry().filter(name -> !name.equals(SEED))))
                .toList();
        requireTrials(all.stream().mapToInt(Trials::size).sum());
        List<Trials> used = gradient().used(all);
        for (int i = 0; i < used.size(); i++) {
            trials.put(Integer.toString(i), used.get(i).tree());
        }
        Params carry = Params.builder()
                .put(ROUND, Tensor.of(new long[] {0}, 1))
                .put(SEED, shards.get(0).carry().get(SEED))
                .put(TRIALS, trials.build())
                .build();
        MetaState next = new MetaState(
                state.iteration(),
                state.theta(),
                state.slots(),
                RunningStatistics.after(state.statistics(), mean.child("observed")),
                carry);
        Map<String, Double> diagnostics = new LinkedHashMap<>();
        mean.child(DIAGNOSTICS).forEach((name, value) -> diagnostics.put(name, value.item()));
        return new Outcome(next, loss, 0, diagnostics);
    }

    /** Refuses mini-batches without a trial, of which nothing could be learned. */
    private void requireTrials(int trials) {
        if (rule.miniBatches() > trials) {
            throw new OptionsException("meta-gradient.mini-batches is " + rule.miniBatches()
                    + ", but an iteration lives " + trials + " trials, training.meta-batch times tasks.copies;"
                    + " expected at most as many mini-batches as trials");
        }
    }

    /** After a mini-batch. */
    private Outcome moved(MetaState state, List<Contribution> shards) {
        Params carry = state.carry();
        int round = (int) carry.get(ROUND).longs()[0];
        Outcome outcome = new MetaUpdate(optimizer.often(rounds()), agent::project)
                .apply(
                        new MetaState(
                                state.iteration() * rounds() + round, state.theta(), state.slots(), state.statistics()),
                        shards);
        Map<String, Double> own = new LinkedHashMap<>(outcome.diagnostics());
        own.put("policy-gradient-norm", outcome.gradientNorm());
        Params before = carry.child(TALLY);
        Params.Builder tally = Params.builder();
        Map<String, Double> diagnostics = new LinkedHashMap<>();
        own.forEach((name, value) -> {
            double sum = value + (before.has(name) ? before.get(name).item() : 0);
            tally.put(name, Tensor.scalar(sum));
            diagnostics.put(name, sum / (round + 1));
        });
        boolean last = round + 1 == rounds();
        Params rest = last
                ? Params.EMPTY
                : carry.with(Params.builder()
                        .put(ROUND, Tensor.of(new long[] {round + 1}, 1))
                        .put(TALLY, tally.build())
                        .build());
        MetaState after = outcome.state();
        MetaState next = new MetaState(
                state.iteration() + (last ? 1 : 0), after.theta(), after.slots(), after.statistics(), rest);
        return new Outcome(next, outcome.loss(), outcome.gradientNorm(), diagnostics);
    }

    @Override
    public Predictor<Worlds> learner() {
        return agent;
    }

    @Override
    public String estimator() {
        return rule.name();
    }
}
