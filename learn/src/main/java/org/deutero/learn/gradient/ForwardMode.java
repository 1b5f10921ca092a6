package org.deutero.learn.gradient;

import java.util.LinkedHashMap;
import java.util.Map;
import org.deutero.learn.Estimate;
import org.deutero.learn.Learner;
import org.deutero.learn.MetaGradient;
import org.deutero.learn.Step;
import org.deutero.learn.TaskContext;
import org.deutero.options.OptionsException;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.Autograd;
import org.deutero.tensor.GradMode;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;

/**
 * Forward mode, also known as real-time recurrent learning (Franceschi, Donini, Frasconi, Pontil 2017, arXiv 1703.01785): Z_{t+1} = A_t Z_t + B_t is
 * carried along the inner loop, g = dF/dtheta + Z_T' dF/dphi_T. Exact.
 *
 * <p>One pass for every single meta-parameter, each with the memory of a plain inner step whatever the number of steps: for a learning rate, a weight
 * decay, a handful of numbers.
 *
 * @param limit the largest number of meta-parameters that is taken on
 */
public record ForwardMode(int limit) implements MetaGradient {
    @Override
    public String name() {
        return "forward";
    }

    @Override
    public String describe() {
        return "exact gradient in forward mode, one pass of the inner loop for each meta-parameter; memory independent of the number of steps";
    }

    @Override
    public String cost() {
        return "memory 2 P + 2 a, time 3 M T c";
    }

    @Override
    public <T extends TaskBatch<T>> Estimate estimate(Learner<T> learner, Params theta, T tasks, TaskContext context) {
        if (theta.numel() > limit) {
            throw new OptionsException(
                    "meta-gradient forward takes one pass of the inner loop for each meta-parameter, and there are "
                            + theta.numel() + "; expected at most " + limit + " (meta-gradient.limit); use sweep");
        }
        try (Scope s = Scope.open()) {
            Tensor losses = null;
            Map<String, Tensor> gradient = new LinkedHashMap<>();
            for (String name : theta.names()) {
                Tensor parameter = theta.get(name);
                double[] slopes = new double[(int) parameter.numel()];
                for (int i = 0; i < slopes.length; i++) {
                    boolean first = losses == null;
                    Params direction = Params.of(name, unit(parameter, i));
                    Tensor[] value = new Tensor[1];
                    Params slope = Autograd.jvp(
                            one -> {
                                Tensor end = run(learner, theta.with(one), tasks, first ? context : context.replay());
                                value[0] = first
                                        ? s.hold(Params.of("losses", end.detach()))
                                                .get("losses")
                                        : null;
                                return Params.of("loss", end.sum());
                            },
                            Params.of(name, parameter.detach()),
                            direction);
                    slopes[i] = slope.get("loss").item();
                    losses = first ? value[0] : losses;
                }
                gradient.put(
                        name,
                        Tensor.of(slopes, parameter.shape())
                                .to(parameter.dtype())
                                .to(parameter.device()));
            }
            return new Estimate(losses, Params.of(gradient)).keep(s);
        }
    }

    private static Tensor unit(Tensor like, int index) {
        double[] values = new double[(int) like.numel()];
        values[index] = 1;
        return Tensor.of(values, like.shape()).to(like.dtype()).to(like.device());
    }

    /** The whole inner loop, keeping one state and its tangent at a time. */
    private static <T extends TaskBatch<T>> Tensor run(Learner<T> learner, Params theta, T tasks, TaskContext context) {
        return GradMode.off(() -> {
            Params phi = learner.begin(theta, tasks, context.at(0, false));
            Tensor met = null;
            int steps = learner.steps(tasks);
            for (int t = 0; t < steps; t++) {
                Params before = phi;
                try (Scope s = Scope.open()) {
                    Step step = learner.step(theta, before, tasks, context.at(t, false));
                    phi = s.keep(step.state().constant());
                    if (step.loss() != null) {
                        met = s.keep(Sums.add(met, step.loss()).constant());
                    }
                }
                if (t > 0) {
                    before.close();
                }
            }
            return Sums.add(met, learner.metaLoss(theta, phi, tasks, context.at(steps, false)));
        });
    }
}
