package org.deutero.experiment.measure;

import java.util.List;
import java.util.stream.IntStream;
import org.deutero.tensor.Tensor;

/**
 * What a learner answered to the queries of one task.
 *
 * @param predicted the likeliest class of each query
 * @param probability that it was given
 */
@SuppressWarnings("ArrayRecordComponent") // plain data, compared by nobody
public record QueryAnswers(int[] predicted, double[] probability) {
    /** One for each task of logits [tasks, queries, way]. */
    public static List<QueryAnswers> of(Tensor logits) {
        Tensor probabilities = logits.softmax(2);
        int tasks = Math.toIntExact(logits.size(0));
        int queries = Math.toIntExact(logits.size(1));
        int way = Math.toIntExact(logits.size(2));
        return IntStream.range(0, tasks)
                .mapToObj(i -> of(probabilities.select(0, i).floats(), queries, way))
                .toList();
    }

    private static QueryAnswers of(float[] chances, int queries, int way) {
        int[] predicted = new int[queries];
        double[] probability = new double[queries];
        for (int q = 0; q < queries; q++) {
            int best = 0;
            for (int c = 1; c < way; c++) {
                best = chances[q * way + c] > chances[q * way + best] ? c : best;
            }
            predicted[q] = best;
            probability[q] = chances[q * way + best];
        }
        return new QueryAnswers(predicted, probability);
    }
}
