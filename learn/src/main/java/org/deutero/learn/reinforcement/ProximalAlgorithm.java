package org.deutero.learn.reinforcement;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.deutero.learn.capability.AdaptivePolicy;
import org.deutero.learn.meta.Contribution;
import org.deutero.learn.meta.Estimate;
import org.deutero.learn.meta.MetaAlgorithm;
import org.deutero.learn.meta.MetaOptimizer;
import org.deutero.learn.meta.MetaState;
import org.deutero.learn.meta.MetaUpdate;
import org.deutero.learn.meta.NonFiniteException;
import org.deutero.learn.meta.ShardWork;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.Autograd;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;

/**
 * Meta-training of policies by {@link ProximalUpdates}. Every step is a round of shards; the first one acts, and the episodes are what the state carries to the others. A whole iteration leaves nothing behind. The loss of an iteration is minus the mean return after learning, before any update; {@code divergence} tells how far the policies had gone before the last
 * step. A gradient or a divergence that is not a finite number ends training before the step is made. Running statistics follow what the first round observes: the others see the same episodes.
 *
 * @param policy what is meta-trained
 * @param rule how many steps and how far
 * @param optimizer how meta-parameters move
 */
public record ProximalAlgorithm(AdaptivePolicy policy, ProximalUpdates rule, MetaOptimizer optimizer)
        implements MetaAlgorithm<Worlds> {
    private static final String EXPERIENCE = "experience";
    private static final String ROUND = "round";
    private static final String DIVERGENCE = "divergence";

    @Override
    public MetaState init(RandomGenerator rng) {
        try (Scope s = Scope.open()) {
            Params theta = policy.metaParameters(rng);
            return new MetaState(0, theta, optimizer.init(theta), policy.statistics(theta)).keep(s);
        }
    }

    @Override
    public Contribution contribute(MetaState state, int shard, Worlds tasks, long seed) {
        try (Scope s = Scope.open()) {
            ShardWork work = new ShardWork(s, state, seed);
            Contribution found = state.carry().isEmpty()
                    ? StoredEpisodes.gathered(policy, work, state.theta(), tasks)
                    : again(work, state, shard, tasks);
            return found.keep(s);
        }
    }

    private Contribution again(ShardWork work, MetaState state, int shard, Worlds tasks) {
        Params experience = state.carry().child(EXPERIENCE).child(Integer.toString(shard));
        Params leaf = state.theta().leaf();
        Params relived = policy.relive(leaf, experience, tasks, StoredEpisodes.at(work, true));
        Tensor surrogate = policy.surrogate(relived, experience, rule.clip());
        Params gradient = Autograd.gradient(surrogate.sum(), leaf, false);
        Params told =
                Params.of(DIVERGENCE, policy.divergence(relived, experience).detach());
        Contribution all =
                work.contribution(tasks.size(), new Estimate(surrogate.detach(), gradient, told), Params.EMPTY);
        return new Contribution(all.tasks(), all.loss(), all.values().filter(name -> !name.startsWith("observed.")));
    }

    @Override
    public Outcome update(MetaState state, List<Contribution> shards) {
        try (Scope s = Scope.open()) {
            Params carry = state.carry();
            int round = carry.isEmpty() ? 0 : (int) carry.get(ROUND).longs()[0];
            Outcome moved = new MetaUpdate(optimizer.often(rule.epochs()), policy::project)
                    .apply(
                            new MetaState(
                                    state.iteration() * rule.epochs() + round,
                                    state.theta(),
                                    state.slots(),
                                    state.statistics()),
                            shards);
            boolean last = round + 1 == rule.epochs();
            Params episodes = round == 0 ? StoredEpisodes.of(shards) : carry.child(EXPERIENCE);
            Params rest = last
                    ? Params.EMPTY
                    : episodes.under(EXPERIENCE).with(Params.of(ROUND, Tensor.of(new long[] {round + 1}, 1)));
            MetaState after = moved.state();
            MetaState next = new MetaState(
                    state.iteration() + (last ? 1 : 0), after.theta(), after.slots(), after.statistics(), rest);
            Map<String, Double> diagnostics = new LinkedHashMap<>(moved.diagnostics());
            diagnostics.remove(StoredEpisodes.BEFORE);
            double gone = diagnostics.getOrDefault(DIVERGENCE, 0.0);
            if (!Double.isFinite(gone)) {
                throw new NonFiniteException("the divergence of the learned policies from those that acted is " + gone);
            }
            return new Outcome(next.detach().keep(s), moved.loss(), moved.gradientNorm(), diagnostics);
        }
    }

    @Override
    public AdaptivePolicy learner() {
        return policy;
    }

    @Override
    public String estimator() {
        return rule.name();
    }
}
