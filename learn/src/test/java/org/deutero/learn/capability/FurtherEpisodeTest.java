package org.deutero.learn.capability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.Pointer;
import org.deutero.learn.InScope;
import org.deutero.learn.Predictor;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.TaskContext;
import org.deutero.learn.evaluate.PolicyMeasures;
import org.deutero.options.OptionsException;
import org.deutero.tasks.control.CartPoleTasks;
import org.deutero.tasks.control.CartPoleTasks.Polarity;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One more episode after a lifetime. */
@ExtendWith(InScope.class)
class FurtherEpisodeTest {
    private static final TaskContext CONTEXT = TaskContext.evaluation(1, Params.EMPTY);

    /** Always prefers the first action, and learns nothing. */
    private static final class Falling implements Agent {
        private final List<Long> seeds = new ArrayList<>();

        @Override
        public Params metaParameters(RandomGenerator rng) {
            return Params.EMPTY;
        }

        @Override
        public Params begin(Params theta, Worlds tasks, StepContext context) {
            return tasks.begin(DType.FLOAT64).under(WORLD);
        }

        @Override
        public Step step(Params theta, Params phi, Worlds tasks, StepContext context) {
            Tensor action = predict(theta, phi, tasks, context).argmax(2);
            return Step.of(
                    tasks.step(Agent.lives(phi), action, context.step()).lives().under(WORLD));
        }

        @Override
        public Tensor metaLoss(Params theta, Params phi, Worlds tasks, StepContext context) {
            return Tensors.zeros(DType.FLOAT64, tasks.size());
        }

        @Override
        public Tensor predict(Params theta, Params phi, Worlds tasks, StepContext context) {
            seeds.add(context.task().seed());
            return Tensor.of(new double[] {1, 0}, 1, 1, 2).expand(tasks.size(), tasks.copies(), -1);
        }
    }

    private static Worlds poles(int horizon) {
        return new CartPoleTasks(horizon, Polarity.NORMAL, 2, 3, 3 * horizon).sample(4, new SplittableRandom(1));
    }

    private static double[] seen(Worlds tasks, Params lives) {
        return tasks.observe(lives, 0).doubles();
    }

    @Test
    void itBeginsAsNoEpisodeBefore() {
        Worlds tasks = poles(60);
        Falling agent = new Falling();
        Params phi = agent.begin(Params.EMPTY, tasks, CONTEXT.at(0, false));
        double[] first = seen(tasks, Agent.lives(phi));
        List<double[]> seen = new ArrayList<>();
        Tensor earned = FurtherEpisode.play(
                agent, Params.EMPTY, phi, tasks, CONTEXT, (lives, step) -> seen.add(seen(tasks, lives)));
        for (int i = 0; i < first.length; i++) {
            assertThat(seen.get(0)[i]).isNotCloseTo(first[i], within(1e-9));
        }
        assertThat(agent.seeds).doesNotContain(CONTEXT.seed());
        // A pole that is always pushed falls within a dozen steps; who fell is waited for no longer than that.
        assertThat(earned.shape()).containsExactly(4, 2);
        assertThat(Arrays.stream(earned.doubles()).boxed())
                .allSatisfy(sum -> assertThat(sum).isBetween(7.0, 12.0));
        assertThat(seen).hasSizeBetween(7, 12);
        Tensor again = PolicyMeasures.POLICY_RETURN.outputs(agent, Params.EMPTY, phi, tasks, CONTEXT.at(9, false));
        assertThat(again.doubles()).containsExactly(earned.doubles());
    }

    @Test
    void itKeepsNoMoreInLaterSteps() {
        Worlds tasks = poles(60);
        Falling agent = new Falling();
        Params phi = agent.begin(Params.EMPTY, tasks, CONTEXT.at(0, false));
        for (int warm = 0; warm < 2; warm++) {
            List<Long> counts = new ArrayList<>();
            long before = Pointer.totalCount();
            FurtherEpisode.play(
                    agent, Params.EMPTY, phi, tasks, CONTEXT, (lives, step) -> counts.add(Pointer.totalCount()));
            if (warm > 0) {
                assertThat(counts.subList(2, counts.size())).containsOnly(counts.get(1));
                assertThat(Pointer.totalCount()).isEqualTo(before + 1);
            }
        }
    }

    @Test
    void learnersThatCannotPlayOnAreRefusedInASentence() {
        PolicyLearner remembers = (PolicyLearner) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {PolicyLearner.class},
                (proxy, method, args) -> method.getName().equals("as")
                        ? Optional.of(proxy).filter(((Class<?>) args[0])::isInstance)
                        : null);
        Predictor<Worlds> learner = remembers;
        assertThat(FurtherEpisode.misfit(new Falling())).isEmpty();
        assertThatThrownBy(() -> PolicyMeasures.POLICY_RETURN.outputs(
                        learner, Params.EMPTY, Params.EMPTY, poles(9), CONTEXT.at(0, false)))
                .isInstanceOf(OptionsException.class)
                .hasMessage("measure policy-return cannot judge this learner: it remembers what it lives through, and"
                        + " would act by a memory that does not go on; expected return");
    }
}
