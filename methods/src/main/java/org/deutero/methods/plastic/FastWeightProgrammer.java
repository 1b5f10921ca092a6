package org.deutero.methods.plastic;

import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.capability.Servable;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.Objective;
import org.deutero.tasks.TaskShape;
import org.deutero.tensor.DType;
import org.deutero.tensor.Functional;
import org.deutero.tensor.Losses;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.Linear;

/**
 * A slow network that programs fast weights, one association a support item (Schlag, Irie, Schmidhuber 2021, arXiv 2102.11174, section 6.1): an input is embedded, a key is made of the embedding and the target, the target itself is the
 * value, and a query is made of the embedding alone.
 *
 * <p>Meta-parameters: {@code embedding.weight} [embedding, features], {@code key}, {@code query}, and {@code rate} for rules with a write strength. Keys of all items are made at once in {@link #begin}, like features that do not
 * change, and are part of the fast state: {@code keys} [tasks, items, features], {@code strengths}; then what {@link FastWeightRule} keeps.
 *
 * @param shape of the tasks
 * @param rule how associations are written and read
 * @param map of keys and queries
 * @param embedding numbers in the embedding of an input
 * @param size of keys and queries before the map
 * @param objective SQUARED_ERROR for half the squared distance to the target, with classes as unit vectors; CROSS_ENTROPY for answers as logits
 * @param dtype of all numbers
 */
public record FastWeightProgrammer(
        TaskShape shape, FastWeightRule rule, FeatureMap map, int embedding, int size, Objective objective, DType dtype)
        implements Servable<Episodes> {
    private static final String EMBEDDING = "embedding.weight";
    private static final String KEY = "key";
    private static final String QUERY = "query";
    private static final String RATE = "rate";
    private static final String KEYS = "keys";
    private static final String STRENGTHS = "strengths";
    private static final String THETA = "theta";
    private static final String MEMORY = "memory";

    private boolean strengths() {
        return rule != FastWeightRule.ADDITIVE;
    }

    @Override
    public Params metaParameters(RandomGenerator rng) {
        Params.Builder theta = Params.builder();
        theta.put(EMBEDDING, Tensors.normal(rng, dtype, embedding, shape.features()));
        theta.put(KEY, drawn(rng, embedding + shape.outputs()));
        theta.put(QUERY, drawn(rng, embedding));
        if (strengths()) {
            theta.put(RATE, new Linear(embedding + shape.outputs(), 1, Initializer.FAN_IN_UNIFORM).init(rng, dtype));
        }
        return theta.build();
    }

    /** The authors draw weights within +-1/sqrt(size), whatever the fan-in, and biases as usual. */
    private Params drawn(RandomGenerator rng, int in) {
        double bound = 1 / Math.sqrt(size);
        double biases = 1 / Math.sqrt(in);
        return Params.builder()
                .put("weight", Tensors.uniform(rng, -bound, bound, dtype, size, in))
                .put("bias", Tensors.uniform(rng, -biases, biases, dtype, size))
                .build();
    }

    private Tensor embedded(Params theta, Tensor x) {
        Tensor flat = Functional.vectors(x).to(dtype);
        return flat.matmul(theta.get(EMBEDDING).transpose(-2, -1));
    }

    private Tensor values(Episodes tasks) {
        return tasks.classification()
                ? tasks.supportY().oneHot(tasks.way(), dtype)
                : tasks.supportY().to(dtype);
    }

    @Override
    public Params begin(Params theta, Episodes tasks, StepContext context) {
        Tensor item = Tensors.cat(List.of(embedded(theta, tasks.supportX()), values(tasks)), 2);
        Params.Builder phi = Params.builder();
        phi.put(KEYS, map.apply(Linear.apply(theta.child(KEY), item)));
        if (strengths()) {
            phi.put(STRENGTHS, Linear.apply(theta.child(RATE), item).sigmoid());
        }
        Params empty = rule.start(dtype, tasks.size(), shape.outputs(), map.width(size));
        return phi.put(MEMORY, empty.to(item.device())).build();
    }

    @Override
    public Step step(Params theta, Params phi, Episodes tasks, StepContext context) {
        int t = context.step();
        Tensor key = phi.get(KEYS).slice(1, t, t + 1);
        Tensor value = values(tasks).slice(1, t, t + 1);
        Tensor strength = strengths() ? phi.get(STRENGTHS).slice(1, t, t + 1) : null;
        return Step.of(
                phi.with(rule.write(phi.child(MEMORY), key, value, strength).under(MEMORY)));
    }

    @Override
    public int steps(Episodes tasks) {
        return tasks.supportSize();
    }

    @Override
    public Tensor metaLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
        Tensor outputs = predict(theta, phi, tasks, context);
        if (objective == Objective.CROSS_ENTROPY) {
            return objective.losses(outputs, tasks.queryY());
        }
        return tasks.classification()
                ? Losses.halfSquaredDistance(outputs, tasks.queryY().oneHot(tasks.way(), dtype))
                : Losses.halfSquaredDistance(outputs, tasks.queryY());
    }

    @Override
    public Tensor predict(Params theta, Params phi, Episodes tasks, StepContext context) {
        return recall(theta, phi.child(MEMORY), tasks.queryX());
    }

    private Tensor recall(Params theta, Params memory, Tensor x) {
        return rule.read(memory, map.apply(Linear.apply(theta.child(QUERY), embedded(theta, x))));
    }

    /** The slow network's part in answers, and the fast weights. */
    @Override
    public Params solution(Params theta, Params phi, Episodes tasks, StepContext context) {
        Params slow = context.task().ownTheta() ? theta.task(0) : theta;
        return Params.builder()
                .put(THETA, slow.filter(name -> name.startsWith(EMBEDDING) || name.startsWith(QUERY)))
                .put(MEMORY, phi.child(MEMORY).task(0))
                .build();
    }

    @Override
    public Tensor answer(Params solution, Tensor x) {
        return recall(solution.child(THETA), solution.child(MEMORY).expand(1), x.unsqueeze(0))
                .squeeze(0);
    }

    @Override
    public boolean fixedOutputs() {
        return true;
    }
}
