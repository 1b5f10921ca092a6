package org.deutero.learn.evaluate;

import org.deutero.learn.Predictor;
import org.deutero.learn.StepContext;
import org.deutero.learn.capability.Agent;
import org.deutero.tasks.world.Actions;
import org.deutero.tasks.world.Valued;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/** How well agents would do if they went on as they are, without noise and without learning. */
public final class PolicyMeasures {
    /** What the action that an agent would take is worth where it stands, mean over copies; of worlds that know. */
    public static final Measure<Worlds> EXPECTED_REWARD = new OfPolicy("expected-reward") {
        @Override
        public Tensor outputs(Predictor<Worlds> agent, Params theta, Params phi, Worlds tasks, StepContext context) {
            if (!(tasks.world() instanceof Valued world)) {
                throw new IllegalArgumentException(
                        "measure expected-reward needs a world in which it is known what actions are worth, such as"
                                + " continuous-bandit");
            }
            Tensor action = agent.predict(theta, phi, tasks, context);
            return world.value(tasks.observe(Agent.lives(phi), context.step()), action);
        }
    };

    /** The sum of rewards in one more episode, in which the agent does what it prefers and learns nothing, mean over copies; of agents whose preferences depend on what they see at the moment. */
    public static final Measure<Worlds> POLICY_RETURN = new OfPolicy("policy-return") {
        @Override
        public Tensor outputs(Predictor<Worlds> agent, Params theta, Params phi, Worlds tasks, StepContext context) {
            int limit = tasks.world().shape().limit();
            boolean chooses = tasks.world().shape().actions() instanceof Actions.Discrete;
            Worlds episode = new Worlds(tasks.world(), tasks.seeds(), tasks.copies(), 1, limit);
            Params rest = phi.filter(name -> !name.startsWith(Agent.WORLD + "."));
            Params lives = episode.begin(Worlds.returns(Agent.lives(phi)).dtype());
            for (int t = 0; t < limit; t++) {
                Params now = rest.with(lives.under(Agent.WORLD));
                Tensor preferred =
                        agent.predict(theta, now, episode, context.task().at(t, false));
                Tensor action = chooses ? preferred.argmax(2) : preferred;
                lives = episode.step(lives, action, t).lives();
            }
            return Worlds.returns(lives);
        }
    };

    private PolicyMeasures() {}

    private abstract static class OfPolicy implements Measure<Worlds> {
        private final String name;

        OfPolicy(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public boolean higherIsBetter() {
            return true;
        }

        @Override
        public Tensor of(Tensor outputs, Worlds tasks) {
            return outputs.mean(1);
        }
    }
}
