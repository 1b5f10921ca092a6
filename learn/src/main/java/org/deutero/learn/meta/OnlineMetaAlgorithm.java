package org.deutero.learn.meta;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.deutero.learn.Lifetime;
import org.deutero.learn.Predictor;
import org.deutero.learn.Seeds;
import org.deutero.options.OptionsException;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;

/**
 * Meta-training inside lifetimes: one window of every shard, then an update (Vicol, Metz, Sohl-Dickstein 2021; Metz et al. 2019).
 *
 * <p>A shard keeps its tasks for a whole lifetime. Where it stands is part of the {@link MetaState}: the iteration at which the lifetime
 * began, from which its tasks are drawn again, its age, and the estimator's states. No window straddles two lifetimes: the last one is
 * shorter if need be, and the next update finds the shard with new tasks.
 *
 * <p>Shards do not run in lockstep: the first lifetime of each starts a different number of windows in, spread evenly over a lifetime,
 * which are gone through without a gradient being used. The loss of an update is that of its windows, so it mixes ages.
 *
 * @param learner what is meta-trained
 * @param metaGradient how the meta-gradient of a window is estimated
 * @param optimizer how meta-parameters move
 * @param replay of tasks that shards had before, if any
 * @param <T> tasks in a batch
 */
public record OnlineMetaAlgorithm<T extends TaskBatch<T>>(
        Predictor<T> learner, WindowedGradient metaGradient, MetaOptimizer optimizer, Optional<LevelReplay> replay)
        implements MetaAlgorithm<T> {
    private static final String BEGUN = "begun";
    private static final String STORE = "store";
    private static final String BORN = "born";
    private static final String AGE = "age";
    private static final String TREES = "trees";

    /** Its multiples, taken modulo 1, are spread evenly however many there are. */
    private static final double GOLDEN_RATIO = (Math.sqrt(5) - 1) / 2;

    /** Refuses a learner that the estimator cannot serve. */
    public OnlineMetaAlgorithm {
        metaGradient.require(learner);
    }

    /** All lifetimes have new tasks. */
    public OnlineMetaAlgorithm(Predictor<T> learner, WindowedGradient metaGradient, MetaOptimizer optimizer) {
        this(learner, metaGradient, optimizer, Optional.empty());
    }

    private GradientMetaAlgorithm<T> updates() {
        return new GradientMetaAlgorithm<>(learner, metaGradient, optimizer);
    }

    @Override
    public MetaState init(RandomGenerator rng) {
        MetaState state = updates().init(rng);
        return replay.isEmpty()
                ? state
                : new MetaState(
                        state.iteration(),
                        state.theta(),
                        state.slots(),
                        state.statistics(),
                        LevelReplay.seeded(rng.nextLong()));
    }

    @Override
    public long drawnAt(MetaState state, int shard) {
        Params underWay = underWay(state, shard);
        if (!underWay.isEmpty()) {
            return underWay.get(BORN).longs()[0];
        }
        return replay.map(levels -> levels.next(
                        store(state, shard),
                        state.iteration(),
                        LevelReplay.generator(state.carry(), state.iteration(), shard)))
                .orElse(state.iteration());
    }

    private static Params store(MetaState state, int shard) {
        return state.carry().child(STORE).child(Integer.toString(shard));
    }

    private static Params underWay(MetaState state, int shard) {
        return state.carry().child(Integer.toString(shard));
    }

    @Override
    public Contribution contribute(MetaState state, int shard, T tasks, long seed) {
        try (Scope s = Scope.open()) {
            long begun = begun(state, shard);
            ShardWork work = new ShardWork(s, state, chance(seed, drawnAt(state, shard), begun));
            Lifetime<T> lifetime = work.lifetime(learner, state.theta(), tasks);
            Window window =
                    metaGradient.advance(lifetime, carry(state, shard, lifetime.replay()), metaGradient.window());
            Params carry = window.carry().isStart()
                    ? Params.EMPTY
                    : Params.builder()
                            .put(BORN, number(drawnAt(state, shard)))
                            .put(BEGUN, replay.isPresent() ? Params.of("", number(begun)) : Params.EMPTY)
                            .put(AGE, number(window.carry().age()))
                            .put(TREES, window.carry().trees())
                            .build();
            return work.contribution(tasks.size(), window.estimate(), carry).keep(s);
        }
    }

    /** The iteration at which the lifetime began, which may have old tasks. */
    private static long begun(MetaState state, int shard) {
        Params underWay = underWay(state, shard);
        return underWay.has(BEGUN) ? underWay.get(BEGUN).longs()[0] : state.iteration();
    }

    /** Tasks that come again meet other chance. */
    private long chance(long seed, long drawn, long begun) {
        return replay.isEmpty() || drawn == begun ? seed : Seeds.branch(seed, "level-replay", begun);
    }

    private Carry carry(MetaState state, int shard, Lifetime<T> lifetime) {
        Params underWay = underWay(state, shard);
        if (!underWay.isEmpty()) {
            return new Carry((int) underWay.get(AGE).longs()[0], underWay.child(TREES));
        }
        Carry carry = Carry.START;
        if (state.iteration() == 0) {
            int windows = (lifetime.steps() + metaGradient.window() - 1) / metaGradient.window();
            double share = shard * GOLDEN_RATIO % 1;
            for (int skipped = 0; skipped < (int) (share * windows); skipped++) {
                carry = metaGradient
                        .advance(lifetime, carry, metaGradient.window())
                        .carry();
            }
        }
        return carry;
    }

    private static Tensor number(long value) {
        return Tensor.of(new long[] {value}, 1);
    }

    @Override
    public Outcome update(MetaState state, List<Contribution> shards) {
        try (Scope s = Scope.open()) {
            Outcome outcome = updates().update(state, shards);
            Params.Builder carry = Params.builder();
            carry.put("", LevelReplay.seed(state.carry()).copy());
            for (int i = 0; i < shards.size(); i++) {
                carry.put(Integer.toString(i), shards.get(i).carry().detach());
                if (replay.isPresent()) {
                    carry.put(STORE + "." + i, stored(state, i, shards.get(i)).detach());
                }
            }
            MetaState next = outcome.state();
            return new Outcome(
                    new MetaState(next.iteration(), next.theta(), next.slots(), next.statistics(), carry.build())
                            .keep(s),
                    outcome.loss(),
                    outcome.gradientNorm(),
                    outcome.diagnostics());
        }
    }

    /** The store of a shard after its window: tasks of a lifetime that ended with it have a score now. */
    private Params stored(MetaState state, int shard, Contribution window) {
        Params store = store(state, shard);
        Params told = window.values().child("diagnostics");
        if (!told.has(LevelReplay.SCORE)) {
            throw new OptionsException("tasks are to be replayed by their score, but this method reports none;"
                    + " expected one that does, such as lpg with method.score-levels: true");
        }
        return window.carry().isEmpty()
                ? replay.orElseThrow()
                        .after(
                                store,
                                drawnAt(state, shard),
                                told.get(LevelReplay.SCORE).item() / window.tasks())
                : store;
    }

    @Override
    public String estimator() {
        return metaGradient.name();
    }
}
