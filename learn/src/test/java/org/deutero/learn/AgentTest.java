package org.deutero.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.deutero.learn.capability.Agent;
import org.deutero.learn.gradient.Unroll;
import org.deutero.learn.gradient.adjoint.Sweep;
import org.deutero.learn.meta.Estimate;
import org.deutero.tasks.mdp.RandomMdp;
import org.deutero.tasks.world.Lifetimes;
import org.deutero.tasks.world.Transition;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The lives of an agent are part of its fast state: estimators run their steps again. */
@ExtendWith(InScope.class)
class AgentTest {
    private static final RandomMdp MDP = new RandomMdp(4, 3, 5);

    /** Acts by the largest of linear preferences, which drift by what was earned; a step costs the log-probability of what was done times its reward. */
    private record Drifting() implements Agent {
        @Override
        public Params metaParameters(RandomGenerator rng) {
            return Params.of("w", Tensors.normal(rng, DType.FLOAT64, 4, 3));
        }

        @Override
        public Params begin(Params theta, Worlds tasks, StepContext context) {
            return Params.builder()
                    .put("w", theta.get("w").unsqueeze(0).expand(tasks.size(), -1, -1))
                    .put(WORLD, tasks.begin(DType.FLOAT64))
                    .build();
        }

        @Override
        public Step step(Params theta, Params phi, Worlds tasks, StepContext context) {
            Tensor logits = predict(theta, phi, tasks, context);
            Tensor action = logits.detach().argmax(2);
            Transition next = tasks.step(Agent.lives(phi).detach(), action, context.step());
            Tensor chosen = logits.logSoftmax(2).gather(2, action.unsqueeze(2)).squeeze(2);
            Tensor drift = next.reward().mean(1).unsqueeze(1).unsqueeze(1).mul(0.1);
            Params after = Params.builder()
                    .put("w", phi.get("w").add(phi.get("w").sin().mul(drift)))
                    .put(WORLD, next.lives())
                    .build();
            return new Step(after, next.reward().mul(chosen).mean(1).neg());
        }

        @Override
        public Tensor metaLoss(Params theta, Params phi, Worlds tasks, StepContext context) {
            return phi.get("w").square().sum(1, 2).mul(0.01);
        }

        @Override
        public Tensor predict(Params theta, Params phi, Worlds tasks, StepContext context) {
            return tasks.observe(Agent.lives(phi).detach(), context.step()).matmul(phi.get("w"));
        }
    }

    @Test
    void theSweepRunsTheSameStepsAgain() {
        Worlds worlds = Lifetimes.trials(MDP, 2, 3).sample(4, new SplittableRandom(1));
        Drifting agent = new Drifting();
        Params theta = agent.metaParameters(new SplittableRandom(2));
        Estimate graph = Unroll.FULL.estimate(agent, theta, worlds, TaskContext.training(1));
        Estimate swept = Sweep.SQRT.estimate(agent, theta, worlds, TaskContext.training(1));
        assertThat(swept.losses().doubles()).containsExactly(graph.losses().doubles(), within(1e-12));
        assertThat(swept.gradient().flatten().doubles())
                .containsExactly(graph.gradient().flatten().doubles(), within(1e-11));
        assertThat(graph.gradient().norm()).isPositive();
    }
}
