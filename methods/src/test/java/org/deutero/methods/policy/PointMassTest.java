package org.deutero.methods.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.deutero.learn.StepContext;
import org.deutero.learn.TaskContext;
import org.deutero.learn.meta.Descent;
import org.deutero.learn.meta.MetaState;
import org.deutero.learn.reinforcement.Advantages;
import org.deutero.learn.reinforcement.ProximalAlgorithm;
import org.deutero.learn.reinforcement.ProximalUpdates;
import org.deutero.learn.run.Plan;
import org.deutero.learn.run.Trainer;
import org.deutero.methods.InScope;
import org.deutero.tasks.control.Aim;
import org.deutero.tasks.control.PointMass;
import org.deutero.tasks.world.Lifetimes;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.nn.Activation;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.Mlp;
import org.deutero.tensor.optim.Adam;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A mass that does not know which way to go: one update must tell it. */
@ExtendWith(InScope.class)
class PointMassTest {
    private static final int HORIZON = 10;

    private static PolicyMaml learner() {
        PointMass world = new PointMass(Aim.DIRECTION, HORIZON);
        PolicyNetwork policy = new PolicyNetwork(
                new Mlp(List.of(4, 8, 2), Activation.TANH, Initializer.XAVIER_UNIFORM),
                world.shape().actions(),
                0,
                DType.FLOAT32);
        Judge judge = new Judge(new Advantages(0.99, 1), Optional.of(new TimePolynomial(1e-5)), true);
        return new PolicyMaml(policy, judge, Estimator.SURROGATE, new Practice(1, 20, 0.5));
    }

    private static double after(PolicyMaml learner, Params theta) {
        Lifetimes lives = new Lifetimes(new PointMass(Aim.DIRECTION, HORIZON), 1, 1, HORIZON);
        Worlds tasks = lives.sample(40, new SplittableRandom(9));
        StepContext context = TaskContext.training(3).at(0, false);
        return -learner.losses(learner.experience(theta, tasks, context)).mean().item();
    }

    @Test
    void proximalUpdatesTeachToFollowOneUpdate() {
        PolicyMaml learner = learner();
        ProximalAlgorithm algorithm =
                new ProximalAlgorithm(learner, new ProximalUpdates(0.2, 5), Descent.of(Adam.DEFAULT, 0.03));
        Lifetimes lives = new Lifetimes(new PointMass(Aim.DIRECTION, HORIZON), 1, 1, HORIZON);
        double start = after(learner, learner.metaParameters(new SplittableRandom(1)));
        try (Scope s = Scope.open()) {
            MetaState end = Trainer.builder(algorithm, lives, new Plan(10, 10, 10, 1, 1, 0, 0, 0))
                    .build()
                    .train();
            double trained = after(learner, end.theta());
            end.close();
            assertThat(trained).isGreaterThan(start + 2);
        }
    }
}
