package org.deutero.learn.evaluate;

import org.deutero.learn.Predictor;
import org.deutero.learn.StepContext;
import org.deutero.learn.capability.AdaptivePolicy;
import org.deutero.learn.capability.Agent;
import org.deutero.learn.capability.Tally;
import org.deutero.options.OptionsException;
import org.deutero.tasks.world.Foreseen;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/** How well agents do in worlds. */
public final class WorldMeasures {
    /** The sum of rewards so far, mean over copies; of a {@link AdaptivePolicy} the sum over new episodes of its policy. */
    public static final Measure<Worlds> RETURN = new Measure<>() {
        @Override
        public String name() {
            return "return";
        }

        @Override
        public boolean higherIsBetter() {
            return true;
        }

        @Override
        public Tensor outputs(Predictor<Worlds> agent, Params theta, Params phi, Worlds tasks, StepContext context) {
            return agent.as(AdaptivePolicy.class)
                    .map(learner -> learner.returns(theta, phi, tasks, context))
                    .orElseGet(() -> Worlds.returns(Agent.lives(phi)));
        }

        @Override
        public Tensor of(Tensor returns, Worlds tasks) {
            return returns.meanPerTask();
        }
    };

    /** The reward expected of the coming step under the policy softmax(preferences), at the luck that was drawn for it, mean over copies; of worlds that can foresee it. When a life is over, the mean reward that its steps have earned. */
    public static final Measure<Worlds> REWARD = new Foresight("reward", true) {
        @Override
        Tensor worth(Foreseen world, int step) {
            return world.pays(step);
        }

        @Override
        Tensor afterwards(Foreseen world, int steps, Tensor earned) {
            return earned;
        }
    };

    /** What the coming step is expected to pay less than the best action, under the policy softmax(preferences), mean over copies; of worlds that can foresee it. When a life is over, what the best action of each step is expected to pay less the reward earned, mean over steps. */
    public static final Measure<Worlds> REGRET = new Foresight("regret", false) {
        @Override
        Tensor worth(Foreseen world, int step) {
            Tensor expected = world.expected(step);
            return expected.max(1).unsqueeze(1).sub(expected);
        }

        @Override
        Tensor afterwards(Foreseen world, int steps, Tensor earned) {
            Tensor best = world.expected(0).max(1);
            for (int step = 1; step < steps; step++) {
                best = best.add(world.expected(step).max(1));
            }
            return best.div(steps).unsqueeze(1).to(earned.dtype()).sub(earned);
        }
    };

    /** The reward of a step, mean over the whole lifetime; of agents that keep a {@link Tally}. */
    public static final Measure<Worlds> MEAN_REWARD = new Counted("mean-reward", false, false);

    /** The same over the last tenth of the lifetime. */
    public static final Measure<Worlds> LATE_REWARD = new Counted("late-reward", true, false);

    /** The reward of a step with which the world ends an episode, mean over the whole lifetime; of agents that keep a {@link Tally}. */
    public static final Measure<Worlds> MEAN_TERMINAL_REWARD = new Counted("mean-terminal-reward", false, true);

    /** The same over the last tenth of the lifetime. */
    public static final Measure<Worlds> LATE_TERMINAL_REWARD = new Counted("late-terminal-reward", true, true);

    private WorldMeasures() {}

    /** What a lifetime has earned, as its agent has counted. */
    private record Counted(String name, boolean late, boolean terminal) implements Measure<Worlds> {
        @Override
        public boolean higherIsBetter() {
            return true;
        }

        @Override
        public Tensor outputs(Predictor<Worlds> agent, Params theta, Params phi, Worlds tasks, StepContext context) {
            if (!Tally.kept(phi)) {
                throw new OptionsException(
                        "measure " + name + " needs an agent that counts what it earns, such as lpg; expected return");
            }
            return terminal ? Tally.terminalReward(phi, late) : Tally.reward(phi, late);
        }

        @Override
        public Tensor of(Tensor outputs, Worlds tasks) {
            return outputs;
        }
    }

    /** What the coming step is worth under a policy. */
    private abstract static class Foresight implements Measure<Worlds> {
        private final String name;
        private final boolean higherIsBetter;

        Foresight(String name, boolean higherIsBetter) {
            this.name = name;
            this.higherIsBetter = higherIsBetter;
        }

        /** What actions are worth, [lifetimes, actions]. */
        abstract Tensor worth(Foreseen world, int step);

        /** The same of a life that is over, from the mean reward that a step has earned, [lifetimes, copies]. */
        abstract Tensor afterwards(Foreseen world, int steps, Tensor earned);

        @Override
        public String name() {
            return name;
        }

        @Override
        public boolean higherIsBetter() {
            return higherIsBetter;
        }

        @Override
        public Tensor outputs(Predictor<Worlds> agent, Params theta, Params phi, Worlds tasks, StepContext context) {
            if (!(tasks.world() instanceof Foreseen world)) {
                throw new OptionsException(
                        "measure " + name + " needs a world that tells what each action would pay, such as a bandit");
            }
            if (context.step() >= tasks.steps()) { // there is no coming step
                Tensor earned = Worlds.returns(Agent.lives(phi)).div(tasks.steps());
                return afterwards(world, tasks.steps(), earned);
            }
            Tensor policy = agent.predict(theta, phi, tasks, context).softmax(2);
            return policy.mul(worth(world, context.step()).unsqueeze(1).to(policy.dtype()))
                    .sum(2);
        }

        @Override
        public Tensor of(Tensor worth, Worlds tasks) {
            return worth.mean(1);
        }
    }
}
