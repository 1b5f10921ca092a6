package org.deutero.learn.run;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.deutero.learn.InnerGradient;
import org.deutero.learn.Predictor;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.evaluate.Evaluator;
import org.deutero.learn.evaluate.Measure;
import org.deutero.learn.gradient.adjoint.Sweep;
import org.deutero.learn.meta.Descent;
import org.deutero.learn.meta.GradientMetaAlgorithm;
import org.deutero.learn.meta.MetaAlgorithm;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.synthetic.Sinusoids;
import org.deutero.tensor.DType;
import org.deutero.tensor.Losses;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Mlp;
import org.deutero.tensor.optim.Adam;

/** A small learner for sinusoids, with noise in its steps and running statistics, to train and evaluate. */
final class Curves implements Predictor<Episodes> {
    static final Sinusoids SOURCE = Sinusoids.of(5, 5);
    private static final Mlp NET = Mlp.of(1, 8, 1);
    private final double noise;
    private final int steps;

    Curves(double noise) {
        this(noise, 2);
    }

    Curves(double noise, int steps) {
        this.noise = noise;
        this.steps = steps;
    }

    static MetaAlgorithm<Episodes> algorithm() {
        return new GradientMetaAlgorithm<>(new Curves(0.1), Sweep.ALL, Descent.of(Adam.DEFAULT, 0.01));
    }

    static Optional<Evaluator<Episodes>> validation() {
        return Optional.of(new Evaluator<>(SOURCE, Measure.SQUARED_ERROR, 7, 3, 99));
    }

    static Plan plan(long iterations, int threads) {
        return new Plan(iterations, 5, 2, threads, 11, 3, 0, 4);
    }

    @Override
    public Params metaParameters(RandomGenerator rng) {
        return NET.init(rng, DType.FLOAT32);
    }

    @Override
    public Params statistics() {
        return Params.of("mean", Tensors.zeros(DType.FLOAT32, 1));
    }

    @Override
    public Params begin(Params theta, Episodes tasks, StepContext context) {
        return context.forTasks(theta, tasks.size());
    }

    @Override
    public Step step(Params theta, Params phi, Episodes tasks, StepContext context) {
        context.observe(Params.of("mean", tasks.supportY().mean(1)));
        Tensor x = noise == 0
                ? tasks.supportX()
                : tasks.supportX()
                        .add(Tensors.normal(
                                        context.random(),
                                        DType.FLOAT32,
                                        tasks.supportX().shape())
                                .mul(noise));
        InnerGradient.Loss loss = (th, w) -> Losses.squaredError(NET.apply(w, x), tasks.supportY());
        return Step.of(phi.addScaled(InnerGradient.of(loss, theta, phi, context).gradient(), -0.02));
    }

    @Override
    public int steps(Episodes tasks) {
        return steps;
    }

    @Override
    public Tensor metaLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
        return Losses.squaredError(predict(theta, phi, tasks, context), tasks.queryY());
    }

    @Override
    public Tensor predict(Params theta, Params phi, Episodes tasks, StepContext context) {
        return NET.apply(phi, tasks.queryX());
    }

    @Override
    public int evaluationSteps(Episodes tasks) {
        return 3;
    }
}
