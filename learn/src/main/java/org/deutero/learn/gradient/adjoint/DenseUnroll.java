package org.deutero.learn.gradient.adjoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.deutero.learn.Capability;
import org.deutero.learn.Lifetime;
import org.deutero.learn.Passage;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.Trace;
import org.deutero.learn.capability.DenseLearner;
import org.deutero.learn.meta.Estimate;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.GradMode;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.nn.dense.DenseLoss;
import org.deutero.tensor.nn.dense.DensePass;

/**
 * The exact gradient of a {@link DenseLearner} by an adjoint sweep over passes that are kept: what autograd would do on the graph of the whole inner loop, with every derivative of the network in closed form.
 *
 * @param learner who learns
 * @param lifetime its life, without graph
 * @param <T> tasks in a batch
 */
public record DenseUnroll<T extends TaskBatch<T>>(DenseLearner<T> learner, Lifetime<T> lifetime) {
    /** Of a life; empty if its learner's inner loss is none of a dense network. */
    public static <T extends TaskBatch<T>> Optional<DenseUnroll<T>> of(Lifetime<T> lifetime) {
        Optional<DenseLearner<T>> learner = Capability.of(lifetime.learner(), DenseLearner.class);
        return learner.filter(l -> l.localRule().isEmpty() && l.dense(lifetime.tasks()))
                .map(l -> new DenseUnroll<>(l, lifetime));
    }

    /** What a step leaves for the way back. */
    private record Taken(Params phi, Params gradient, DensePass pass) {}

    /**
     * The way back as it goes on.
     *
     * @param lambda derivative by the state
     * @param theta what has been found of that by theta
     * @param fresh whether lambda is laid out densely and nobody else's, so that it may be changed in place
     */
    private record Back(Params lambda, Params theta, boolean fresh) {
        Params own() {
            return fresh ? lambda : lambda.map(t -> t.contiguous().copy());
        }
    }

    /** The estimate, in the innermost open scope. */
    public Estimate estimate() {
        try (Scope s = Scope.open()) {
            Lifetime<T> constant = lifetime.detach();
            List<Taken> taken = new ArrayList<>();
            Passage end = GradMode.off(() -> forward(constant, taken));
            Tensor losses;
            Back back;
            Optional<DenseLoss> last = learner.denseMetaLoss(
                    constant.theta(),
                    end.state(),
                    constant.tasks(),
                    constant.context().at(end.age(), false));
            if (last.isPresent()) {
                DensePass pass = last.get().pass();
                losses = pass.losses();
                back = divided(end.state(), pass.gradient(name -> true));
            } else {
                Adjoint adjoint = Adjoint.ofMetaLoss(constant, end.state(), end.age());
                losses = adjoint.losses();
                back = new Back(adjoint.lambda(), adjoint.gradient(), false);
            }
            for (int t = taken.size() - 1; t >= 0; t--) {
                back = over(taken.get(t), constant.context().replay().at(t, true), back);
            }
            Params gradient = throughBeginning(constant, back);
            return new Estimate(LifetimeLoss.of(losses, end.loss()), gradient).keep(s);
        }
    }

    /** The adjoint before step {@code t}, whose pass is taken again, from the one after it. */
    Adjoint through(Params phi, int t, Adjoint after) {
        Lifetime<T> constant = lifetime.detach().replay();
        StepContext at = constant.context().at(t, false);
        DensePass pass = learner.denseInnerLoss(constant.theta(), phi, constant.tasks(), at)
                .pass();
        Params gradient = learner.plainRate(at).isPresent() ? Params.EMPTY : pass.gradient(learner.weights(phi)::has);
        Back before = over(
                new Taken(phi, gradient, pass),
                constant.context().at(t, true),
                new Back(after.lambda(), after.gradient(), false));
        return new Adjoint(after.losses(), before.lambda, before.theta.map(Tensor::detach));
    }

    private Passage forward(Lifetime<T> constant, List<Taken> taken) {
        Passage now = constant.start(Trace.NONE);
        int steps = constant.steps();
        while (now.age() < steps) {
            StepContext at = constant.context().at(now.age(), false);
            Params phi = now.state();
            DensePass pass = learner.denseInnerLoss(constant.theta(), phi, constant.tasks(), at)
                    .pass();
            Params weights = learner.weights(phi);
            OptionalDouble rate = learner.plainRate(at);
            if (rate.isPresent()) {
                Params after = pass.descended(weights::has, rate.getAsDouble());
                taken.add(new Taken(phi, Params.EMPTY, pass));
                now = now.after(Step.of(phi.with(after)));
            } else {
                Params gradient = pass.gradient(weights::has);
                taken.add(new Taken(phi, gradient, pass));
                now = now.after(learner.update(constant.theta(), phi, gradient, constant.tasks(), at));
            }
        }
        return now;
    }

    /** What is derived by the fast state, zero where nothing is said, and by theta, where anything is said. */
    private Back divided(Params phi, Params gradient) {
        Params known = gradient.filter(phi::has);
        Params unknown = phi.filter(name -> !known.has(name));
        return new Back(
                unknown.isEmpty()
                        ? known
                        : phi.map(t -> t).with(unknown.zerosLike()).with(known),
                gradient.filter(name -> !phi.has(name) && lifetime.theta().has(name)),
                true);
    }

    private Back over(Taken step, StepContext at, Back after) {
        OptionalDouble rate = learner.plainRate(at);
        if (rate.isPresent()) {
            Params lambda = after.own();
            Params others = step.pass.ascend(learner.weights(lambda), rate.getAsDouble());
            return plus(lambda, after.theta, others, true);
        }
        Params through = throughUpdate(step, at, after);
        return plus(
                through.child("z"),
                sum(after.theta, through.child("theta")),
                step.pass.curvature(through.child("u")),
                false);
    }

    /** Adds second derivatives to both parts. */
    private Back plus(Params lambda, Params theta, Params products, boolean fresh) {
        Params fast = products.filter(lambda::has);
        Params shared =
                products.filter(name -> !lambda.has(name) && lifetime.theta().has(name));
        return new Back(lambda.with(lambda.filter(fast::has).add(fast)), sum(theta, shared), fresh);
    }

    /** The sum of two trees; what only one has is as it is there. */
    private static Params sum(Params a, Params b) {
        return a.with(b).with(a.filter(b::has).add(b.filter(a::has)));
    }

    /** Cotangents of the update's three arguments: {@code u}, {@code z}, {@code theta}. */
    private Params throughUpdate(Taken taken, StepContext at, Back after) {
        try (Scope s = Scope.open()) {
            return GradMode.on(() -> {
                Params inputs = Params.builder()
                        .put("u", taken.gradient.leaf())
                        .put("z", taken.phi.leaf())
                        .put("theta", lifetime.theta().leaf())
                        .build();
                Step step = learner.update(
                        inputs.child("theta"), inputs.child("z"), inputs.child("u"), lifetime.tasks(), at);
                return s.keep(TapedStep.product(step, new Adjoint(null, after.lambda, Params.EMPTY), inputs));
            });
        }
    }

    private Params throughBeginning(Lifetime<T> constant, Back back) {
        if (!learner.startsAsTheta()) {
            Params zeros = constant.theta().zerosLike();
            return Adjoint.throughBeginning(constant, back.lambda, zeros.with(sum(zeros, back.theta)));
        }
        Params start = back.lambda.filter(constant.theta()::has);
        boolean own = constant.context().ownTheta();
        Params gradient = sum(back.theta, own ? start : start.map(t -> t.sum(0)));
        return constant.theta().map(t -> t).with(missing(gradient)).with(gradient);
    }

    private Params missing(Params gradient) {
        return lifetime.theta().filter(name -> !gradient.has(name)).zerosLike();
    }
}
