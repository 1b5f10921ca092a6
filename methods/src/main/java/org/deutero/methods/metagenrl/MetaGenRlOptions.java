package org.deutero.methods.metagenrl;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deutero.learn.Predictor;
import org.deutero.learn.reinforcement.Advantages;
import org.deutero.methods.Method.Sections;
import org.deutero.methods.OptimizerOptions;
import org.deutero.methods.td3.Actor;
import org.deutero.methods.td3.Exploration;
import org.deutero.methods.td3.PostNormMlp;
import org.deutero.methods.td3.Replay;
import org.deutero.methods.td3.Td3;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tasks.world.Actions;
import org.deutero.tasks.world.WorldShape;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.DType;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.optim.Adam;
import org.deutero.tensor.optim.ClipPerTask;
import org.deutero.tensor.optim.Optimizer;

/** Agents with deterministic policies, read from the {@code method} and {@code network} sections of a recipe. */
final class MetaGenRlOptions {
    private static final double NORM_EPSILON = 1e-5;
    private static final int MOST = 1_000_000_000;
    private static final String POLICY_CLIP = "largest norm of the gradient of a policy";

    private enum Critics {
        LEARNED,
        EXACT
    }

    private enum Loss {
        LEARNED,
        REINFORCE,
        CRITIC
    }

    private final Options o;
    private final WorldShape world;
    private final Actions.Box box;
    private final List<Integer> hidden;
    private final boolean norm;
    private final Initializer initializer;

    private MetaGenRlOptions(Sections s, WorldShape world) {
        this.o = s.method();
        this.world = world;
        if (!(world.actions() instanceof Actions.Box vectors)) {
            throw new OptionsException("deterministic policies need actions that are vectors, but this world has "
                    + world.choices() + " actions to choose from");
        }
        this.box = vectors;
        this.hidden = s.network()
                .integers("hidden", List.of(350, 350), 1, 100_000, "units of the hidden layers of policy and critics");
        this.norm = s.network().flag("norm", true, "whether hidden layers are normalised after their non-linearity");
        this.initializer = s.network()
                .choice("initializer", Initializer.XAVIER_UNIFORM, "how weights of policy and critics start");
    }

    /** MetaGenRL with learned or exact critics. */
    static Predictor<Worlds> metaGenRl(Sections s, WorldShape world) {
        MetaGenRlOptions options = new MetaGenRlOptions(s, world);
        Critics critics = options.o.choice(
                "critic",
                Critics.LEARNED,
                "who tells what actions are worth: critics of the agents' own, or the world");
        return critics == Critics.EXACT ? options.exact() : options.offPolicy(true);
    }

    /** TD3. */
    static Predictor<Worlds> td3(Sections s, WorldShape world) {
        return new MetaGenRlOptions(s, world).offPolicy(false);
    }

    private Predictor<Worlds> exact() {
        Optional<Objective> objective = objective();
        Actor actor = actor();
        ObjectiveStep step = new ObjectiveStep(
                actor,
                objective,
                o.flag(
                        "inner-total",
                        false,
                        "whether the steps of segments add up in what policies descend, or are averaged"),
                clip("inner-clip"),
                OptimizerOptions.inner(o),
                OptimizerOptions.rate(o, 0.1, "step size of policies"));
        int segment = segment(10);
        Replay replay = replay(segment, segment);
        return new ExactMetaGenRl(step, new Exploration(actor, exploration(0.5), 0, false), replay, DType.FLOAT32);
    }

    private int segment(int standard) {
        return o.integer("segment", standard, 1, 100_000, "steps of a segment");
    }

    private Predictor<Worlds> offPolicy(boolean objectives) {
        Optional<Objective> objective = objectives ? objective() : Optional.empty();
        Actor actor = actor();
        Td3 td3 = new Td3(
                actor,
                perceptron(world.observations() + box.numbers(), 1),
                o.number("discount", 0.99, 0, 1, "discount of a step"),
                o.number("smoothing", 0.2, 0, 1e9, "deviation of the noise on what the target policy does"),
                o.positive("smoothing-clip", 0.5, "largest absolute value of that noise"),
                o.number("tau", 0.005, 0, 1, "how much of the way target networks go at each update of the policy"),
                o.flag(
                        "terminal-bonus",
                        false,
                        "whether critics believe in a reward of 1 for terminating, as in the program of MetaGenRL"));
        long random =
                o.integer("random-steps", 10_000, 0, MOST, "steps of a life at whose beginning actions are uniform");
        Exploration exploration = new Exploration(
                actor,
                exploration(0.1),
                random,
                o.flag(
                        "truncation-terminates",
                        false,
                        "whether an episode that time has ended counts as terminated, as in the program of MetaGenRL"));
        int segment = segment(20);
        Replay replay =
                replay(segment, o.integer("capacity", 100_000, segment, MOST, "steps of a life that are remembered"));
        Optimizer rule = Adam.DEFAULT;
        ObjectiveStep step = new ObjectiveStep(
                actor,
                objective,
                false,
                objectives ? clip("policy-clip") : optionalClip("policy-clip", POLICY_CLIP),
                rule,
                o.positive("rate", 0.001, "step size of policies"));
        boolean learned = objective.isPresent() && objective.get() instanceof NeuralObjective;
        Optional<MetaLoss> judge = learned ? Optional.of(judge(actor, objective)) : Optional.empty();
        int delay = o.integer(
                "delay",
                Math.min(2, replay.capacity()),
                1,
                Math.min(1_000_000, replay.capacity()),
                "steps of a life from one update of the policy to the next");
        int batch = o.integer("batch", 100, 1, 1_000_000, "segments of an update");
        long criticUntil = objective.isPresent()
                ? o.integer(
                        "critic-until",
                        0,
                        0,
                        MOST,
                        "steps of a life in meta-training until which policies follow the critic alone")
                : 0;
        long objectiveFrom = objective.isPresent()
                ? o.integer(
                        "objective-from",
                        Math.max(10_000, (int) criticUntil),
                        (int) criticUntil,
                        MOST,
                        "steps of a life in meta-training from which policies follow the objective alone; shares"
                                + " change evenly in between")
                : 0;
        long judgedFrom = learned
                ? o.integer("judged-from", (int) random, 0, MOST, "steps of a life from which the objective is judged")
                : 0;
        return new OffPolicyAgent(
                td3,
                exploration,
                replay,
                step,
                judge,
                rule,
                o.positive("critic-rate", 0.001, "step size of critics"),
                new Pace(delay, batch, judgedFrom, criticUntil, objectiveFrom),
                DType.FLOAT32);
    }

    private MetaLoss judge(Actor actor, Optional<Objective> objective) {
        ObjectiveStep virtual = new ObjectiveStep(
                actor,
                objective,
                o.flag(
                        "inner-total",
                        true,
                        "whether the steps of segments add up in what virtual steps descend, or are averaged"),
                optionalClip("inner-clip", "largest norm of the gradient of a virtual step"),
                OptimizerOptions.inner(o),
                OptimizerOptions.rate(o, 0.001, "size of a virtual step"));
        return new MetaLoss(
                virtual, o.integer("inner-steps", 1, 1, 1000, "virtual steps after which the objective is judged"));
    }

    private ClipPerTask clip(String key) {
        return new ClipPerTask(o.positive(key, 1, POLICY_CLIP));
    }

    private ClipPerTask optionalClip(String key, String description) {
        return o.optionalNumber(key, Double.MIN_VALUE, Double.MAX_VALUE, description)
                .map(ClipPerTask::new)
                .orElse(ClipPerTask.NONE);
    }

    private double exploration(double standard) {
        return o.number(
                "exploration", standard, 0, 1e9, "deviation of the noise on what policies do, in units of actions");
    }

    private Replay replay(int segment, int capacity) {
        return new Replay(world.observations(), box.numbers(), capacity, segment);
    }

    private Actor actor() {
        return new Actor(perceptron(world.observations(), box.numbers()), box.bound());
    }

    private PostNormMlp perceptron(int inputs, int outputs) {
        List<Integer> sizes = new ArrayList<>(List.of(inputs));
        sizes.addAll(hidden);
        sizes.add(outputs);
        return new PostNormMlp(sizes, PostNormMlp.Hidden.RELU, norm, true, NORM_EPSILON, initializer);
    }

    private Optional<Objective> objective() {
        return switch (o.choice(
                "objective",
                Loss.LEARNED,
                "what policies descend: the learned objective, squared distances times advantages, or minus what the"
                        + " critic says")) {
            case LEARNED ->
                Optional.of(NeuralObjective.of(
                        units("action-units", List.of(32, 32, 32), "layers that see an action's numbers"),
                        units(
                                "input-units",
                                List.of(32, 32, 8),
                                "layers that see rewards, time and values, the output included"),
                        o.integer("lstm-units", 32, 1, 100_000, "units of the LSTM that reads backwards"),
                        units("output-units", List.of(32, 32), "hidden layers behind the LSTM"),
                        o.choice(
                                "objective-initializer",
                                Initializer.XAVIER_UNIFORM,
                                "how weights of the objective start")));
            case REINFORCE ->
                Optional.of(new ReinforceObjective(new Advantages(
                        o.number("advantage-discount", 0.99, 0, 1, "discount of advantages"),
                        o.number("advantage-lambda", 0.97, 0, 1, "decay of the trace of advantages"))));
            case CRITIC -> Optional.empty();
        };
    }

    private List<Integer> units(String key, List<Integer> standard, String description) {
        return o.integers(key, standard, 1, 100_000, "units of the " + description);
    }
}
