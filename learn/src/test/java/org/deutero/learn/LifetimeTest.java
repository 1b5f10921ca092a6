package org.deutero.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.Pointer;
import org.deutero.learn.capability.ForwardingLearner;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.Autograd;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InScope.class)
class LifetimeTest {
    /** phi_t = t theta; step t meets the loss phi_t, and every other step a reward of 1; judged by theta times the end. */
    private record Counter(int steps) implements Predictor<Episodes> {
        @Override
        public Params metaParameters(RandomGenerator rng) {
            return Params.of("theta", Tensor.of(new double[] {3}, 1));
        }

        @Override
        public Params begin(Params theta, Episodes tasks, StepContext context) {
            return Params.of("n", Tensors.zeros(DType.FLOAT64, tasks.size()));
        }

        @Override
        public Step step(Params theta, Params phi, Episodes tasks, StepContext context) {
            Step step = new Step(Params.of("n", phi.get("n").add(theta.get("theta"))), phi.get("n"));
            return context.step() % 2 == 0 ? step.meeting(Step.REWARD, Tensors.onesLike(phi.get("n"))) : step;
        }

        @Override
        public int steps(Episodes tasks) {
            return steps;
        }

        @Override
        public int evaluationSteps(Episodes tasks) {
            return 2 * steps;
        }

        @Override
        public Tensor metaLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
            return phi.get("n").mul(theta.get("theta")).mul(context.step() == steps ? 1 : Double.NaN);
        }

        @Override
        public Tensor predict(Params theta, Params phi, Episodes tasks, StepContext context) {
            return phi.get("n");
        }
    }

    private static Lifetime<Episodes> lifetime(int steps, TaskContext context) {
        Counter learner = new Counter(steps);
        Tensor x = Tensors.zeros(DType.FLOAT64, 2, 1, 1);
        return new Lifetime<>(learner, learner.metaParameters(null), new Episodes(x, x, x, x, 0), context);
    }

    private static Lifetime<Episodes> lifetime(int steps) {
        return lifetime(steps, TaskContext.training(1));
    }

    @Test
    void everyNumberIsSummedWhereItIsMet() {
        Passage end = lifetime(5).run(Trace.NONE);
        assertThat(end.age()).isEqualTo(5);
        assertThat(end.state().get("n").doubles()).containsExactly(15, 15);
        assertThat(end.loss().doubles()).containsExactly(30, 30); // 3 (0 + 1 + 2 + 3 + 4)
        assertThat(end.met().names()).containsExactlyInAnyOrder(Step.LOSS, Step.REWARD);
        assertThat(end.met().get(Step.REWARD).doubles()).containsExactly(3, 3);
    }

    @Test
    void lossesAreThoseMetAndTheLast() {
        Lifetime<Episodes> life = lifetime(5);
        assertThat(life.losses(life.run(Trace.NONE), Trace.NONE).doubles()).containsExactly(75, 75);
        Lifetime<Episodes> none = lifetime(0);
        assertThat(none.losses(none.run(Trace.NONE), Trace.NONE).doubles()).containsExactly(0, 0);
    }

    @Test
    void aStretchMayBeRunAgain() {
        Lifetime<Episodes> life = lifetime(5);
        Passage middle = life.run(life.start(Trace.NONE), 2, Trace.NONE, Lifetime.Visitor.NONE);
        for (int again = 0; again < 2; again++) {
            Passage end = life.run(middle, 5, Trace.NONE, Lifetime.Visitor.NONE);
            assertThat(end.state().get("n").doubles()).containsExactly(15, 15);
            assertThat(end.loss().doubles()).containsExactly(30, 30);
        }
        assertThat(middle.state().get("n").doubles()).containsExactly(6, 6);
    }

    @Test
    void onlyTracesWithAGraphHaveOne() {
        Lifetime<Episodes> life = lifetime(4);
        for (Trace trace : Trace.values()) {
            Params leaf = life.theta().leaf();
            Lifetime<Episodes> recorded = life.under(leaf);
            Tensor losses = recorded.losses(recorded.run(trace), trace);
            assertThat(losses.requiresGrad()).as(trace.name()).isEqualTo(trace.graph());
            if (trace.graph()) {
                // Of 6 theta + 4 theta^2 for each of two tasks.
                assertThat(Autograd.gradient(losses.sum(), leaf, false)
                                .get("theta")
                                .item())
                        .isEqualTo(60);
            }
        }
    }

    @Test
    void visitorsSeeEveryStepAndKeepWhatTheyLike() {
        Lifetime<Episodes> life = lifetime(3);
        List<Integer> ages = new ArrayList<>();
        List<Tensor> kept = new ArrayList<>();
        life.run(Trace.NONE, (before, step, scope) -> {
            ages.add(before.age());
            kept.add(scope.keep(life.predict(before.state(), before.age()).add(1)));
        });
        assertThat(ages).containsExactly(0, 1, 2);
        assertThat(kept).extracting(t -> t.doubles()[1]).containsExactly(1.0, 4.0, 7.0);
    }

    @Test
    void usedLearnersTakeTheirOwnNumberOfSteps() {
        assertThat(lifetime(3).steps()).isEqualTo(3);
        Lifetime<Episodes> use = lifetime(3, TaskContext.evaluation(1, Params.EMPTY));
        assertThat(use.steps()).isEqualTo(6);
        assertThat(use.run(Trace.NONE).age()).isEqualTo(6);
        Lifetime<Episodes> wrapped =
                new Lifetime<>(new ForwardingLearner<>(use.learner()) {}, use.theta(), use.tasks(), use.context());
        assertThat(wrapped.steps()).isEqualTo(6);
        assertThat(wrapped.predict(wrapped.begin(false), 0).doubles()).containsExactly(0, 0);
    }

    @Test
    void whoCannotAnswerIsNotAsked() {
        Lifetime<Episodes> life = lifetime(3);
        Learner<Episodes> silent = new ForwardingLearner<>(life.learner()) {
            @Override
            public <C> Optional<C> as(Class<C> capability) {
                return Optional.empty();
            }
        };
        Lifetime<Episodes> mute = new Lifetime<>(silent, life.theta(), life.tasks(), life.context());
        assertThatThrownBy(() -> mute.predict(mute.begin(false), 0)).isInstanceOf(IllegalStateException.class);
    }

    /** Without a graph one state is held at a time, however long the life. */
    @Test
    void nothingStaysOfStatesInBetween() {
        assertThat(held(400)).isEqualTo(held(20));
    }

    private static long held(int steps) {
        Lifetime<Episodes> life = lifetime(steps);
        try (Scope s = Scope.open()) {
            long before = Pointer.totalCount();
            life.run(Trace.NONE);
            return Pointer.totalCount() - before;
        }
    }
}
