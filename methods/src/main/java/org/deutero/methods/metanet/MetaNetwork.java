package org.deutero.methods.metanet;

import java.util.random.RandomGenerator;
import org.deutero.learn.InnerGradient;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.capability.Servable;
import org.deutero.methods.RandomOrder;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.DType;
import org.deutero.tensor.Losses;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.attention.Attention;

/**
 * Meta networks (Munkhdalai, Yu 2017, arXiv 1703.00837): support items speak through their gradients, of which small networks make fast weights.
 *
 * <pre>
 * g_i = d CE(u(Q, x'_i), y'_i)/dQ;  Q* = d(g_1, g_2, ...)                    fast weights of the embedding, one set a task
 * g_i = d CE(b(W, x'_i), y'_i)/dW;  M_i = m(g_i);  R_i = u(Q, Q*, x'_i)      fast weights of the base learner and their key, for each item
 * a = softmax_i(cos(R_i, u(Q, Q*, x)));  W* = sum_i a_i M_i;  p(y | x) = softmax(b(W, W*, x))
 * </pre>
 *
 * <p>The meta-loss is the sum of cross-entropies over queries. Gradients of support items are constants, as in the released code, unless {@code through}: slow weights then learn only by what they do for queries. Every item of a support set of several shots has its own entry; the contrastive loss that
 * the paper mentions for that case is left out, and so is the variant with task-level weights of the base learner.
 *
 * <p>Meta-parameters: {@code embed} Q and {@code base} W, {@code m}, {@code d}, two of each with convolutions. Fast state after the one step: {@code memory} [tasks, items, out, in] and {@code fast} [tasks, out, in] for each layer, {@code index} [tasks, items, width]. If d is left out, there is no {@code fast} (MetaNet-).
 *
 * @param network shape of base learner and embedding
 * @param generator shape of m and d
 * @param chunks into which the support set is cut for d; 5 in the released code
 * @param shuffled whether d goes through the support set in random order
 * @param fastEmbedding whether the embedding has fast weights
 * @param memory whether the base learner has fast weights; without them it can know nothing of a task
 * @param through whether support gradients are differentiated
 * @param dtype of all numbers
 */
public record MetaNetwork(
        Augmented network,
        FastWeightGenerator generator,
        int chunks,
        boolean shuffled,
        boolean fastEmbedding,
        boolean memory,
        boolean through,
        DType dtype)
        implements Servable<Episodes> {
    private static final String EMBED = "embed";
    private static final String BASE = "base";
    private static final String FROM_ONE = "m";
    private static final String FROM_SEQUENCE = "d";
    private static final String MEMORY = "memory";
    private static final String FAST = "fast";
    private static final String INDEX = "index";
    private static final double EPSILON = 1e-6;

    @Override
    public Params metaParameters(RandomGenerator rng) {
        Params.Builder theta =
                Params.builder().put(EMBED, network.init(rng, dtype)).put(BASE, network.init(rng, dtype));
        network.groups().forEach(group -> theta.put(part(FROM_ONE, group), generator.initialFromOne(rng, dtype)));
        if (fastEmbedding) {
            network.groups()
                    .forEach(group -> theta.put(part(FROM_SEQUENCE, group), generator.initialFromSequence(rng, dtype)));
        }
        return theta.build();
    }

    /** Meta-parameters of a generator: those of all layers, or those of a group of them. */
    private static String part(String generator, String group) {
        return group.isEmpty() ? generator : generator + "." + group;
    }

    @Override
    public Params begin(Params theta, Episodes tasks, StepContext context) {
        return Params.EMPTY;
    }

    @Override
    public int steps(Episodes tasks) {
        return 1;
    }

    @Override
    public Step step(Params theta, Params phi, Episodes tasks, StepContext context) {
        Params weights = theta.child(BASE);
        Params like = context.task().ownTheta() ? weights.task(0) : weights;
        Params ofBase = gradients(weights, tasks, context);
        Params ofEmbedding = fastEmbedding ? gradients(theta.child(EMBED), tasks, context) : Params.EMPTY;
        Params entries = Params.EMPTY;
        Params fast = Params.EMPTY;
        for (String group : network.groups()) {
            Params layers = like.filter(name -> name.startsWith(group));
            Tensor one = coordinates(ofBase, group, tasks);
            entries = entries.with(
                    layers.unflatten(FastWeightGenerator.fromOne(theta.child(part(FROM_ONE, group)), one)));
            if (fastEmbedding) {
                Tensor many = ordered(coordinates(ofEmbedding, group, tasks), context);
                fast = fast.with(layers.unflatten(
                        FastWeightGenerator.fromSequence(theta.child(part(FROM_SEQUENCE, group)), many, chunks)));
            }
        }
        Tensor keys = network.keys(theta.child(EMBED), fast, tasks.supportX());
        return Step.of(Params.builder()
                .put(MEMORY, entries)
                .put(FAST, fast)
                .put(INDEX, keys)
                .build());
    }

    /** Gradients of a group of layers, [tasks, items, coordinates]. */
    private static Tensor coordinates(Params gradients, String group, Episodes tasks) {
        return gradients
                .filter(name -> name.startsWith(group))
                .flattenPerTask()
                .reshape(tasks.size(), tasks.supportSize(), -1);
    }

    /** The gradient of each support item's own loss with respect to slow weights, [tasks times items, ...]. */
    private Params gradients(Params slow, Episodes tasks, StepContext context) {
        int n = tasks.supportSize();
        int tasksTimesItems = tasks.size() * n;
        Params ofItems = context.task().ownTheta() ? slow.repeatEach(n) : slow.expand(tasksTimesItems);
        long[] shape = tasks.supportX().shape();
        shape[0] = tasksTimesItems;
        shape[1] = 1;
        Tensor x = tasks.supportX().to(dtype).reshape(shape);
        Tensor y = tasks.supportY().reshape(tasksTimesItems, 1);
        StepContext at = new StepContext(context.task(), context.step(), through && context.differentiable());
        return InnerGradient.of(
                        (none, weights) -> Losses.crossEntropy(network.plain(weights, x), y), Params.EMPTY, ofItems, at)
                .gradient();
    }

    private Tensor ordered(Tensor gradients, StepContext context) {
        if (!shuffled) {
            return gradients;
        }
        Tensor order = RandomOrder.of(context, (int) gradients.size(0), (int) gradients.size(1));
        return RandomOrder.rows(gradients, order);
    }

    /** Sum over queries, [tasks]. */
    @Override
    public Tensor metaLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
        return Losses.crossEntropy(predict(theta, phi, tasks, context), tasks.queryY())
                .mul(tasks.querySize());
    }

    @Override
    public Tensor predict(Params theta, Params phi, Episodes tasks, StepContext context) {
        if (phi.isEmpty()) {
            // Before any experience every class is as likely as every other.
            return Tensors.zeros(dtype, tasks.size(), tasks.querySize(), network.outputs());
        }
        return logits(theta, phi, tasks.queryX());
    }

    private Tensor logits(Params theta, Params phi, Tensor x) {
        Tensor inputs = x.to(dtype);
        if (!memory) {
            return network.plain(theta.child(BASE), inputs);
        }
        Tensor attention = attention(theta, phi, inputs);
        return network.mixed(theta.child(BASE), phi.child(MEMORY), attention, inputs);
    }

    /** What each input takes of each entry, [tasks, n, items]. */
    Tensor attention(Params theta, Params phi, Tensor x) {
        Tensor keys = network.keys(theta.child(EMBED), phi.child(FAST), x);
        return Attention.weights(Attention.cosine(keys, phi.get(INDEX), EPSILON));
    }

    /** Slow weights of both networks and all fast ones; the generators are no longer needed. */
    @Override
    public Params solution(Params theta, Params phi, Episodes tasks, StepContext context) {
        Params own = context.task().ownTheta() ? theta.task(0) : theta;
        return own.filter(name -> name.startsWith(BASE + ".") || name.startsWith(EMBED + "."))
                .with(phi.task(0));
    }

    @Override
    public Tensor answer(Params solution, Tensor x) {
        Params slow = solution.filter(name -> name.startsWith(BASE + ".") || name.startsWith(EMBED + "."));
        Params phi = solution.filter(name -> !slow.has(name)).expand(1);
        return logits(slow, phi, x.unsqueeze(0)).squeeze(0);
    }

    @Override
    public boolean fixedOutputs() {
        return true;
    }
}
