package org.deutero.learn.gradient;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.deutero.learn.Capability;
import org.deutero.learn.Learner;
import org.deutero.learn.Lifetime;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.TaskContext;
import org.deutero.learn.capability.ExampleWeighting;
import org.deutero.learn.meta.Estimate;
import org.deutero.learn.meta.MetaGradient;
import org.deutero.options.OptionsException;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.Autograd;
import org.deutero.tensor.GradMode;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;

/**
 * The exact gradient of one step on weighted examples, without a second derivative of the network.
 *
 * <p>The step follows g = sum_i a_i(theta) grad l_i(phi). With q = d(meta-loss) / dg, which is -alpha grad F at the end of the step for plain descent, the gradient is sum_i G_i da_i / dtheta with G_i = &lt;q, grad l_i(phi)&gt;: the directional derivatives of all losses along q, by one pass in forward
 * mode or by a difference. What theta does in the update and in the meta-loss themselves is added. Where q is zero, as in layers whose gate is shut (Xu, Zhu, Jiang, Yang 2021), nothing is propagated.
 *
 * @param tangent how the directional derivatives are taken
 * @param scale norm of the displacement for differences
 * @param layers the last so many layers of the model that the gradient passes through, as FaMUS has it with a fixed gate; 0 for all, which is exact
 */
public record ExampleWeights(Tangent tangent, double scale, int layers) implements MetaGradient {
    /** By forward mode. */
    public static final ExampleWeights EXACT = new ExampleWeights(Tangent.FORWARD, 0.01, 0);

    /** How directional derivatives are taken. */
    public enum Tangent {
        /** Forward mode: exact. */
        FORWARD,
        /** A central difference of two plain passes. */
        DIFFERENCE
    }

    /** Checks the displacement. */
    public ExampleWeights {
        if (!(scale > 0)) {
            throw new IllegalArgumentException("a displacement has a positive norm, not " + scale);
        }
        if (layers < 0) {
            throw new IllegalArgumentException("a gradient passes through a number of layers, not " + layers);
        }
    }

    /** Through the last layers only. */
    public static ExampleWeights last(int layers) {
        return new ExampleWeights(Tangent.FORWARD, 0.01, layers);
    }

    /** Whether nothing is left out, nor approximated. */
    public boolean isExact() {
        return tangent == Tangent.FORWARD && layers == 0;
    }

    @Override
    public String name() {
        return "example-weights";
    }

    @Override
    public String describe() {
        return (tangent == Tangent.FORWARD ? "exact gradient" : "gradient, exact up to a central difference,")
                + " of one step on weighted examples, by directional derivatives of their losses in place of second derivatives"
                + (layers == 0
                        ? ""
                        : "; only the last " + (layers == 1 ? "layer" : layers + " layers") + " of the model count");
    }

    @Override
    public String cost() {
        return "memory 2 P + 2 a, time 4 c";
    }

    @Override
    public Optional<String> misfit(Learner<?> learner) {
        return learner.as(ExampleWeighting.class).isPresent()
                ? Optional.empty()
                : Optional.of("it does not learn weights of training examples");
    }

    @Override
    public <T extends TaskBatch<T>> Estimate estimate(Lifetime<T> lifetime) {
        require(lifetime.learner());
        Optional<ExampleWeighting<T>> able = Capability.of(lifetime.learner(), ExampleWeighting.class);
        ExampleWeighting<T> learner = able.orElseThrow();
        if (lifetime.steps() != 1) {
            throw new OptionsException("meta-gradient " + name() + " is that of one step, not of " + lifetime.steps());
        }
        T tasks = lifetime.tasks();
        TaskContext context = lifetime.context();
        try (Scope s = Scope.open()) {
            Params theta = lifetime.theta().leaf();
            Params start =
                    learner.begin(theta.detach(), tasks, context.at(0, false)).detach();
            Params weights = learner.weights(start).leaf();
            Tensor losses = learner.exampleLosses(theta.detach(), start.with(weights), tasks, context.at(0, false));
            Tensor examples = learner.exampleWeights(theta, losses.detach(), tasks, context.at(0, true));
            Params gradient = Autograd.gradient(losses.mul(examples.detach()).sum(), weights, false)
                    .leaf();

            Params direct = lifetime.theta().leaf();
            Set<String> open = open(gradient);
            // What is shut off has no graph, so that the way back ends where the first open layer begins.
            Params through =
                    gradient.with(gradient.filter(name -> !open.contains(name)).detach());
            Step step = learner.update(direct, start, through, tasks, context.at(0, true));
            Tensor last = learner.metaLoss(direct, step.state(), tasks, context.at(1, true));
            Tensor all = step.loss() == null ? last : last.add(step.loss());
            Params slopes = Autograd.gradient(all.sum(), gradient.under("step").with(direct.under("theta")), false);

            Params towards = slopes.child("step").filter(name -> moves(slopes.get("step." + name)));
            Params result = slopes.child("theta");
            if (!towards.isEmpty()) {
                // What these passes observe has been observed already.
                StepContext again = context.replay().at(0, false);
                Tensor along = along(learner, theta.detach(), start, towards, tasks, again);
                result = result.add(Autograd.gradient(examples.mul(along).sum(), theta, false));
            }
            return new Estimate(s.keep(all.detach()), s.keep(result));
        }
    }

    /** The tensors of the last layers. */
    private Set<String> open(Params weights) {
        List<String> all =
                weights.names().stream().map(ExampleWeights::layer).distinct().toList();
        Set<String> last = new HashSet<>(layers == 0 ? all : all.subList(Math.max(0, all.size() - layers), all.size()));
        return weights.names().stream()
                .filter(name -> last.contains(layer(name)))
                .collect(Collectors.toSet());
    }

    private static String layer(String tensor) {
        int end = tensor.lastIndexOf('.');
        return end < 0 ? tensor : tensor.substring(0, end);
    }

    private static boolean moves(Tensor direction) {
        return direction.abs().sum().item() != 0;
    }

    /** Directional derivatives of the examples' losses, [tasks, examples]; weights that do not move are left out. */
    private <T extends TaskBatch<T>> Tensor along(
            ExampleWeighting<T> learner, Params theta, Params start, Params towards, T tasks, StepContext context) {
        Params moving = start.filter(towards::has);
        if (tangent == Tangent.FORWARD) {
            return Autograd.jvp(
                            at -> Params.of("losses", plain(learner, theta, start.with(at), tasks, context)),
                            moving,
                            towards)
                    .get("losses");
        }
        double step = scale / towards.norm();
        Tensor ahead = plain(learner, theta, start.with(moving.addScaled(towards, step)), tasks, context);
        Tensor behind = plain(learner, theta, start.with(moving.addScaled(towards, -step)), tasks, context);
        return ahead.sub(behind).mul(0.5 / step);
    }

    private static <T extends TaskBatch<T>> Tensor plain(
            ExampleWeighting<T> learner, Params theta, Params phi, T tasks, StepContext context) {
        return GradMode.off(() -> learner.exampleLosses(theta, phi, tasks, context));
    }
}
