package org.deutero.methods.symla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.deutero.methods.TestTasks.assertNear;

import java.util.List;
import java.util.SplittableRandom;
import org.deutero.learn.Predictor;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.TaskContext;
import org.deutero.learn.gradient.Unroll;
import org.deutero.methods.InScope;
import org.deutero.methods.TestTasks;
import org.deutero.methods.vsml.InitialState;
import org.deutero.methods.vsml.Reduction;
import org.deutero.methods.vsml.VsmlRule;
import org.deutero.options.OptionsException;
import org.deutero.tasks.bandit.BernoulliArms;
import org.deutero.tasks.bandit.Rounds;
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
    private static final Symla LEARNER = new Symla(RULE, InitialState.ZERO, DType.FLOAT64);

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
            int dim = name.matches("[hc]0") ? 3 : name.matches("forward0|action") ? 2 : -1;
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
        Tensor pulled = step.state().get("action");
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
        Tensor drawn = SoftmaxActions.draw(logits.expand(n, -1), context(3)).oneHot(ARMS, DType.FLOAT64);
        double[] share = drawn.mean(0).doubles();
        double[] wanted = logits.softmax(1).doubles();
        for (int a = 0; a < ARMS; a++) {
            assertThat(share[a]).isCloseTo(wanted[a], within(4 * Math.sqrt(wanted[a] * (1 - wanted[a]) / n)));
        }
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
