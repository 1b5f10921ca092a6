package org.deutero.methods;

import java.util.ArrayList;
import java.util.List;
import org.deutero.options.Options;
import org.deutero.tensor.optim.Adam;
import org.deutero.tensor.optim.Optimizer;
import org.deutero.tensor.optim.Sgd;

/** Descent to a minimum in the {@code method} section of a recipe. */
public final class SettlingOptions {
    private SettlingOptions() {}

    private enum Course {
        CONSTANT,
        LINEAR
    }

    private enum Rule {
        SGD,
        NESTEROV,
        ADAM
    }

    /**
     * The ways to the minimum.
     *
     * @param training in meta-training
     * @param evaluation when the learner is used
     */
    public record Both(Settling training, Settling evaluation) {}

    /** One stage, or two if {@code settle-steps} are asked for. */
    public static Both of(Options o, double rate, int standardSteps) {
        Optimizer optimizer = OptimizerOptions.inner(o);
        double inner = OptimizerOptions.rate(o, rate, "step size of the inner loop");
        boolean decays = o.choice("inner-schedule", Course.CONSTANT, "course of that rate; linear ends at zero")
                == Course.LINEAR;
        int steps = o.integer("inner-steps", standardSteps, 1, 1_000_000, "steps of the inner loop in meta-training");
        int evaluationSteps =
                o.integer("evaluation-steps", steps, 0, 1_000_000, "steps of the inner loop when the learner is used");
        int settle = o.integer("settle-steps", 0, 0, 1_000_000, "steps by another rule that follow them");
        List<DescentStage> after = new ArrayList<>();
        if (settle > 0) {
            after.add(new DescentStage(
                    rule(o.choice("settle-optimizer", Rule.NESTEROV, "the other rule, momentum 0.9")),
                    o.positive("settle-rate", rate, "its step size"),
                    false,
                    settle));
        }
        return new Both(
                settling(new DescentStage(optimizer, inner, decays, steps), after),
                settling(new DescentStage(optimizer, inner, decays, evaluationSteps), after));
    }

    private static Settling settling(DescentStage first, List<DescentStage> after) {
        List<DescentStage> stages = new ArrayList<>();
        stages.add(first);
        stages.addAll(after);
        return new Settling(stages);
    }

    private static Optimizer rule(Rule rule) {
        return switch (rule) {
            case SGD -> Sgd.PLAIN;
            case NESTEROV -> new Sgd(0.9, true);
            case ADAM -> Adam.DIFFERENTIABLE;
        };
    }
}
