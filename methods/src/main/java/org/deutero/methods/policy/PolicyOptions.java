package org.deutero.methods.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deutero.learn.Predictor;
import org.deutero.learn.reinforcement.Advantages;
import org.deutero.methods.Method.Sections;
import org.deutero.options.Options;
import org.deutero.tasks.world.Actions;
import org.deutero.tasks.world.WorldShape;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.DType;
import org.deutero.tensor.nn.Activation;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.Mlp;
import org.deutero.tensor.nn.Network;

/** MAML in worlds, as recipes describe it. */
public final class PolicyOptions {
    private static final int MOST = 100_000;

    private PolicyOptions() {}

    /** A policy that is meta-trained through its updates. */
    public static Predictor<Worlds> maml(Sections s, WorldShape world) {
        Options o = s.method();
        int steps = o.integer("inner-steps", 1, 1, MOST, "policy-gradient steps in meta-training");
        return learner(s, world, steps);
    }

    /** A policy that is trained on all tasks at once, and updated only when it is used. */
    public static Predictor<Worlds> joint(Sections s, WorldShape world) {
        return learner(s, world, 0);
    }

    private static PolicyMaml learner(Sections s, WorldShape world, int steps) {
        Options o = s.method();
        return new PolicyMaml(policy(s, world), judge(o), estimator(o, steps), practice(o, steps));
    }

    private static PolicyNetwork policy(Sections s, WorldShape world) {
        Options n = s.network();
        List<Integer> sizes = new ArrayList<>();
        sizes.add(world.observations());
        sizes.addAll(n.integers("hidden", List.of(100, 100), 1, MOST, "units of the hidden layers"));
        sizes.add(world.actions().outputs());
        Network network = new Mlp(
                sizes,
                n.choice("activation", Activation.RELU, "non-linearity between layers"),
                n.choice("initializer", Initializer.XAVIER_UNIFORM, "how weights start"));
        boolean vectors = world.actions() instanceof Actions.Box;
        double logStd = vectors
                ? s.method().number("log-std", 0, -10, 10, "where logarithms of the deviations of actions start")
                : 0;
        return new PolicyNetwork(network, world.actions(), logStd, DType.FLOAT32);
    }

    private static Judge judge(Options o) {
        Advantages advantages = new Advantages(
                o.number("gamma", 0.99, 0, 1, "discount of a step"),
                o.number("lambda", 1, 0, 1, "of advantages: 0 for one step, 1 for all rewards to come"));
        boolean baseline = o.flag("baseline", true, "whether a time-polynomial baseline is fitted to each update");
        return new Judge(
                advantages,
                baseline
                        ? Optional.of(new TimePolynomial(
                                o.positive("ridge", 1e-5, "added to the diagonal of the baseline's equations")))
                        : Optional.empty(),
                o.flag("standardise", true, "whether advantages of a task get mean 0 and deviation 1"));
    }

    private static Estimator estimator(Options o, int steps) {
        return steps == 0
                ? Estimator.SURROGATE
                : o.choice(
                        "estimator",
                        Estimator.SURROGATE,
                        "which derivatives of inner sampling are kept: surrogate, second derivatives of"
                                + " log-probabilities, as published; dice, the Hessian of the expected return; e-maml, how"
                                + " inner episodes lead to the return after them");
    }

    private static Practice practice(Options o, int steps) {
        double rate = o.positive("inner-rate", 0.5, "step size of an update");
        int trajectories = o.integer("trajectories", 20, 1, MOST, "episodes of an update");
        return new Practice(
                steps,
                trajectories,
                rate,
                o.integer("evaluation-steps", Math.max(1, steps), 0, MOST, "updates when the learner is used"),
                o.integer("evaluation-trajectories", trajectories, 1, MOST, "episodes of an update when it is used"),
                o.positive("later-inner-rate", rate / 2, "step size of all updates but the first when it is used"));
    }
}
