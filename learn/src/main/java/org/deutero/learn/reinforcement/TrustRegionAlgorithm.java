package org.deutero.learn.reinforcement;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.deutero.learn.capability.AdaptivePolicy;
import org.deutero.learn.gradient.solver.ConjugateDirections;
import org.deutero.learn.meta.Contribution;
import org.deutero.learn.meta.MetaAlgorithm;
import org.deutero.learn.meta.MetaState;
import org.deutero.learn.meta.RunningStatistics;
import org.deutero.learn.meta.ShardMeans;
import org.deutero.learn.meta.ShardWork;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.Autograd;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;

/**
 * Meta-training of policies by {@link TrustRegion} steps. An iteration takes several rounds of shards on the same stored episodes:
 *
 * <ol>
 *   <li>episodes before and after learning are acted through and stored, and the gradient g of the surrogate is taken through all inner updates;
 *   <li>products F d of the curvature of the divergence, one a round, until conjugate gradients have solved F x = g. At the parameters that acted the Hessian of the divergence is J^T H J, J the derivative of the learned distributions by theta and H the Hessian by these distributions, exactly: J d comes in forward mode through the inner gradients, H (J d)
 *       by two sweeps over the distributions alone, J^T in reverse mode through the inner gradients. No third derivative is taken, and nothing is subtracted from something nearly equal;
 *   <li>the step theta - sqrt(2 delta / x^T F x) x is tried, and shorter ones, until the surrogate is lower and the divergence at most delta. If none is, theta stays.
 * </ol>
 *
 * <p>A product that is not a finite number ends the search for a direction where it stands, and a step at which the surrogate or the divergence is none is not taken, so theta stays what it was or goes a shorter way; {@code diverged} among diagnostics is 1 in such an iteration, else 0. {@code negative-curvature} is 1 where a direction had curvature that is not positive: the step is what was solved until then, and none if that was the first. A loss or gradient that is none ends training, as everywhere. Running statistics
 * follow what the first round observes.
 *
 * <p>Since products are sums over tasks, added in shard order, the same bits come out for any number of threads. Between rounds the state carries episodes and what is solved; a whole iteration leaves nothing behind. The loss of an iteration is minus the mean return after learning, before the update.
 *
 * @param policy what is meta-trained
 * @param region how far
 */
public record TrustRegionAlgorithm(AdaptivePolicy policy, TrustRegion region) implements MetaAlgorithm<Worlds> {
    private static final String EXPERIENCE = "experience";
    private static final String GRADIENT = "gradient";
    private static final String BEFORE = "before";
    private static final String SOLVED = "solved";
    private static final String PRODUCTS = "products";
    private static final String STEP = "step";
    private static final String TRIED = "tried";
    private static final String SURROGATE = "surrogate";
    private static final String DIVERGENCE = "divergence";
    private static final String DIVERGED = "diverged";

    /** A squared residual that is as good as none. */
    private static final double SOLVED_WELL = 1e-10;

    @Override
    public MetaState init(RandomGenerator rng) {
        try (Scope s = Scope.open()) {
            Params theta = policy.metaParameters(rng);
            return new MetaState(0, theta, Params.EMPTY, policy.statistics(theta)).keep(s);
        }
    }

    // ---- shards
    // --------------------------------------------------------------------------------------------------------------

    @Override
    public Contribution contribute(MetaState state, int shard, Worlds tasks, long seed) {
        try (Scope s = Scope.open()) {
            ShardWork work = new ShardWork(s, state, seed);
            Params carry = state.carry();
            if (carry.isEmpty()) {
                return StoredEpisodes.gathered(policy, work, state.theta(), tasks)
                        .keep(s);
            }
            Params experience = carry.child(EXPERIENCE).child(Integer.toString(shard));
            Params values = carry.has(TRIED)
                    ? tried(work, state.theta().sub(carry.child(STEP)), experience, tasks)
                    : curved(work, state.theta(), carry.child(SOLVED), experience, tasks)
                            .under(GRADIENT);
            return new Contribution(tasks.size(), 0, values).keep(s);
        }
    }

    /** The sum over tasks of the curvature's products with the direction that is next. */
    private Params curved(ShardWork work, Params theta, Params solved, Params experience, Worlds tasks) {
        Params direction = ConjugateDirections.of(solved).direction();
        Params moved = Autograd.jvp(
                th -> policy.relive(th, experience, tasks, StoredEpisodes.at(work, false))
                        .child(AdaptivePolicy.POLICY),
                theta,
                direction);
        Params leaf = theta.leaf();
        Params outputs = policy.relive(leaf, experience, tasks, StoredEpisodes.at(work, true))
                .child(AdaptivePolicy.POLICY);
        Params pulled = Autograd.hessianVector(
                out -> policy.divergence(out.under(AdaptivePolicy.POLICY), experience)
                        .sum(),
                outputs.detach(),
                moved);
        return Autograd.vjp(outputs, pulled, leaf, false);
    }

    private Params tried(ShardWork work, Params theta, Params experience, Worlds tasks) {
        Params relived = policy.relive(policy.project(theta), experience, tasks, StoredEpisodes.at(work, false));
        return Params.builder()
                .put(
                        SURROGATE,
                        policy.surrogate(relived, experience, 0).detach().sum())
                .put(DIVERGENCE, policy.divergence(relived, experience).detach().sum())
                .build();
    }

    // ---- updates
    // -------------------------------------------------------------------------------------------------------------

    @Override
    public Outcome update(MetaState state, List<Contribution> shards) {
        try (Scope s = Scope.open()) {
            ShardMeans means = ShardMeans.of(shards);
            Params carry = state.carry();
            Outcome outcome;
            if (carry.isEmpty()) {
                outcome = begun(state, means, StoredEpisodes.of(shards));
            } else if (carry.has(TRIED)) {
                outcome = judged(state, means.values());
            } else {
                outcome = solved(state, means.gradient());
            }
            return new Outcome(
                    outcome.state().detach().keep(s), outcome.loss(), outcome.gradientNorm(), outcome.diagnostics());
        }
    }

    private Outcome begun(MetaState state, ShardMeans means, Params experience) {
        double norm = means.finiteNorm();
        double loss = means.loss();
        Params mean = means.values();
        Params gradient = means.gradient();
        Map<String, Double> diagnostics = StoredEpisodes.diagnostics(mean);
        diagnostics.put(DIVERGED, 0.0);
        MetaState watched = new MetaState(
                state.iteration(),
                state.theta(),
                state.slots(),
                RunningStatistics.after(state.statistics(), mean.child("observed")));
        if (norm == 0) {
            return new Outcome(ended(watched, state.theta()), loss, norm, diagnostics);
        }
        Params carry = Params.builder()
                .put(EXPERIENCE, experience)
                .put(GRADIENT, gradient)
                .put(BEFORE, StoredEpisodes.before(mean))
                .put(SOLVED, ConjugateDirections.start(gradient).toParams())
                .put(PRODUCTS, number(0))
                .build();
        return new Outcome(with(watched, carry), loss, norm, diagnostics);
    }

    private static Tensor number(long value) {
        return Tensor.of(new long[] {value}, 1);
    }

    private static MetaState with(MetaState state, Params carry) {
        return new MetaState(state.iteration(), state.theta(), state.slots(), state.statistics(), carry);
    }

    private MetaState ended(MetaState state, Params theta) {
        return new MetaState(state.iteration() + 1, policy.project(theta), state.slots(), state.statistics());
    }

    /** After a product: another one is asked for, or the step is known. */
    private Outcome solved(MetaState state, Params product) {
        Params carry = state.carry();
        Params gradient = carry.child(GRADIENT);
        ConjugateDirections solved = ConjugateDirections.of(carry.child(SOLVED));
        ConjugateDirections next = solved.after(product.addScaled(solved.direction(), region.damping()));
        long products = carry.get(PRODUCTS).longs()[0] + 1;
        boolean stuck = next.equals(solved);
        if (!stuck && products < region.iterations() && next.square() > SOLVED_WELL) {
            Params on = carry.with(Params.builder()
                    .put(SOLVED, next.toParams())
                    .put(PRODUCTS, number(products))
                    .build());
            return new Outcome(with(state, on), 0, 0, Map.of());
        }
        Map<String, Double> diagnostics = product.allFinite() ? new LinkedHashMap<>() : diverged();
        diagnostics.put("negative-curvature", stuck ? 1.0 : 0.0);
        double energy = next.energy(gradient);
        double length = Math.sqrt(2 * region.divergence() / energy);
        if (!Double.isFinite(length)) { // the very first direction has no curvature
            return new Outcome(ended(state, state.theta()), 0, 0, diagnostics);
        }
        double residual = Math.sqrt(next.square()) / gradient.norm();
        Params on = Params.builder()
                .put(EXPERIENCE, carry.child(EXPERIENCE))
                .put(BEFORE, carry.get(BEFORE))
                .put(STEP, next.solution().mul(length))
                .put(TRIED, number(0))
                .build();
        diagnostics.put("residual", residual);
        return new Outcome(with(state, on), 0, 0, diagnostics);
    }

    /** After a trial: the step is taken, or a shorter one is tried. */
    private Outcome judged(MetaState state, Params found) {
        Params carry = state.carry();
        double gain = carry.get(BEFORE).item() - found.get(SURROGATE).item();
        double divergence = found.get(DIVERGENCE).item();
        long tried = carry.get(TRIED).longs()[0];
        boolean finite = Double.isFinite(gain) && Double.isFinite(divergence);
        Map<String, Double> diagnostics = finite ? new LinkedHashMap<>() : diverged();
        if (finite && gain > 0 && divergence <= region.divergence()) {
            diagnostics.put("gain", gain);
            diagnostics.put(DIVERGENCE, divergence);
            diagnostics.put("backtracks", (double) tried);
            return new Outcome(ended(state, state.theta().sub(carry.child(STEP))), 0, 0, diagnostics);
        }
        if (tried == region.backtracks()) {
            diagnostics.put(DIVERGENCE, 0.0);
            diagnostics.put("backtracks", (double) tried);
            return new Outcome(ended(state, state.theta()), 0, 0, diagnostics);
        }
        Params on =
                carry.with(carry.child(STEP).mul(region.ratio()).under(STEP)).with(Params.of(TRIED, number(tried + 1)));
        return new Outcome(with(state, on), 0, 0, diagnostics);
    }

    private static Map<String, Double> diverged() {
        Map<String, Double> diagnostics = new LinkedHashMap<>();
        diagnostics.put(DIVERGED, 1.0);
        return diagnostics;
    }

    @Override
    public AdaptivePolicy learner() {
        return policy;
    }

    @Override
    public String estimator() {
        return region.name();
    }
}
