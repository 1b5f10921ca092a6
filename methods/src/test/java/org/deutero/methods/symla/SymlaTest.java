package org.deutero.methods.symla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.deutero.methods.TestTasks.assertNear;

import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.deutero.learn.Predictor;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.TaskContext;
import org.deutero.learn.action.Categorical;
import org.deutero.learn.capability.Agent;
import org.deutero.learn.gradient.Unroll;
import org.deutero.methods.InScope;
import org.deutero.methods.TestTasks;
import org.deutero.methods.vsml.InitialState;
import org.deutero.methods.vsml.Reduction;
import org.deutero.methods.vsml.VsmlRule;
import org.deutero.options.OptionsException;
import org.deutero.tasks.bandit.BernoulliArms;
import org.deutero.tasks.bandit.Rounds;
import org.deutero.tasks.control.CartPoleTasks;
import org.deutero.tasks.mdp.RandomMdp;
import org.deutero.tasks.world.Actions;
import org.deutero.tasks.world.Dynamics;
import org.deutero.tasks.world.Lifetimes;
import org.deutero.tasks.world.WorldShape;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InScope.class)
class SymlaTest {
    private static final int ARMS = 4;
    private static final int ROUNDS = 7;
    private static final VsmlRule RULE = new VsmlRule(6, 3, 2, 1, Reduction.MEAN, false, true, true);
    private static final Symla LEARNER = new Symla(new SymmetricPolicy(RULE, InitialState.ZERO), 0, DType.FLOAT64);

    private static Worlds tasks(int n) {
        return new BernoulliArms(List.of(ARMS), ROUNDS).sample(n, new SplittableRandom(1));
    }

    private static Tensor table(Worlds tasks) {
        return ((Rounds) tasks.world()).table().to(DType.FLOAT64);
    }

    private static Params theta() {
        return LEARNER.metaParameters(new SplittableRandom(2)).mul(3);
    }

    private static StepContext context(int step) {
        return TaskContext.training(1).at(step, false);
    }

    private static Params played(Predictor<Worlds> learner, Params theta, Worlds tasks, int rounds) {
        Params phi = learner.begin(theta, tasks, context(0));
        for (int t = 0; t < rounds; t++) {
            phi = learner.step(theta, phi, tasks, context(t)).state();
        }
        return phi;
    }

    /** Everything that belongs to arms in another order: states, messages to and from them, the last action. */
    private static Params moved(Params phi, Tensor order) {
        Params.Builder moved = Params.builder();
        phi.forEach((name, t) -> {
            int dim = name.matches("[hc]0") ? 4 : name.matches("forward0|action") ? 3 : -1;
            moved.put(name, dim < 0 ? t : t.indexSelect(dim, order));
        });
        return moved.build();
    }

    /** After a lifetime in which arms have become different, logits and states of the next round move with the arms. */
    @Test
    void armsMayComeInAnyOrder() {
        Tensor order = Tensor.of(new long[] {2, 0, 3, 1}, ARMS);
        Worlds e = tasks(5);
        Params phi = played(LEARNER, theta(), e, 5);
        Tensor expected = LEARNER.predict(theta(), phi, e, context(5));
        Tensor actual = LEARNER.predict(theta(), moved(phi, order), e, context(5));
        assertNear(actual, expected.indexSelect(2, order), 1e-12);
        assertThat(TestTasks.difference(actual, expected)).isGreaterThan(1e-3);
        Params next = LEARNER.step(theta(), phi, e, context(5)).state();
        Params nextMoved =
                LEARNER.step(theta(), moved(phi, order), e, context(5)).state();
        for (String name : List.of("h0", "c0", "forward0", "backward0")) {
            assertNear(nextMoved.get(name), moved(next, order).get(name), 1e-12);
        }
    }

    /** The reward is of the arm that was drawn and of no other, and all losses are minus the mean reward. */
    @Test
    void anArmPaysWhatItPays() {
        Worlds e = tasks(5);
        Params phi = LEARNER.begin(theta(), e, context(0));
        double[] sum = new double[5];
        double[] paid = new double[5];
        for (int t = 0; t < ROUNDS; t++) {
            Step step = LEARNER.step(theta(), phi, e, context(t));
            phi = step.state();
            double[] action = phi.get("action").doubles();
            double[] rewards = phi.get("reward").doubles();
            double[] table = table(e).select(1, t).doubles();
            for (int i = 0; i < 5; i++) {
                double ones = 0;
                double expected = 0;
                for (int a = 0; a < ARMS; a++) {
                    ones += action[i * ARMS + a];
                    expected += action[i * ARMS + a] * table[i * ARMS + a];
                }
                assertThat(ones).isEqualTo(1);
                assertThat(rewards[i]).isEqualTo(expected);
                sum[i] += step.loss().doubles()[i];
                paid[i] += expected / ROUNDS;
            }
        }
        for (int i = 0; i < 5; i++) {
            assertThat(sum[i]).isCloseTo(-paid[i], within(1e-12));
        }
    }

    /** What was not pulled must not be seen: other rewards of other arms change nothing. */
    @Test
    void nobodySeesWhatOtherArmsWouldPay() {
        Worlds e = tasks(5);
        Params phi = LEARNER.begin(theta(), e, context(0));
        Step step = LEARNER.step(theta(), phi, e, context(0));
        Tensor pulled = step.state().get("action").squeeze(1);
        Tensor first = table(e).slice(1, 0, 1);
        Tensor flipped =
                first.mul(pulled).add(first.neg().add(1).mul(pulled.neg().add(1)));
        Tensor other = Tensors.cat(List.of(flipped, table(e).slice(1, 1, ROUNDS)), 1);
        Worlds changed = Rounds.lifetimes(new Rounds(((Rounds) e.world()).shown(), other, other));
        assertNear(LEARNER.step(theta(), phi, changed, context(0)).state(), step.state(), 0);
    }

    /** softmax(logits), to four standard errors. */
    @Test
    void actionsFollowTheLogits() {
        int n = 20_000;
        Tensor logits = Tensor.of(new double[] {0, 1, -1, 0.5}, 1, ARMS);
        Tensor drawn = Categorical.draw(logits.expand(n, -1), context(3)).oneHot(ARMS, DType.FLOAT64);
        double[] share = drawn.mean(0).doubles();
        double[] wanted = logits.softmax(1).doubles();
        for (int a = 0; a < ARMS; a++) {
            assertThat(share[a]).isCloseTo(wanted[a], within(4 * Math.sqrt(wanted[a] * (1 - wanted[a]) / n)));
        }
    }

    /** Observations and actions in another order, hidden layers between: with states moved along, the same logits, moved. */
    @Test
    void aShuffledBodyIsTheSameBody() {
        SymmetricPolicy policy = new SymmetricPolicy(List.of(3), RULE, InitialState.ZERO);
        Params own = theta().expand(2);
        Tensor seenOrder = Tensor.of(new long[] {3, 1, 0, 4, 2}, 5);
        Tensor order = Tensor.of(new long[] {1, 3, 2, 0}, ARMS);
        SplittableRandom rng = new SplittableRandom(9);
        Params plain = policy.start(5, ARMS, rng, DType.FLOAT64, 2);
        Params shuffled = plain;
        for (int t = 0; t < 6; t++) {
            Tensor seen = Tensors.normal(rng, DType.FLOAT64, 2, 5);
            Tensor action = Tensors.normal(rng, DType.FLOAT64, 2, ARMS);
            Tensor reward = Tensors.normal(rng, DType.FLOAT64, 2);
            var thought = policy.think(own, plain, seen);
            var other = policy.think(own, shuffled, seen.indexSelect(1, seenOrder));
            assertNear(other.preferences(), thought.preferences().indexSelect(1, order), 1e-12);
            if (t > 2) {
                assertThat(TestTasks.difference(other.preferences(), thought.preferences()))
                        .isGreaterThan(1e-4);
            }
            plain = SymmetricPolicy.told(thought.state(), action, reward);
            shuffled = SymmetricPolicy.told(other.state(), action.indexSelect(1, order), reward);
        }
    }

    private static Worlds processes(int copies, int lifetimes) {
        return new Lifetimes(new RandomMdp(5, 3, 4), copies, 2, 8).sample(lifetimes, new SplittableRandom(3));
    }

    /** A life beside others goes as it would by itself, given the actions that it draws: states hold what each has seen. */
    @Test
    void copiesAreLivesOfTheirOwn() {
        Worlds tasks = processes(3, 2);
        Params phi = played(LEARNER, theta(), tasks, 5);
        assertThat(phi.get("c0").shape()).containsExactly(2, 3, 6, 5, 3);
        Tensor together = LEARNER.predict(theta(), phi, tasks, context(5));
        Tensor seen = tasks.observe(Agent.lives(phi), 5);
        for (int copy = 0; copy < 3; copy++) {
            int c = copy;
            Params one = phi.filter(name -> !name.startsWith("world")).map(t -> t.select(1, c));
            Tensor alone = LEARNER.policy()
                    .think(theta().expand(2), one, seen.select(1, c))
                    .preferences();
            assertNear(together.select(1, c), alone, 1e-13);
        }
        assertThat(TestTasks.difference(together.select(1, 0), together.select(1, 1)))
                .isGreaterThan(1e-6);
    }

    /** The bound times tanh, told as tanh. */
    @Test
    void vectorsAreBounded() {
        Worlds tasks = new Lifetimes(new Push(), 2, 1, 3).sample(4, new SplittableRandom(3));
        Params phi = played(LEARNER, theta(), tasks, 2);
        Tensor wanted = LEARNER.predict(theta(), phi, tasks, context(2)).tanh();
        Step step = LEARNER.step(theta(), phi, tasks, context(2));
        assertNear(step.state().get("action").squeeze(2), wanted, 1e-13);
        assertNear(step.state().get("reward"), wanted.mul(2.5).sum(2), 1e-13);
    }

    /** Pays the sum of the action's numbers. */
    private static final class Push implements Dynamics {
        @Override
        public WorldShape shape() {
            return new WorldShape(1, new Actions.Box(2, 2.5), 3);
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
            state[s] = chance.nextDouble();
        }

        @Override
        public void observe(double[] given, int g, double[] state, int s, double[] seen, int o) {
            seen[o] = state[s];
        }

        @Override
        public double step(
                double[] given, int g, double[] state, int s, double[] action, int a, RandomGenerator chance) {
            return action[a] + action[a + 1];
        }

        @Override
        public boolean terminated(double[] given, int g, double[] state, int s) {
            return false;
        }
    }

    /** Where the world ends an episode the agent is told something else than it earns. */
    @Test
    void anEndIsToldByTheReward() {
        Symla warned = new Symla(new SymmetricPolicy(RULE, InitialState.ZERO), -3, DType.FLOAT64);
        Worlds tasks = new CartPoleTasks(60, CartPoleTasks.Polarity.BOTH, 4).sample(3, new SplittableRandom(3));
        Params phi = warned.begin(theta(), tasks, context(0));
        int ends = 0;
        for (int t = 0; t < 60; t++) {
            Tensor before = phi.get("world.episode");
            Step step = warned.step(theta(), phi, tasks, context(t));
            phi = step.state();
            Tensor ended = phi.get("world.episode")
                    .sub(before)
                    .mul(phi.get("world.episode").lt(3.5).to(DType.FLOAT64));
            assertNear(phi.get("reward").mul(ended), ended.mul(-2), 0);
            assertThat(step.loss().doubles()).satisfies(losses -> {
                for (double loss : losses) {
                    assertThat(loss).isNotPositive();
                }
            });
            ends += (int) ended.sum().item();
        }
        assertThat(ends).isPositive();
    }

    @Test
    void estimatorsThatDifferentiateAreRefused() {
        assertThatThrownBy(() -> Unroll.FULL.estimate(LEARNER, theta(), tasks(2), TaskContext.training(1)))
                .isInstanceOf(OptionsException.class)
                .hasMessageContaining("expected es");
    }

    /** Copies of tasks, as in a population, meet the same luck. */
    @Test
    void membersOfAPopulationDifferByThetaOnly() {
        Worlds e = tasks(3);
        StepContext population = TaskContext.training(1).forPopulation(2).at(0, false);
        Params own = theta().expand(6);
        Worlds both = e.repeat(2);
        Params phi = LEARNER.begin(own, both, population);
        Params next = LEARNER.step(own, phi, both, population).state();
        next.forEach((name, t) -> assertNear(t.slice(0, 0, 3), t.slice(0, 3, 6), 0));
    }
}
