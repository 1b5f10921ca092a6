package org.deutero.methods.incontext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.deutero.methods.TestTasks.assertNear;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.deutero.learn.Lifetime;
import org.deutero.learn.Passage;
import org.deutero.learn.TaskContext;
import org.deutero.learn.Trace;
import org.deutero.learn.capability.AsEpisodes;
import org.deutero.learn.capability.CarriedState;
import org.deutero.learn.gradient.Unroll;
import org.deutero.methods.InScope;
import org.deutero.methods.sequence.ClassCodes;
import org.deutero.methods.sequence.SequenceNetwork;
import org.deutero.methods.sequence.TokenFormat;
import org.deutero.options.Options;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskShape;
import org.deutero.tasks.kind.TaskKind;
import org.deutero.tasks.sequence.Sequences;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.CausalNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One learner for all architectures: all positions at once or one at a time, its own answer never seen beforehand. */
@ExtendWith(InScope.class)
class InContextTest {
    private static final int TASKS = 2;
    private static final int LENGTH = 5;
    private static final int WAY = 3;
    private static final TaskContext USE = TaskContext.evaluation(1, Params.EMPTY);
    private static final TaskContext TRAINING = TaskContext.training(1);
    private static final Map<String, Object> SMALL =
            Map.of("width", 8, "layers", 2, "heads", 2, "key-size", 4, "positions", LENGTH + 1);

    private static CausalNetwork network(Architecture architecture, int width) {
        Map<String, Object> keys = new HashMap<>();
        switch (architecture) {
            case TRANSFORMER -> keys.putAll(SMALL);
            case LSTM -> keys.put("units", 6);
            case OUTER_PRODUCT -> keys.putAll(Map.of("units", 6, "heads", 2, "head-size", 3));
            case FAST_WEIGHTS -> keys.putAll(Map.of("units", 6, "values", 4, "key-root", 3));
            case VSML -> keys.putAll(Map.of("state", 4, "message", 3, "gate-bias", 0));
        }
        return architecture.network(Options.of(keys), new Architecture.Tokens(width, WAY, WAY, true));
    }

    private static SequenceNetwork learner(Architecture architecture, TokenFormat format, boolean atOnce) {
        return new SequenceNetwork(
                network(architecture, format.width(2, WAY)),
                ClassCodes.oneHot(WAY),
                format,
                atOnce,
                false,
                0,
                true,
                DType.FLOAT64);
    }

    private static Sequences tasks() {
        RandomGenerator rng = new SplittableRandom(5);
        Tensor x = Tensors.normal(rng, DType.FLOAT64, TASKS, LENGTH, 2);
        Tensor y = Tensor.of(new long[] {0, 2, 1, 1, 0, 2, 2, 0, 1, 2}, TASKS, LENGTH);
        return new Sequences(x, y, WAY)
                .asking(Tensors.normal(rng, DType.FLOAT64, TASKS, 3, 2), Tensors.zeros(DType.INT64, TASKS, 3));
    }

    private static Params theta(SequenceNetwork learner) {
        return learner.metaParameters(new SplittableRandom(2)).map(t -> t.mul(1.5));
    }

    private static Params after(SequenceNetwork learner, Params theta, Sequences tasks, TaskContext context) {
        Lifetime<Sequences> life = new Lifetime<>(learner, theta, tasks, context);
        return life.run(life.start(Trace.NONE), LENGTH, Trace.NONE, Lifetime.Visitor.NONE)
                .state();
    }

    @ParameterizedTest
    @EnumSource(Architecture.class)
    void allAtOnceIsOneAtATime(Architecture architecture) {
        Sequences tasks = tasks();
        for (TokenFormat format : TokenFormat.values()) {
            SequenceNetwork once = learner(architecture, format, true);
            SequenceNetwork stepping = learner(architecture, format, false);
            Params theta = theta(once);
            assertNear(once.answers(theta, tasks, USE), stepping.answers(theta, tasks, USE), 1e-12);
            var ours = Unroll.FULL.estimate(once, theta, tasks, TRAINING);
            var theirs = Unroll.FULL.estimate(stepping, theta, tasks, TRAINING);
            assertNear(ours.losses(), theirs.losses(), 1e-12);
            assertNear(ours.gradient(), theirs.gradient(), 1e-11);
            assertThat(ours.gradient().norm()).isGreaterThan(0.01);
        }
    }

    @ParameterizedTest
    @EnumSource(Architecture.class)
    void theGradientIsTheSlopeOfTheLoss(Architecture architecture) {
        SequenceNetwork learner = learner(architecture, TokenFormat.PAIRED, true);
        Params theta = theta(learner);
        Params gradient =
                Unroll.FULL.estimate(learner, theta, tasks(), TRAINING).gradient();
        SplittableRandom rng = new SplittableRandom(7);
        Params direction = theta.map(t -> Tensors.normal(rng, DType.FLOAT64, t.shape()));
        double h = 1e-6;
        double slope = (loss(learner, theta.addScaled(direction, h)) - loss(learner, theta.addScaled(direction, -h)))
                / (2 * h);
        assertThat(Math.abs(slope)).isGreaterThan(1e-4);
        assertThat(gradient.dot(direction).item()).isCloseTo(slope, within(1e-6 * (1 + Math.abs(slope))));
    }

    private static double loss(SequenceNetwork learner, Params theta) {
        Lifetime<Sequences> life = new Lifetime<>(learner, theta, tasks(), TRAINING);
        return life.losses(life.run(Trace.NONE), Trace.NONE).sum().item();
    }

    /** An answer never reaches what is answered up to its own item, and always what comes after. */
    @ParameterizedTest
    @EnumSource(Architecture.class)
    void answersAreToldOneItemLate(Architecture architecture) {
        SequenceNetwork learner = learner(architecture, TokenFormat.OFFICIAL, true);
        Params theta = theta(learner);
        Sequences tasks = tasks();
        long[] changed = tasks.answers().longs();
        changed[2] = 0;
        Sequences other = new Sequences(tasks.items(), Tensor.of(changed, TASKS, LENGTH), WAY);
        Tensor a = learner.answers(theta, tasks, USE);
        Tensor b = learner.answers(theta, other, USE);
        assertNear(a.slice(1, 0, 3), b.slice(1, 0, 3), 0);
        assertThat(a.sub(b).select(0, 0).slice(0, 3, LENGTH).abs().sum().item()).isGreaterThan(1e-6);
    }

    /** Questions are answered as the next item would be, see nothing of each other, and leave the state as it is. */
    @ParameterizedTest
    @EnumSource(Architecture.class)
    void questionsLeaveNoTrace(Architecture architecture) {
        SequenceNetwork learner = learner(architecture, TokenFormat.PAIRED, true);
        Params theta = theta(learner);
        Sequences tasks = tasks();
        Params phi = after(learner, theta, tasks, USE);
        Params before = phi.copy();
        Tensor together = learner.predict(theta, phi, tasks, USE.at(LENGTH, false));
        assertNear(phi, before, 0);
        Tensor asked = tasks.questions().orElseThrow().items();
        for (int i = 0; i < 3; i++) {
            Tensor longer = Tensors.cat(List.of(tasks.items(), asked.slice(1, i, i + 1)), 1);
            Tensor told = Tensors.cat(List.of(tasks.answers(), Tensors.zeros(DType.INT64, TASKS, 1)), 1);
            Tensor whole = learner.answers(theta, new Sequences(longer, told, WAY), USE);
            assertNear(together.slice(1, i, i + 1), whole.slice(1, LENGTH, LENGTH + 1), 1e-12);
        }
        Params own = theta.expand(TASKS);
        assertNear(
                learner.predict(
                        own,
                        after(learner, own, tasks, USE.withOwnTheta()),
                        tasks,
                        USE.withOwnTheta().at(LENGTH, false)),
                together,
                1e-12);
    }

    /** What is kept of a task answers as the learner does. */
    @ParameterizedTest
    @EnumSource(Architecture.class)
    void solutionsAnswerTheSame(Architecture architecture) {
        SequenceNetwork learner = learner(architecture, TokenFormat.PAIRED, true);
        Params theta = theta(learner);
        Sequences task = tasks().slice(1, 2);
        Params phi = after(learner, theta, task, USE);
        Params solution = learner.solution(theta, phi, task, USE.at(LENGTH, false));
        Tensor asked = task.questions().orElseThrow().items().squeeze(0);
        assertNear(
                learner.answer(solution, asked),
                learner.predict(theta, phi, task, USE.at(LENGTH, false)).squeeze(0),
                1e-12);
    }

    /** With a weight the questions after the last item count, from the same state as one at a time. */
    @ParameterizedTest
    @EnumSource(Architecture.class)
    void questionsMayCount(Architecture architecture) {
        TokenFormat format = TokenFormat.PAIRED;
        SequenceNetwork[] both = new SequenceNetwork[2];
        for (int i = 0; i < 2; i++) {
            both[i] = new SequenceNetwork(
                    network(architecture, format.width(2, WAY)),
                    ClassCodes.oneHot(WAY),
                    format,
                    i == 0,
                    true,
                    0.7,
                    true,
                    DType.FLOAT64);
        }
        Params theta = theta(both[0]);
        assertThat(loss(both[0], theta)).isCloseTo(loss(both[1], theta), within(1e-12));
        assertThat(loss(both[0], theta)).isNotCloseTo(loss(learner(architecture, format, true), theta), within(1e-3));
    }

    @Test
    void theStateHasItsSize() {
        long[] sizes = {2L * 2 * 2 * 4 * 10, 2 * 6, 2 * 3 * 3 + 2 * 3, 6 + 6 + 6 + 4 * 9, 2 * 4 * 2 * 3 + 3};
        for (Architecture architecture : Architecture.values()) {
            SequenceNetwork learner = learner(architecture, TokenFormat.OFFICIAL, true);
            assertThat(learner.as(CarriedState.class).orElseThrow().carried(10))
                    .as(architecture.name().toLowerCase(Locale.ROOT))
                    .isEqualTo(sizes[architecture.ordinal()]);
        }
    }

    @Test
    void sequencesBeyondThePositionsAreRefused() {
        SequenceNetwork learner = learner(Architecture.TRANSFORMER, TokenFormat.OFFICIAL, true);
        Tensor x = Tensors.zeros(DType.FLOAT64, 1, LENGTH + 2, 2);
        Sequences longer = new Sequences(x, Tensors.zeros(DType.INT64, 1, LENGTH + 2), WAY);
        assertThatThrownBy(() -> learner.begin(theta(learner), longer, USE.at(0, false)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sequences of 7 items, a question after the last included, are longer than the 6 positions"
                        + " of the network; expected shorter ones, or method.positions of at least 7");
    }

    /** Numbers are told as they are and judged by the squared error; episodes are told in random order. */
    @Test
    void itLearnsNumbersAndEpisodes() {
        RandomGenerator rng = new SplittableRandom(3);
        Tensor x = Tensors.normal(rng, DType.FLOAT32, TASKS, LENGTH, 2);
        Sequences curves = new Sequences(x, x.sin(), 0);
        var regression = InContextMethods.GPICL.learner(
                TaskKind.SEQUENCES, Options.of(SMALL), Options.of(Map.of()), TaskShape.regression(2, 2));
        Params theta = regression.metaParameters(new SplittableRandom(4));
        Lifetime<Sequences> life = new Lifetime<>(regression, theta, curves, TRAINING);
        Tensor answers = ((SequenceNetwork) regression).answers(theta, curves, USE);
        assertNear(
                life.losses(life.run(Trace.NONE), Trace.NONE),
                answers.sub(x.sin()).square().mean(1, 2),
                1e-6);

        Sequences tasks = tasks().to(DType.FLOAT32);
        Episodes episodes = tasks.episodes();
        var classes =
                InContextMethods.GPICL.learner(Options.of(SMALL), Options.of(Map.of()), TaskShape.classes(2, WAY));
        assertThat(classes).isInstanceOf(AsEpisodes.class);
        Params weights = classes.metaParameters(new SplittableRandom(4));
        Lifetime<Episodes> adapting = new Lifetime<>(classes, weights, episodes, USE);
        Passage end = adapting.run(Trace.NONE);
        assertThat(end.age()).isEqualTo(LENGTH);
        assertThat(adapting.predict(end.state(), LENGTH).shape()).containsExactly(TASKS, 3, WAY);
    }
}
