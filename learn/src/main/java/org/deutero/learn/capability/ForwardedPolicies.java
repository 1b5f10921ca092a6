package org.deutero.learn.capability;

import java.util.function.Function;
import org.deutero.learn.StepContext;
import org.deutero.tasks.world.Transition;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/** Learners that act, before others. */
final class ForwardedPolicies {
    private ForwardedPolicies() {}

    static final class Acting extends ForwardedPredictor<Worlds, Agent> implements Agent {
        Acting(ForwardingLearner<Worlds> front, Agent able) {
            super(front, able);
        }
    }

    static final class Deciding extends ForwardedPredictor<Worlds, PolicyLearner> implements PolicyLearner {
        Deciding(ForwardingLearner<Worlds> front, PolicyLearner able) {
            super(front, able);
        }

        @Override
        public Params shown(Params phi, Worlds tasks, StepContext context) {
            return able.shown(phi, tasks, context);
        }

        @Override
        public Decision decide(Params theta, Params phi, Params shown, StepContext context) {
            return able.decide(front.whole(theta, context.task().ownTheta() ? lifetimes(phi) : 0), phi, shown, context);
        }

        /** Lives lead with the lifetime, as everything in a fast state does. */
        static int lifetimes(Params phi) {
            return (int) Worlds.returns(Agent.lives(phi)).size(0);
        }

        @Override
        public Params after(Decision decision, Tensor action, Transition transition, Worlds tasks) {
            return able.after(decision, action, transition, tasks);
        }

        @Override
        public Evaluated evaluate(Params theta, Params shown) {
            return able.evaluate(front.whole(theta, 0), shown);
        }

        @Override
        public Params gradient(Params theta, Params shown, Function<Evaluated, Tensor> loss) {
            return front.own(able.gradient(front.whole(theta, 0), shown, loss));
        }

        @Override
        public Tensor act(Decision decision, StepContext context) {
            return able.act(decision, context);
        }
    }

    static final class Practising extends ForwardedPredictor<Worlds, AdaptivePolicy> implements AdaptivePolicy {
        Practising(ForwardingLearner<Worlds> front, AdaptivePolicy able) {
            super(front, able);
        }

        @Override
        public Tensor returns(Params theta, Params phi, Worlds tasks, StepContext context) {
            return able.returns(whole(theta, tasks, context), phi, tasks, context);
        }

        @Override
        public Params experience(Params theta, Worlds tasks, StepContext context) {
            return able.experience(whole(theta, tasks, context), tasks, context);
        }

        @Override
        public Params relive(Params theta, Params experience, Worlds tasks, StepContext context) {
            return able.relive(whole(theta, tasks, context), experience, tasks, context);
        }

        @Override
        public Tensor surrogate(Params relived, Params experience, double clip) {
            return able.surrogate(relived, experience, clip);
        }

        @Override
        public Tensor divergence(Params relived, Params experience) {
            return able.divergence(relived, experience);
        }

        @Override
        public Tensor losses(Params experience) {
            return able.losses(experience);
        }
    }
}
