package org.deutero.methods.recurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.Pointer;
import org.deutero.learn.Lifetime;
import org.deutero.learn.TaskContext;
import org.deutero.learn.capability.PolicyLearner;
import org.deutero.learn.capability.PolicyLearner.Evaluated;
import org.deutero.learn.meta.Contribution;
import org.deutero.learn.meta.Descent;
import org.deutero.learn.meta.MetaAlgorithm;
import org.deutero.learn.meta.MetaState;
import org.deutero.learn.reinforcement.Advantages;
import org.deutero.learn.reinforcement.EntropyCourse;
import org.deutero.learn.reinforcement.PolicyGradient;
import org.deutero.learn.reinforcement.PolicyGradient.Span;
import org.deutero.learn.reinforcement.PolicyLoss;
import org.deutero.learn.reinforcement.PolicyOptimization;
import org.deutero.learn.reinforcement.Trials;
import org.deutero.learn.run.Checkpoints;
import org.deutero.learn.run.Plan;
import org.deutero.learn.run.Trainer;
import org.deutero.learn.run.TrainingListener;
import org.deutero.methods.plastic.RecurrentCell;
import org.deutero.methods.recurrent.Experience.Part;
import org.deutero.options.OptionsException;
import org.deutero.tasks.mdp.RandomMdp;
import org.deutero.tasks.world.Actions;
import org.deutero.tasks.world.Dynamics;
import org.deutero.tasks.world.Lifetimes;
import org.deutero.tasks.world.WorldShape;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.optim.Adam;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Policies in training: trials are lived once and gone over in rounds. */
class PolicyTrainingTest {
    private static final Lifetimes MDPS = Lifetimes.trials(new RandomMdp(3, 2, 4), 2, 3);

    @TempDir
    Path folder;

    /** Pays 1 for the second of two actions, or the number that is put out; episodes take {@code limit} steps, and a lifetime one of its own when it terminates at the first payment. */
    private record Till(int limit, boolean choice, boolean ends) implements Dynamics {
        @Override
        public WorldShape shape() {
            return new WorldShape(1, choice ? new Actions.Discrete(2) : new Actions.Box(1, 1), limit);
        }

        @Override
        public int given() {
            return 0;
        }

        @Override
        public int state() {
            return 1;
        }

        @Override
        public void draw(RandomGenerator rng, double[] given, int g) {}

        @Override
        public void begin(double[] given, int g, double[] state, int s, RandomGenerator chance) {
            state[s] = 0;
        }

        @Override
        public void observe(double[] given, int g, double[] state, int s, double[] seen, int o) {
            seen[o] = 1;
        }

        @Override
        public double step(
                double[] given, int g, double[] state, int s, double[] action, int a, RandomGenerator chance) {
            double paid = choice ? action[a] : Math.max(-1, Math.min(1, action[a]));
            state[s] += paid;
            return paid;
        }

        @Override
        public boolean terminated(double[] given, int g, double[] state, int s) {
            return ends && state[s] > 0;
        }
    }

    private static RecurrentAgent agent(WorldShape world, boolean separate, boolean episodic, boolean greedy) {
        Experience experience = new Experience(
                world, EnumSet.of(Part.OBSERVATION, Part.ACTION, Part.REWARD, Part.DONE, Part.TIME), 0.5, 0.1);
        RecurrentCell cell = new GruCell(experience.width(), 4);
        return new RecurrentAgent(
                new PolicyAndValue(cell, separate ? Optional.of(cell) : Optional.empty(), world.actions(), false),
                experience,
                episodic,
                greedy,
                DType.FLOAT64);
    }

    private static PolicyGradient gradient(double clip, Span span) {
        return new PolicyGradient(
                clip > 0 ? "ppo" : "a2c",
                new Advantages(0.9, 0.8),
                span,
                new PolicyLoss(clip, 0.5, 0.01, PolicyLoss.ValueForm.SQUARED),
                true,
                0.5);
    }

    private static MetaAlgorithm<Worlds> ppo(PolicyLearner agent, int epochs, int miniBatches) {
        return new PolicyOptimization(gradient(0.2, Span.TRIALS), epochs, miniBatches, new EntropyCourse(0.02, 0.01, 5))
                .algorithm(agent, Descent.of(Adam.DEFAULT, 0.02));
    }

    // ---- the same bits
    // -------------------------------------------------------------------------------------------------------

    @Test
    void threadsAndResumingDoNotChangeABit() {
        Path one = train("one", 1, Optional.empty());
        Path three = train("three", 3, Optional.empty());
        Path resumed = train("resumed", 2, Optional.of(one.resolve("00000002.safetensors")));
        assertThat(three.resolve("00000004.safetensors")).hasSameBinaryContentAs(one.resolve("00000004.safetensors"));
        assertThat(resumed.resolve("00000004.safetensors")).hasSameBinaryContentAs(one.resolve("00000004.safetensors"));
        try (MetaState state =
                Checkpoints.load(one.resolve("00000004.safetensors")).state()) {
            assertThat(state.carry().isEmpty()).isTrue();
        }
    }

    private Path train(String name, int threads, Optional<Path> from) {
        Path run = folder.resolve(name);
        Plan plan = Plan.builder(4)
                .metaBatch(7)
                .shard(3)
                .threads(threads)
                .seed(5)
                .checkpointEvery(2)
                .build();
        Trainer<Worlds> trainer = Trainer.builder(
                        ppo(agent(MDPS.dynamics().shape(), true, false, false), 2, 3), MDPS, plan)
                .checkpoints(new Checkpoints(run, 100))
                .build();
        (from.isPresent() ? trainer.resume(Checkpoints.load(from.get())) : trainer.train()).close();
        return run;
    }

    // ---- rounds
    // --------------------------------------------------------------------------------------------------------------

    private interface Between {
        void see(MetaState before, List<Contribution> shards, MetaAlgorithm.Outcome after);
    }

    private static MetaState iterate(MetaAlgorithm<Worlds> algorithm, MetaState from, Between between) {
        Worlds tasks = MDPS.sample(5, new SplittableRandom(from.iteration()));
        MetaState now = from;
        do {
            MetaState before = now;
            List<Contribution> shards = List.of(
                    algorithm.contribute(before, 0, tasks.slice(0, 2), 5),
                    algorithm.contribute(before, 1, tasks.slice(2, 5), 6));
            MetaAlgorithm.Outcome outcome = algorithm.update(before, shards);
            between.see(before, shards, outcome);
            now = outcome.state();
        } while (now.iteration() == from.iteration());
        return now;
    }

    /** Of a mini-batch without a trial nothing can be learned. */
    @Test
    void moreMiniBatchesThanTrialsAreRefused() {
        try (Scope s = Scope.open()) {
            PolicyLearner agent = agent(MDPS.dynamics().shape(), false, false, false);
            MetaState start = ppo(agent, 1, 10).init(new SplittableRandom(1));
            assertThat(iterate(ppo(agent, 1, 10), start, (before, shards, after) -> {})
                            .theta()
                            .nonFinite())
                    .isEmpty();
            assertThatThrownBy(() -> iterate(ppo(agent, 1, 11), start, (before, shards, after) -> {}))
                    .isInstanceOf(OptionsException.class)
                    .hasMessage(
                            "meta-gradient.mini-batches is 11, but an iteration lives 10 trials, training.meta-batch"
                                    + " times tasks.copies; expected at most as many mini-batches as trials");
        }
    }

    /** Five lifetimes of two copies are ten trials of twelve steps; in every epoch each is in one mini-batch. */
    @Test
    void everyEpochGoesOverAllTrialsOnce() {
        try (Scope s = Scope.open()) {
            MetaAlgorithm<Worlds> algorithm = ppo(agent(MDPS.dynamics().shape(), false, false, false), 2, 3);
            int[] rounds = new int[1];
            int[] steps = new int[2];
            iterate(algorithm, algorithm.init(new SplittableRandom(1)), (before, shards, after) -> {
                if (rounds[0]++ > 0) {
                    steps[(rounds[0] - 2) / 3] +=
                            shards.stream().mapToInt(Contribution::tasks).sum();
                } else {
                    assertThat(after.state().carry().get("trials.1.reward").shape())
                            .containsExactly(6, 12);
                    assertThat(after.state().theta().get("policy.weight").doubles())
                            .containsExactly(before.theta().get("policy.weight").doubles());
                }
            });
            assertThat(rounds[0]).isEqualTo(1 + 2 * 3);
            assertThat(steps).containsExactly(120, 120);
        }
    }

    /** Standardised over the trials of all shards. */
    @Test
    void advantagesAreStandardisedOverTheIteration() {
        try (Scope s = Scope.open()) {
            MetaAlgorithm<Worlds> algorithm = ppo(agent(MDPS.dynamics().shape(), false, false, false), 1, 1);
            AtomicReference<double[]> all = new AtomicReference<>();
            iterate(algorithm, algorithm.init(new SplittableRandom(1)), (before, shards, after) -> {
                Params carry = after.state().carry();
                if (!carry.isEmpty()) {
                    all.set(Tensors.cat(List.of(carry.get("trials.0.advantage"), carry.get("trials.1.advantage")), 0)
                            .doubles());
                }
            });
            double mean = Arrays.stream(all.get()).average().orElseThrow();
            double square = Arrays.stream(all.get()).map(a -> a * a).average().orElseThrow();
            assertThat(mean).isCloseTo(0, within(1e-12));
            assertThat(square).isCloseTo(1, within(1e-6));
        }
    }

    /** Where trials are lived all ratios are 1: PPO's first gradient is that of advantage actor-critic, and the algorithm's that of the estimator. */
    @Test
    void theFirstMiniBatchIsAnActorCriticStep() {
        try (Scope s = Scope.open()) {
            RecurrentAgent agent = agent(MDPS.dynamics().shape(), true, false, false);
            Params theta = agent.metaParameters(new SplittableRandom(3));
            Lifetime<Worlds> life =
                    new Lifetime<>(agent, theta, MDPS.sample(4, new SplittableRandom(1)), TaskContext.training(8));
            double[] ppo = gradient(0.2, Span.TRIALS)
                    .estimate(life)
                    .gradient()
                    .flatten()
                    .doubles();
            double[] a2c =
                    gradient(0, Span.TRIALS).estimate(life).gradient().flatten().doubles();
            assertThat(ppo).containsExactly(a2c, within(1e-12));
            MetaAlgorithm<Worlds> algorithm = new PolicyOptimization(
                            gradient(0, Span.TRIALS), 1, 1, new EntropyCourse(0.01, 0.01, 0))
                    .algorithm(agent, Descent.of(Adam.DEFAULT, 0.02));
            MetaState start = new MetaState(
                    0, theta, algorithm.init(new SplittableRandom(3)).slots(), Params.EMPTY);
            MetaState lived = algorithm
                    .update(start, List.of(algorithm.contribute(start, 0, life.tasks(), 8)))
                    .state();
            Contribution whole = algorithm.contribute(lived, 0, life.tasks(), 8);
            double[] found = whole.values()
                    .child("gradient")
                    .mul(4.0 / whole.tasks())
                    .flatten()
                    .doubles();
            assertThat(found).containsExactly(a2c, within(1e-12));
        }
    }

    // ---- living and evaluating
    // -----------------------------------------------------------------------------------------------

    /** What was decided while living is what the whole trial is evaluated to: through episodes, states that begin anew, lives that end early. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void evaluationGivesWhatWasLived(boolean episodic) {
        try (Scope s = Scope.open()) {
            for (Dynamics world : List.of(new RandomMdp(3, 2, 4), new Till(3, true, true), new Till(3, false, true))) {
                RecurrentAgent agent = agent(world.shape(), true, episodic, false);
                Params theta = agent.metaParameters(new SplittableRandom(3));
                Worlds tasks = Lifetimes.trials(world, 2, 3).sample(4, new SplittableRandom(1));
                Trials trials = Trials.of(agent, new Lifetime<>(agent, theta, tasks, TaskContext.training(8)), true);
                Evaluated found = agent.evaluate(theta, trials.tree().child("shown"));
                assertThat(found.value().doubles())
                        .containsExactly(trials.get("value").doubles(), within(1e-12));
                assertThat(found.policy().logProbability(trials.get("action")).doubles())
                        .containsExactly(trials.get("log-probability").doubles(), within(1e-12));
            }
        }
    }

    /** With values of a constant c, rewards of 0 and gamma = 0.9, a step before the end is worth 0.9 c where time ended the episode, and nothing by the merged form. */
    @Test
    void timeEndsEpisodesButNotWhatTheyWereWorth() {
        try (Scope s = Scope.open()) {
            Till world = new Till(2, true, false);
            RecurrentAgent agent = agent(world.shape(), false, true, false);
            Params theta = agent.metaParameters(new SplittableRandom(3));
            Params constant = theta.with(Params.builder()
                    .put("value.weight", theta.get("value.weight").mul(0))
                    .put("value.bias", theta.get("value.bias").mul(0).add(2))
                    .build());
            Worlds tasks = Lifetimes.trials(world, 1, 2).sample(1, new SplittableRandom(1));
            Lifetime<Worlds> life = new Lifetime<>(agent, constant, tasks, TaskContext.training(8));
            assertThat(Trials.of(agent, life, true).get("next-value").doubles()).containsExactly(2, 2, 2, 2);
            assertThat(Trials.of(agent, life, false).get("next-value").doubles())
                    .containsExactly(2, 2, 2, 0);
            assertThat(Trials.of(agent, life, true).get("truncated").doubles()).containsExactly(0, 1, 0, 1);
        }
    }

    @Test
    void whereTimeEndedAnEpisodeTheStateReachedIsWhatCounts() {
        try (Scope s = Scope.open()) {
            RandomMdp world = new RandomMdp(3, 2, 2);
            RecurrentAgent agent = agent(world.shape(), false, true, false);
            Params theta = agent.metaParameters(new SplittableRandom(3));
            Worlds two = Lifetimes.trials(world, 1, 2).sample(3, new SplittableRandom(1));
            // In a world without that end the next row is the state reached.
            RandomMdp endless = new RandomMdp(3, 2, 5);
            Worlds one = Lifetimes.trials(endless, 1, 1).sample(3, new SplittableRandom(1));
            Trials short2 = Trials.of(agent, new Lifetime<>(agent, theta, two, TaskContext.training(8)), true);
            Trials long1 = Trials.of(agent, new Lifetime<>(agent, theta, one, TaskContext.training(8)), true);
            assertThat(short2.get("action").slice(1, 0, 2).longs())
                    .containsExactly(long1.get("action").slice(1, 0, 2).longs());
            assertThat(short2.get("next-value").select(1, 1).doubles())
                    .containsExactly(long1.get("value").select(1, 2).doubles(), within(1e-12));
            assertThat(short2.get("value").select(1, 2).doubles())
                    .isNotEqualTo(long1.get("value").select(1, 2).doubles());
        }
    }

    @Test
    void greedyAgentsDrawInTrainingAndChooseInUse() {
        try (Scope s = Scope.open()) {
            Worlds tasks = MDPS.sample(50, new SplittableRandom(1));
            RecurrentAgent agent = agent(MDPS.dynamics().shape(), false, false, true);
            RecurrentAgent drawing = agent(MDPS.dynamics().shape(), false, false, false);
            Params theta = agent.metaParameters(new SplittableRandom(3));
            for (TaskContext context : List.of(TaskContext.training(1), TaskContext.evaluation(1, Params.EMPTY))) {
                Params phi = agent.begin(theta, tasks, context.at(0, false));
                double[] own = agent.step(theta, phi, tasks, context.at(0, false))
                        .loss()
                        .doubles();
                double[] drawn = drawing.step(theta, phi, tasks, context.at(0, false))
                        .loss()
                        .doubles();
                assertThat(Arrays.equals(own, drawn)).isEqualTo(context.training());
                double[] likely = agent.predict(theta, phi, tasks, context.at(0, false))
                        .exp()
                        .max(2)
                        .doubles();
                assertThat(Arrays.stream(likely).allMatch(p -> p == 1)).isEqualTo(!context.training());
            }
        }
    }

    // ---- learning
    // ------------------------------------------------------------------------------------------------------------

    /** Choices and vectors, trials and episodes: what pays is done in the end. */
    @ParameterizedTest
    @ValueSource(strings = {"choice-trials", "vector-episodes", "choice-merged"})
    void whatPaysIsLearned(String name) {
        Till world = new Till(3, name.startsWith("choice"), false);
        Span span = Span.valueOf(name.substring(name.indexOf('-') + 1).toUpperCase(Locale.ROOT));
        Lifetimes source = Lifetimes.trials(world, 4, 2);
        PolicyLearner agent = agent(world.shape(), false, span != Span.TRIALS, false);
        MetaAlgorithm<Worlds> algorithm = new PolicyOptimization(gradient(0.2, span), 4, 2, new EntropyCourse(0, 0, 0))
                .algorithm(agent, Descent.of(Adam.DEFAULT, 0.03));
        double[] last = new double[1];
        Map<String, Double> told = new HashMap<>();
        Trainer<Worlds> trainer = Trainer.builder(
                        algorithm,
                        source,
                        Plan.builder(25).metaBatch(8).shard(4).build())
                .listener(new TrainingListener() {
                    @Override
                    public void iteration(long iteration, MetaAlgorithm.Outcome outcome) {
                        last[0] = -outcome.loss();
                        told.putAll(outcome.diagnostics());
                    }
                })
                .build();
        trainer.train().close();
        assertThat(last[0]).isGreaterThan(world.choice() ? 0.9 : 0.6);
        assertThat(told.get("last-episode-return")).isCloseTo(3 * last[0], within(0.5));
        assertThat(told.get("clip-fraction")).isBetween(0.0, 1.0);
        assertThat(told.get("kl")).isGreaterThanOrEqualTo(0);
        assertThat(told).containsKeys("entropy", "value-loss", "policy-loss", "policy-gradient-norm");
    }

    /** Of a step of a trial nothing is kept but what is told of it: no fast state, however long the trial. */
    @Test
    void trialsKeepNoFastStates() {
        try (Scope s = Scope.open()) {
            List<Long> counts = new ArrayList<>();
            RecurrentAgent agent = agent(MDPS.dynamics().shape(), false, false, false);
            Params theta = agent.metaParameters(new SplittableRandom(3));
            Worlds tasks = Lifetimes.trials(new RandomMdp(3, 2, 20), 2, 2).sample(2, new SplittableRandom(1));
            PolicyLearner counting = (PolicyLearner) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {PolicyLearner.class}, (proxy, method, args) -> {
                        if (method.getName().equals("shown")) {
                            counts.add(Pointer.totalCount());
                        }
                        return method.invoke(agent, args);
                    });
            Trials trials = Trials.of(counting, new Lifetime<>(counting, theta, tasks, TaskContext.training(8)), false);
            int told = trials.tree().size() - 1; // all but next-value, which comes at last
            assertThat(counts).hasSize(40);
            for (int t = 2; t < 40; t++) {
                assertThat(counts.get(t) - counts.get(t - 1)).as("step %d", t).isLessThanOrEqualTo(told);
            }
        }
    }

    /** Whatever rounds leave behind is released: the number of native objects does not grow. */
    @Test
    void memoryStaysFlat() {
        long[] counts = new long[12];
        Trainer<Worlds> trainer = Trainer.builder(
                        ppo(agent(MDPS.dynamics().shape(), true, false, false), 2, 2),
                        MDPS,
                        Plan.builder(counts.length)
                                .metaBatch(4)
                                .shard(2)
                                .threads(1)
                                .build())
                .listener(new TrainingListener() {
                    @Override
                    public void iteration(long iteration, MetaAlgorithm.Outcome outcome) {
                        counts[(int) iteration - 1] = Pointer.totalCount();
                    }
                })
                .build();
        trainer.train().close();
        assertThat(counts[11]).isEqualTo(counts[2]);
    }
}
