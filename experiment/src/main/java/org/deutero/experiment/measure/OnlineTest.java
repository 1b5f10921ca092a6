package org.deutero.experiment.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deutero.experiment.metrics.MetricRow;
import org.deutero.learn.Predictor;
import org.deutero.learn.Seeds;
import org.deutero.learn.evaluate.Summary;
import org.deutero.learn.meta.MetaState;
import org.deutero.learn.shards.Workers;
import org.deutero.methods.bandit.InTurn;
import org.deutero.methods.bandit.LearnedPolicy;
import org.deutero.methods.bandit.Policy;
import org.deutero.methods.bandit.ReferencePolicies;
import org.deutero.methods.bandit.Simulation;
import org.deutero.methods.bandit.Uniform;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.bandit.ContextualBandit;
import org.deutero.tasks.bandit.WheelBandit;

/** Lets a learner and policies of reference play bandits, and counts their regret in shares of what a uniform policy is expected to regret. */
public final class OnlineTest {
    /** Name of the measure. */
    static final String MEASURE = "normalised-regret";

    private static final int POINTS = 100;

    private final OnlineSettings settings;
    private final long seed;
    private final Workers workers;

    /** Games under these settings. */
    public OnlineTest(OnlineSettings settings, long seed, Workers workers) {
        this.settings = settings;
        this.seed = seed;
        this.workers = workers;
    }

    /** The learner's figures on each wheel, and its name there. */
    public List<MetricRow.Online> learner(
            String name, Predictor<Episodes> learner, MetaState state, double rewardScale) {
        Policy policy = LearnedPolicy.of(name, learner, state, settings.updates(), settings.epsilon(), rewardScale);
        return play(new InTurn(policy, settings.pulls()));
    }

    /** Those of the policies of reference. */
    public List<MetricRow.Online> references() {
        List<MetricRow.Online> rows = new ArrayList<>();
        for (String name : settings.references()) {
            Policy policy = ReferencePolicies.named(name);
            rows.addAll(play(policy instanceof Uniform ? policy : new InTurn(policy, settings.pulls())));
        }
        return rows;
    }

    /** The mean over wheels and games, with the figure of each wheel. */
    public static MetricRow.Test summary(List<MetricRow.Online> rows) {
        Summary all = Summary.of(rows.stream()
                .flatMapToDouble(row -> row.games().stream().mapToDouble(Double::doubleValue))
                .toArray());
        return MetricRow.Test.of(
                MEASURE,
                all,
                List.of(),
                rows.stream()
                        .map(row -> new MetricRow.Part(row.setting(), "", row.metric(), row.interval(), row.diverged()))
                        .toList());
    }

    private List<MetricRow.Online> play(Policy policy) {
        List<ContextualBandit> bandits = new ArrayList<>();
        List<Long> seeds = new ArrayList<>();
        for (double delta : settings.deltas()) {
            for (int game = 0; game < settings.seeds(); game++) {
                bandits.add(new WheelBandit(delta));
                seeds.add(Seeds.branch(seed, "game", Double.doubleToLongBits(delta), game));
            }
        }
        int shards = (bandits.size() + settings.shard() - 1) / settings.shard();
        List<double[][]> parts = workers.map(shards, i -> {
            int from = i * settings.shard();
            int to = Math.min(from + settings.shard(), bandits.size());
            double[][] regret = new Simulation(bandits.subList(from, to), seeds.subList(from, to), settings.trials())
                    .regret(policy);
            return atMarks(regret, bandits.subList(from, to));
        });
        double[][] all = parts.stream().flatMap(Arrays::stream).toArray(double[][]::new);
        List<MetricRow.Online> rows = new ArrayList<>();
        for (int d = 0; d < settings.deltas().size(); d++) {
            double[][] games = Arrays.copyOfRange(all, d * settings.seeds(), (d + 1) * settings.seeds());
            rows.add(row(policy.name(), "delta " + settings.deltas().get(d), games));
        }
        return rows;
    }

    private double[][] atMarks(double[][] regret, List<ContextualBandit> bandits) {
        int[] marks = marks();
        double[][] shares = new double[regret.length][marks.length];
        for (int b = 0; b < regret.length; b++) {
            double uniform = bandits.get(b).uniformRegret();
            for (int m = 0; m < marks.length; m++) {
                shares[b][m] = regret[b][marks[m] - 1] / (uniform * marks[m]);
            }
        }
        return shares;
    }

    /** Numbers of rounds, evenly spaced, the last being all. */
    private int[] marks() {
        int points = Math.min(POINTS, settings.trials());
        int[] marks = new int[points];
        Arrays.setAll(marks, m -> (int) ((m + 1L) * settings.trials() / points));
        return marks;
    }

    private MetricRow.Online row(String policy, String setting, double[][] games) {
        int[] marks = marks();
        List<MetricRow.ByStep> curve = new ArrayList<>();
        for (int m = 0; m < marks.length; m++) {
            int at = m;
            Summary summary = Summary.of(
                    Arrays.stream(games).mapToDouble(game -> game[at]).toArray());
            curve.add(MetricRow.ByStep.of(marks[m], summary));
        }
        List<Double> ends =
                Arrays.stream(games).map(game -> game[marks.length - 1]).toList();
        MetricRow.ByStep end = curve.get(marks.length - 1);
        return new MetricRow.Online(
                policy, setting, MEASURE, end.metric(), end.interval(), end.diverged(), ends, curve);
    }
}
