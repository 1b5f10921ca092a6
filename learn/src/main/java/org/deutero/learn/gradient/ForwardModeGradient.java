package org.deutero.learn.gradient;

import java.util.LinkedHashMap;
import java.util.Map;
import org.deutero.learn.Lifetime;
import org.deutero.learn.Trace;
import org.deutero.learn.meta.Estimate;
import org.deutero.learn.meta.MetaGradient;
import org.deutero.options.OptionsException;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.Autograd;
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
public record ForwardModeGradient(int limit) implements MetaGradient {
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
    public <T extends TaskBatch<T>> Estimate estimate(Lifetime<T> lifetime) {
        Params theta = lifetime.theta();
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
                    Lifetime<T> pass = first ? lifetime : lifetime.replay();
                    Params direction = Params.of(name, unit(parameter, i));
                    Tensor[] value = new Tensor[1];
                    Params slope = Autograd.jvp(
                            one -> {
                                Tensor end = run(pass.under(theta.with(one)));
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
    private static <T extends TaskBatch<T>> Tensor run(Lifetime<T> lifetime) {
        return lifetime.losses(lifetime.run(Trace.TANGENT), Trace.TANGENT);
    }
}
