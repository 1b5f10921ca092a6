package org.deutero.methods.neuralprocess;

import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.learn.Servable;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.methods.QueryStatistics;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.DType;
import org.deutero.tensor.Losses;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Mlp;
import org.deutero.tensor.nn.Network;
import org.deutero.tensor.nn.Normalization;

/**
 * The conditional neural process as a classifier (Garnelo et al. 2018, arXiv 1807.01613, section 4.3): representations of shots are averaged class by class, and the averages stand one after the other in the order of classes, so
 * that labels enter by position. A decoder sees them with the representation of a query and gives logits.
 *
 * <p>Meta-parameters: {@code encoder} and {@code decoder}. Fast state, after one step of learning without any gradient: {@code classes} [tasks, ways * width]. The networks of this experiment are ours.
 *
 * @param encoder maps inputs, of shots and of queries, to representations
 * @param decoder from representations of all classes and of a query to logits
 * @param ways classes that the decoder was made for; tasks may have fewer
 * @param queryStatistics of batch normalisation when the learner is used
 * @param dtype of all numbers
 */
public record ConditionalClassifier(
        Network encoder, Mlp decoder, int ways, QueryStatistics queryStatistics, DType dtype)
        implements Servable<Episodes> {
    private static final String ENCODER = "encoder";
    private static final String CLASSES = "classes";
    private static final String DECODER = "decoder";
    private static final String QUERIES = "cache.queries";
    private static final String MOMENTS = "moments";

    @Override
    public Params metaParameters(RandomGenerator rng) {
        return Params.builder()
                .put(ENCODER, encoder.init(rng, dtype))
                .put(DECODER, decoder.init(rng, dtype))
                .build();
    }

    @Override
    public Params statistics() {
        return encoder.initialMoments(dtype);
    }

    private Embedding embedding() {
        return new Embedding(encoder, queryStatistics);
    }

    @Override
    public Params begin(Params theta, Episodes tasks, StepContext context) {
        return Params.EMPTY;
    }

    @Override
    public Step step(Params theta, Params phi, Episodes tasks, StepContext context) {
        Embedding.Features features = embedding().support(theta.child(ENCODER), tasks, context);
        Params.Builder state = Params.builder().put(CLASSES, classes(features.support(), tasks.supportY()));
        features.queries().ifPresent(queries -> state.put(QUERIES, queries));
        return Step.of(state.build());
    }

    /** Means of each class one after the other, [tasks, ways * width], of representations [tasks, n, width]; zeros for a class that the task does not have. */
    private Tensor classes(Tensor each, Tensor labels) {
        Tensor membership = labels.oneHot(ways, each.dtype()).transpose(1, 2);
        Tensor counts = membership.sumKeep(2).clamp(1, labels.size(1));
        return membership.matmul(each).div(counts).flatten(1);
    }

    @Override
    public int steps(Episodes tasks) {
        return 1;
    }

    @Override
    public Tensor metaLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
        return Losses.crossEntropy(predict(theta, phi, tasks, context), tasks.queryY());
    }

    @Override
    public Tensor predict(Params theta, Params phi, Episodes tasks, StepContext context) {
        if (phi.isEmpty()) {
            // Before any experience every class is as likely as every other.
            return Tensors.zeros(dtype, tasks.size(), tasks.querySize(), ways);
        }
        Tensor queries =
                phi.has(QUERIES) ? phi.get(QUERIES) : embedding().queries(theta.child(ENCODER), tasks, context);
        return logits(theta.child(DECODER), phi.get(CLASSES), queries);
    }

    /** Logits [tasks, n, ways] of queries' representations [tasks, n, width] under classes [tasks, ways * width]. */
    private Tensor logits(Params theta, Tensor classes, Tensor features) {
        Tensor known = classes.unsqueeze(1).expand(-1, features.size(1), -1);
        return decoder.apply(theta, Tensors.cat(List.of(known, features), 2));
    }

    /** The networks that answers need, the encoder's {@code moments}, and the {@code classes} [ways * width]. */
    @Override
    public Params solution(Params theta, Params phi, Episodes tasks, StepContext context) {
        if (phi.has(QUERIES)) {
            throw new IllegalArgumentException(
                    "representations that were made together with queries cannot serve others: expected query statistics of the support set or running averages");
        }
        return theta.with(embedding()
                        .ownMoments(theta.child(ENCODER), tasks, context)
                        .under(MOMENTS))
                .with(Params.of(CLASSES, phi.get(CLASSES).select(0, 0)));
    }

    @Override
    public Tensor answer(Params solution, Tensor x) {
        Normalization normalization = Normalization.fixed(solution.child(MOMENTS));
        Tensor features = encoder.apply(solution.child(ENCODER), x.unsqueeze(0), normalization);
        return logits(solution.child(DECODER), solution.get(CLASSES).unsqueeze(0), features)
                .squeeze(0);
    }

    @Override
    public boolean fixedOutputs() {
        return true;
    }
}
