package org.deutero.bench;

import java.util.Map;
import java.util.SplittableRandom;
import org.deutero.learn.Learner;
import org.deutero.learn.StepContext;
import org.deutero.learn.TaskContext;
import org.deutero.methods.Methods;
import org.deutero.options.Options;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskShape;
import org.deutero.tensor.DType;
import org.deutero.tensor.GradMode;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/** The first step of a method on one task of noise, 14x14 pixels in 10 classes, float32, without a meta-gradient; the same at every call. Its tensors live in the scope it is made in. */
final class RuleStep {
    private final Learner<Episodes> learner;
    private final Episodes task;
    private final Params theta;
    private final Params start;

    /**
     * @param method as recipes name it
     * @param options the {@code method} section of a recipe
     * @param network the {@code network} section
     * @param examples of the support set, which the step is to take at once
     */
    RuleStep(String method, Map<String, ?> options, Map<String, ?> network, int examples) {
        SplittableRandom rng = new SplittableRandom(1);
        Tensor x = Tensors.normal(rng, DType.FLOAT32, 1, examples, 1, 14, 14);
        Tensor y = Tensor.of(rng.longs(examples, 0, 10).toArray(), 1, examples);
        task = new Episodes(x, y, x, y, 10);
        learner = Methods.named(method)
                .orElseThrow()
                .learner(Options.of(options), Options.of(network), TaskShape.images(1, 14, 10));
        theta = learner.metaParameters(rng);
        start = learner.begin(theta, task, context());
    }

    private static StepContext context() {
        return TaskContext.evaluation(1, Params.EMPTY).at(0, false);
    }

    /** Takes the step; the size of the state after it, so that nothing is left out. */
    long take() {
        try (Scope s = Scope.open()) {
            return GradMode.off(
                            () -> learner.step(theta, start, task, context()).state())
                    .numel();
        }
    }
}
