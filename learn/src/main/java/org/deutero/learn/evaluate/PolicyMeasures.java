package org.deutero.learn.evaluate;

import java.util.Optional;
import org.deutero.learn.Predictor;
import org.deutero.learn.StepContext;
import org.deutero.learn.capability.Agent;
import org.deutero.learn.capability.FurtherEpisode;
import org.deutero.options.OptionsException;
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
                throw new OptionsException(
                        "measure expected-reward needs a world in which it is known what actions are worth, such as"
                                + " continuous-bandit");
            }
            Tensor action = agent.predict(theta, phi, tasks, context);
            return world.value(tasks.observe(Agent.lives(phi), context.step()), action);
        }
    };

    /** The sum of rewards in a {@link FurtherEpisode}, in which the agent does what it prefers and learns nothing, mean over copies; of agents whose preferences depend on what they see at the moment. */
    public static final Measure<Worlds> POLICY_RETURN = new OfPolicy("policy-return") {
        @Override
        public Optional<String> misfit(Predictor<Worlds> agent) {
            return FurtherEpisode.misfit(agent);
        }

        @Override
        public Tensor outputs(Predictor<Worlds> agent, Params theta, Params phi, Worlds tasks, StepContext context) {
            FurtherEpisode.misfit(agent).ifPresent(reason -> {
                throw new OptionsException("measure policy-return cannot judge this learner: " + reason);
            });
            return FurtherEpisode.play(agent, theta, phi, tasks, context.task(), (lives, step) -> {});
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
