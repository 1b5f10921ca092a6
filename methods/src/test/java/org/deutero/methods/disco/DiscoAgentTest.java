package org.deutero.methods.disco;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.TaskContext;
import org.deutero.learn.capability.Agent;
import org.deutero.methods.InScope;
import org.deutero.tasks.arcade.Catch;
import org.deutero.tasks.world.Lifetimes;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.Autograd;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.optim.Optimizer;
import org.deutero.tensor.optim.Sgd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Small agents under a small rule on small boards. */
@ExtendWith(InScope.class)
class DiscoAgentTest {
    private static final Catch GAME = new Catch(3, 3);
    private static final DiscoWeights SIZES = new DiscoWeights(5, 6, 4, 3, 2);
    private static final DiscoRule RULE =
            new DiscoRule(new CategoricalValue(1, 1e-3, 1e-5), 0.9, 0.8, 0.9, 1e-6, 1e-12, Losses.Weights.PUBLISHED);
    private static final MetaObjective OBJECTIVE = new MetaObjective(4, 0.9, 0.3, 0.2, 0.1);
    private static final TaskContext TRAINING = TaskContext.training(7);

    private static DiscoAgent agent(int updates, Optimizer optimizer, double rate) {
        return new DiscoAgent(
                RULE,
                SIZES::init,
                new AgentNetwork(9, 3, List.of(4), 4, 5, 7),
                optimizer,
                new DiscoAgent.Updates(updates, 5, rate, 0.9),
                OBJECTIVE,
                DType.FLOAT64);
    }

    private static Worlds worlds(int steps) {
        return new Lifetimes(GAME, 3, 0, steps).sample(2, new SplittableRandom(3));
    }

    private static Params theta(DiscoAgent agent) {
        return agent.metaParameters(new SplittableRandom(4));
    }

    /** Along a direction over all weights; what is a constant by definition is held at its value. */
    @Test
    void theMetaGradientIsThatOfFiniteDifferences() {
        DiscoAgent agent = agent(1, new Sgd(0, false), 3);
        Worlds worlds = worlds(60);
        StepContext context = TRAINING.at(0, true);
        // Away from biases of 0, where rectified units have a kink.
        SplittableRandom apart = new SplittableRandom(11);
        Params theta = theta(agent).map(t -> t.add(Tensors.normal(apart, DType.FLOAT64, t.shape())));
        Params phi = agent.begin(theta, worlds, context);
        Tensor noise = Tensors.normal(new SplittableRandom(5), DType.FLOAT64, 2, 9, 3, 3);
        Tensor before = noise.slice(1, 0, 5);
        Params updated = agent.progress(theta, phi, worlds, before, context).state();
        Collection ahead = Collection.of(
                agent.network(), updated.child("agent"), worlds, Agent.lives(updated), noise.slice(1, 5, 9), 5);
        Tensor advantage = Tensors.normal(new SplittableRandom(6), DType.FLOAT64, 2, 4, 3);
        Function<Params, Tensor> loss = at -> {
            DiscoAgent.Progress made = agent.progress(at, phi, worlds, before, context);
            AgentOutputs said = agent.network().apply(made.state().child("agent"), ahead.seen());
            return OBJECTIVE.policy(said, ahead, advantage).add(made.regular()).sum();
        };
        Params leaf = theta.leaf();
        Params gradient = Autograd.gradient(loss.apply(leaf), leaf, false);
        SplittableRandom rng = new SplittableRandom(8);
        Params direction = theta.map(t -> Tensors.normal(rng, DType.FLOAT64, t.shape()));
        double h = 1e-5;
        double difference = (loss.apply(theta.addScaled(direction, h)).item()
                        - loss.apply(theta.addScaled(direction, -h)).item())
                / (2 * h);
        double slope = gradient.dot(direction).item();
        assertThat(Math.abs(slope)).isGreaterThan(1e-3);
        assertThat(slope).isCloseTo(difference, within(1e-6 * Math.abs(slope) + 1e-9));
    }

    @Test
    void whatAStepMetIsMinusItsShareOfTheMeanReward() {
        DiscoAgent agent = agent(2, new ClippedAdam(0.9, 0.999, 1e-8), 0.01);
        Worlds worlds = worlds(24); // 2 steps of 10, and one of 4
        assertThat(agent.steps(worlds)).isEqualTo(3);
        Params theta = theta(agent);
        for (boolean differentiable : new boolean[] {false, true}) {
            Params phi = agent.begin(theta, worlds, TRAINING.at(0, differentiable));
            Tensor losses = Tensors.zeros(DType.FLOAT64, 2);
            for (int t = 0; t < 3; t++) {
                Step step = agent.step(theta, phi, worlds, TRAINING.at(t, differentiable));
                losses = losses.add(step.loss());
                phi = step.state();
            }
            double[] returns = Worlds.returns(Agent.lives(phi)).mean(1).doubles();
            for (int l = 0; l < 2; l++) {
                assertThat(losses.doubles()[l]).isCloseTo(-returns[l] / 24, within(1e-12));
            }
        }
    }

    @Test
    void differentiableStepsComputeTheSameNumbers() {
        DiscoAgent agent = agent(2, new ClippedAdam(0.9, 0.999, 1e-8), 0.01);
        Worlds worlds = worlds(40);
        Params theta = theta(agent);
        Params phi = agent.begin(theta, worlds, TRAINING.at(0, false));
        // Noise of a step that looks ahead is drawn with that of the look: compare what does not act.
        Tensor noise = Tensors.normal(new SplittableRandom(9), DType.FLOAT64, 2, 10, 3, 3);
        Params plain =
                agent.progress(theta, phi, worlds, noise, TRAINING.at(0, false)).state();
        Params graph = agent.progress(theta.leaf(), phi, worlds, noise, TRAINING.at(0, true))
                .state();
        assertThat(graph.get("agent.z.weight").requiresGrad()).isTrue();
        assertThat(plain.get("agent.z.weight").requiresGrad()).isFalse();
        plain.forEach(
                (name, tensor) -> assertThat(graph.get(name).doubles()).as(name).containsExactly(tensor.doubles()));
    }

    @Test
    void theLookAheadIsNotLived() {
        DiscoAgent agent = agent(1, new ClippedAdam(0.9, 0.999, 1e-8), 0.01);
        Worlds worlds = worlds(40);
        Params theta = theta(agent).leaf();
        Params phi = agent.begin(theta, worlds, TRAINING.at(0, true));
        Params after = agent.step(theta, phi, worlds, TRAINING.at(0, true)).state();
        // Five steps of episodes of two.
        assertThat(Agent.lives(after).get("time").doubles()).containsOnly(1);
        assertThat(Agent.lives(after).get("episode").doubles()).containsOnly(2);
    }

    @Test
    void theFirstDirectionOfClippedAdamIsTheSign() {
        Params gradient = Params.of("w", Tensor.of(new double[] {3, -1e-3, 0}, 3));
        ClippedAdam adam = new ClippedAdam(0.9, 0.999, 1e-8);
        Optimizer.Direction first = adam.direction(gradient, adam.init(gradient), gradient, 0);
        double[] d = first.direction().get("w").doubles();
        assertThat(d[0]).isCloseTo(1, within(1e-7));
        assertThat(d[1]).isCloseTo(-1, within(1e-4));
        assertThat(d[2]).isZero();
        // After a thousand steps without gradient, Adam would move by 2.5.
        double[] late = adam.direction(gradient, adam.init(gradient), gradient, 1000)
                .direction()
                .get("w")
                .doubles();
        assertThat(late).containsExactly(1, -1, 0);
    }

    @Test
    void noDerivativeReachesThroughTheSecondMoment() {
        Params state = Params.builder()
                .put("m.w", Tensor.of(new double[] {0.1}, 1))
                .put("v.w", Tensor.of(new double[] {4}, 1))
                .build();
        Params gradient = Params.of("w", Tensor.of(new double[] {0.5}, 1)).leaf();
        Tensor moved = new ClippedAdam(0.9, 0.999, 1e-8)
                .direction(gradient, state, gradient, 3)
                .direction()
                .get("w");
        double slope = Autograd.gradient(moved.sum(), gradient, false).get("w").item();
        double v = 0.999 * 4 + 0.001 * 0.25;
        double root = Math.sqrt(v / (1 - Math.pow(0.999, 4))) + 1e-8;
        assertThat(slope).isCloseTo(0.1 / (1 - Math.pow(0.9, 4)) / root, within(1e-12));
    }
}
