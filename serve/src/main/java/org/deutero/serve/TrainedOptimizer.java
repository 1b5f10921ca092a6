package org.deutero.serve;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.deutero.learn.Learner;
import org.deutero.learn.Seeds;
import org.deutero.learn.capability.OptimizerLearner;
import org.deutero.tasks.DataException;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.optim.Optimizer;

/**
 * A meta-trained optimiser, for weights of any names, shapes and floating-point type. A value without native memory: there is nothing to close, and threads may share it.
 *
 * <p>Its directions are whole steps, so that a rate of 1 is what it was trained for. Slots are a tree of tensors like those of any {@link Optimizer}, and the number of the step, from 0, is part of what it is told.
 *
 * <pre>{@code
 * Optimizer optimizer = Deutero.optimizer(file);
 * Params slots = optimizer.init(weights);
 * Optimizer.Update next = optimizer.update(gradients, slots, weights, Rates.constant(1), step);
 * }</pre>
 *
 * <p>Differentiable in weights, gradients and slots; its own meta-parameters are constants.
 */
public final class TrainedOptimizer implements Optimizer {
    private final OptimizerDescription description;
    private final OptimizerLearner learner;
    private final StoredTensors theta;
    private final boolean tasks;

    private TrainedOptimizer(
            OptimizerDescription description, OptimizerLearner learner, StoredTensors theta, boolean tasks) {
        this.description = description;
        this.learner = learner;
        this.theta = theta;
        this.tasks = tasks;
    }

    /**
     * An optimiser with copies of these meta-parameters, for the weights of one training.
     *
     * @throws DataException if the description does not make a rule of descent, or one of other meta-parameters
     */
    public static TrainedOptimizer of(OptimizerDescription description, Params theta) {
        OptimizerLearner learner = description.learner();
        try (Scope s = Scope.open()) {
            fits(learner, theta);
            return new TrainedOptimizer(description, learner, new StoredTensors(theta), false);
        }
    }

    private static void fits(OptimizerLearner learner, Params theta) {
        if (!(learner instanceof Learner<?> rule)) {
            return;
        }
        Params expected = rule.metaParameters(Seeds.generator(0, "shapes"));
        boolean same = expected.names().equals(theta.names())
                && expected.names().stream()
                        .allMatch(name -> java.util.Arrays.equals(
                                expected.get(name).shape(), theta.get(name).shape()));
        if (!same) {
            throw new DataException(
                    "the meta-parameters of the optimiser are not those of its method and settings: it was made by another version, or not by this library");
        }
    }

    /** What {@link #save} wrote; {@code name} is what errors call it. */
    static TrainedOptimizer of(Artifact artifact, String name) {
        return of(ArtifactContent.optimizer(artifact, name), artifact.tensors());
    }

    /** What is known of it. */
    public OptimizerDescription description() {
        return description;
    }

    /** The same rule, told of in other words. */
    public TrainedOptimizer with(OptimizerDescription other) {
        return new TrainedOptimizer(other, learner, theta, tasks);
    }

    /** The same rule for tensors that lead with a task dimension, each task a training of its own: what inner loops need. */
    public TrainedOptimizer perTask() {
        return new TrainedOptimizer(description, learner, theta, true);
    }

    /** The meta-parameters, as tensors of the innermost open scope. */
    public Params metaParameters() {
        return theta.all();
    }

    /** The number of meta-learned numbers. */
    public long size() {
        try (Scope s = Scope.open()) {
            return theta.all().numel();
        }
    }

    @Override
    public OptionalDouble ownRate() {
        return OptionalDouble.of(1);
    }

    @Override
    public Params init(Params params) {
        return params.isEmpty() ? Params.EMPTY : rule(params).init(params);
    }

    @Override
    public Direction direction(Params gradients, Params state, Params params, long step) {
        return params.isEmpty()
                ? new Direction(gradients, state)
                : rule(params).direction(gradients, state, params, step);
    }

    private Optimizer rule(Params like) {
        Tensor first = like.values().get(0);
        return learner.optimizer(theta.like(first), tasks);
    }

    /** Writes a {@code .dtr} file, whole or not at all. */
    public void save(Path file) {
        Map<String, Object> method = new LinkedHashMap<>();
        method.put("name", description.method());
        method.put("options", description.methodOptions());
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("method", method);
        tree.put("provenance", description.provenance());
        try (Scope s = Scope.open()) {
            new Artifact(Artifact.Kind.OPTIMIZER, Map.of("optimizer", tree), theta.all()).write(file);
        }
    }

    @Override
    public String toString() {
        return "TrainedOptimizer[" + description.method() + "]";
    }
}
