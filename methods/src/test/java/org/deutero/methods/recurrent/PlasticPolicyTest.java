package org.deutero.methods.recurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.deutero.methods.TestTasks.assertNear;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.deutero.learn.Lifetime;
import org.deutero.learn.TaskContext;
import org.deutero.learn.capability.PolicyLearner;
import org.deutero.learn.reinforcement.Advantages;
import org.deutero.learn.reinforcement.PolicyGradient;
import org.deutero.learn.reinforcement.PolicyLoss;
import org.deutero.learn.reinforcement.Trials;
import org.deutero.methods.InScope;
import org.deutero.methods.TestTasks;
import org.deutero.options.Options;
import org.deutero.tasks.cue.CueReward;
import org.deutero.tasks.kind.TaskKind;
import org.deutero.tasks.world.Lifetimes;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every kind of plasticity in a policy: what is lived is what is gone over again, and what is plastic is learned. */
@ExtendWith(InScope.class)
class PlasticPolicyTest {
    private static final CueReward WORLD = new CueReward(4, 4, 2, 4, -1, 12);
    private static final Worlds TASKS = Lifetimes.trials(WORLD, 2, 1).sample(3, new SplittableRandom(1));

    private static PolicyLearner agent(String plasticity) {
        return (PolicyLearner) PlasticPolicyMethods.PLASTIC_POLICY.learner(
                TaskKind.WORLDS,
                Options.of(Map.of("plasticity", plasticity, "units", 6, "deviation", 0.5, "silent-policy", false)),
                Options.of(Map.of()),
                WORLD.shape());
    }

    private static Params theta(PolicyLearner agent) {
        return agent.metaParameters(new SplittableRandom(2));
    }

    private static Trials lived(PolicyLearner agent, Params theta) {
        return Trials.of(agent, new Lifetime<>(agent, theta, TASKS, TaskContext.training(3)), false);
    }

    private static Tensor again(PolicyLearner agent, Params theta, Trials trials) {
        PolicyLearner.Evaluated found = agent.evaluate(theta, trials.tree().child("shown"));
        return Tensors.stack(List.of(found.policy().logProbability(trials.get("action")), found.value()), 2);
    }

    @Test
    void goingOverTrialsIsLivingThemAgain() {
        for (String plasticity : List.of("none", "unmodulated", "simple", "fan", "retroactive")) {
            PolicyLearner agent = agent(plasticity);
            Params theta = theta(agent);
            Trials trials = lived(agent, theta);
            Tensor met = Tensors.stack(List.of(trials.get("log-probability"), trials.get("value")), 2);
            assertThat(met.shape()).containsExactly(6, 12, 2);
            assertNear(again(agent, theta, trials), met, 1e-5);
        }
    }

    /** Without the plastic part of connections the same trials look different from the second step on, which is the first with a trace. */
    @Test
    void tracesDecideWithTheWeights() {
        for (String plasticity : List.of("unmodulated", "simple", "fan", "retroactive")) {
            PolicyLearner agent = agent(plasticity);
            Params theta = theta(agent);
            Trials trials = lived(agent, theta);
            Params.Builder rigid = Params.builder();
            theta.forEach((name, t) -> rigid.put(name, name.endsWith("alpha") ? Tensors.zerosLike(t) : t));
            Tensor plastic = again(agent, theta, trials);
            Tensor other = again(agent, rigid.build(), trials);
            assertNear(other.slice(1, 0, 2), plastic.slice(1, 0, 2), 1e-6);
            assertThat(TestTasks.difference(other, plastic)).as(plasticity).isGreaterThan(1e-3);
        }
    }

    /** The gradient reaches what rules plasticity through the whole of a trial. */
    @Test
    void whatRulesPlasticityIsLearned() {
        PolicyGradient gradient = new PolicyGradient(
                "a2c",
                new Advantages(0.9, 1),
                PolicyGradient.Span.TRIALS,
                new PolicyLoss(0, 0.1, 0.1, PolicyLoss.ValueForm.SQUARED, PolicyLoss.EntropyForm.SQUARES),
                false,
                1);
        for (String plasticity : List.of("unmodulated", "simple", "fan", "retroactive")) {
            PolicyLearner agent = agent(plasticity);
            Params moved = gradient.estimate(new Lifetime<>(agent, theta(agent), TASKS, TaskContext.training(3)))
                    .gradient();
            moved.forEach((name, g) -> assertThat(g.abs().sum().item())
                    .as("%s: %s", plasticity, name)
                    .isPositive());
        }
    }
}
