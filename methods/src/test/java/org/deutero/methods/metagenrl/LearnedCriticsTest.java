package org.deutero.methods.metagenrl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.deutero.learn.Lifetime;
import org.deutero.learn.TaskContext;
import org.deutero.learn.Trace;
import org.deutero.learn.gradient.TruncatedBackpropagation;
import org.deutero.methods.InScope;
import org.deutero.methods.td3.Actor;
import org.deutero.methods.td3.Exploration;
import org.deutero.methods.td3.PostNormMlp;
import org.deutero.methods.td3.Replay;
import org.deutero.methods.td3.Td3;
import org.deutero.tasks.control.PointNavigation;
import org.deutero.tasks.world.Lifetimes;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.optim.Adam;
import org.deutero.tensor.optim.ClipPerTask;
import org.deutero.tensor.optim.Sgd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What critics that agents learn say of an objective, in double precision. */
@ExtendWith(InScope.class)
class LearnedCriticsTest {
    private static final PointNavigation POINTS = new PointNavigation(0.5, 1, 6);

    private final Worlds tasks = new Lifetimes(POINTS, 1, 0, 16).sample(2, new SplittableRandom(1));
    private final Actor actor = new Actor(network(POINTS.shape().observations(), 2), 1);
    private final OffPolicyAgent agent = agent(1e-3);

    private static PostNormMlp network(int inputs, int outputs) {
        return new PostNormMlp(List.of(inputs, 6, outputs), PostNormMlp.Hidden.RELU, true, true, 1e-5);
    }

    /** Policies follow critics alone, so that nothing but the judgement depends on the objective. */
    private OffPolicyAgent agent(double rate) {
        int seen = POINTS.shape().observations();
        Optional<Objective> objective = Optional.of(
                NeuralObjective.of(List.of(4, 4), List.of(4, 2), 4, List.of(4), Initializer.XAVIER_UNIFORM));
        return new OffPolicyAgent(
                new Td3(actor, network(seen + 2, 1), 0.99, 0.2, 0.5, 0.005, false),
                new Exploration(actor, 0.3, 4, false),
                new Replay(seen, 2, 16, 4),
                new ObjectiveStep(actor, objective, false, new ClipPerTask(1), Adam.DEFAULT, rate),
                Optional.of(
                        new MetaLoss(new ObjectiveStep(actor, objective, true, ClipPerTask.NONE, Sgd.PLAIN, 1e-2), 1)),
                Adam.DEFAULT,
                1e-3,
                new Pace(2, 5, 4, 1000, 2000),
                DType.FLOAT64);
    }

    @Test
    void metaGradientsThroughLearnedCriticsAreSlopes() {
        SplittableRandom rng = new SplittableRandom(2);
        Params theta = agent.metaParameters(rng);
        Params along = theta.map(t -> Tensors.normal(rng, DType.FLOAT64, t.shape()));
        TaskContext context = TaskContext.training(3);
        Params gradient = new TruncatedBackpropagation(1)
                .estimate(agent, theta, tasks, context)
                .gradient();
        double slope = gradient.dot(along).item();
        double h = 1e-6;
        double difference =
                (loss(theta.addScaled(along, h), context) - loss(theta.addScaled(along, -h), context)) / (2 * h);
        assertThat(gradient.norm()).isGreaterThan(1e-4);
        assertThat(Math.abs(slope)).isGreaterThan(1e-5);
        assertThat(slope).isCloseTo(difference, within(1e-4 * Math.abs(difference)));
    }

    private double loss(Params theta, TaskContext context) {
        Lifetime<Worlds> life = new Lifetime<>(agent, theta, tasks, context);
        return life.losses(life.run(Trace.NONE), Trace.NONE).sum().item();
    }

    /** Policies that do the same wherever they are, and hardly move: how far they are from their bounds is known. */
    @Test
    void saturationSaysHowCloseActionsAreToTheirBounds() {
        OffPolicyAgent still = agent(1e-12);
        Params theta = still.metaParameters(new SplittableRandom(2));
        for (double[] before : new double[][] {{0, 0}, {0.5, -0.5}, {-20, 20}, {20, 0}}) {
            List<Double> reported = new ArrayList<>();
            TaskContext context = TaskContext.training(3, 0, Params.EMPTY, values -> {
                if (values.has("report.saturation")) {
                    Arrays.stream(values.get("report.saturation").doubles()).forEach(reported::add);
                }
            });
            Params phi = still.begin(theta, tasks, context.at(0, false));
            Tensor weight = phi.get("agent.actor.l1.weight");
            phi = phi.with(Params.builder()
                    .put("agent.actor.l1.weight", Tensors.zerosLike(weight))
                    .put(
                            "agent.actor.l1.bias",
                            Tensor.of(new double[] {before[0], before[1], before[0], before[1]}, 2, 2))
                    .build());
            for (int step = 0; step < 4; step++) {
                phi = still.step(theta, phi, tasks, context.at(step, false)).state();
            }
            double mean = (Math.abs(Math.tanh(before[0])) + Math.abs(Math.tanh(before[1]))) / 2;
            assertThat(reported).hasSize(6).allSatisfy(s -> assertThat(s).isCloseTo(mean, within(1e-8)));
        }
    }
}
