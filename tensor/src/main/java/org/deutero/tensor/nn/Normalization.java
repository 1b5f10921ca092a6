package org.deutero.tensor.nn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deutero.tensor.Functional;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * Where batch normalisation takes its mean and variance from. Networks have no train/eval flag and no hidden running averages;
 * the statistics are an argument, and the choice has a name.
 *
 * <p>Statistics never mix tasks: a batch is the examples of one task.
 */
public abstract sealed class Normalization {
    private Normalization() {}

    /** Normalises the examples x [n, channels, ...] of one task, or of all tasks folded into n if {@link #mixesTasks()}. */
    abstract Tensor normalize(String layer, int task, Tensor x, Tensor scale, Tensor shift, double epsilon);

    /** Whether moments are those of the batch at hand. */
    boolean ofBatch() {
        return false;
    }

    /**
     * Takes note of the moments of a batch that somebody else has normalised.
     *
     * @param mean without the bias, [channels]
     * @param bias [channels]
     * @param variance biased, [channels]
     * @param count values of each channel
     */
    void met(String layer, Tensor mean, Tensor bias, Tensor variance, long count) {}

    /** Whether all tasks may be handled as one batch. */
    boolean mixesTasks() {
        return false;
    }

    /**
     * Moments of the batch being processed. On a query set this is <em>transductive</em>: query examples see each other. The
     * rule of MAML, Reptile, Meta-SGD, ANIL, BOIL and their official codes, at training and at test time.
     */
    public static Normalization batch() {
        return Batch.INSTANCE;
    }

    /** Like {@link #batch()}, and remembers the moments. */
    public static Recording recording() {
        return new Recording();
    }

    /**
     * Given moments: {@code layer.mean} and {@code layer.variance}, [channels] for all tasks (running averages) or [tasks, channels]
     * (each task's own support set). Not transductive.
     */
    public static Normalization fixed(Params moments) {
        return new Fixed(moments);
    }

    private static final class Batch extends Normalization {
        private static final Batch INSTANCE = new Batch();

        @Override
        boolean ofBatch() {
            return true;
        }

        @Override
        Tensor normalize(String layer, int task, Tensor x, Tensor scale, Tensor shift, double epsilon) {
            return Functional.batchNorm(x, scale, shift, epsilon);
        }
    }

    /** Batch statistics that are remembered. */
    public static final class Recording extends Normalization {
        private final Map<String, List<Tensor>> moments = new LinkedHashMap<>();

        private Recording() {}

        @Override
        boolean ofBatch() {
            return true;
        }

        @Override
        void met(String layer, Tensor mean, Tensor bias, Tensor variance, long count) {
            // As with libtorch's own, moments are numbers beside the graph.
            record(
                    layer,
                    mean.add(bias).detach(),
                    variance.mul(count / (count - 1.0)).detach());
        }

        private void record(String layer, Tensor mean, Tensor variance) {
            moments.computeIfAbsent(layer + ".mean", k -> new ArrayList<>()).add(mean);
            moments.computeIfAbsent(layer + ".variance", k -> new ArrayList<>()).add(variance);
        }

        @Override
        Tensor normalize(String layer, int task, Tensor x, Tensor scale, Tensor shift, double epsilon) {
            Tensor mean = Tensors.zeros(x.dtype(), x.size(1)).to(x.device());
            Tensor variance = Tensors.ones(x.dtype(), x.size(1)).to(x.device());
            Tensor y = Functional.batchNormRecording(x, mean, variance, scale, shift, epsilon);
            record(layer, mean, variance);
            return y;
        }

        /** The moments met, {@code layer.mean} and {@code layer.variance} (unbiased), [tasks, channels]. */
        public Params moments() {
            Params.Builder result = Params.builder();
            moments.forEach((name, values) -> result.put(name, Tensors.stack(values, 0)));
            return result.build();
        }
    }

    private static final class Fixed extends Normalization {
        private final Params moments;

        private Fixed(Params moments) {
            this.moments = moments;
        }

        @Override
        boolean mixesTasks() {
            return moments.values().stream().allMatch(t -> t.rank() == 1);
        }

        @Override
        Tensor normalize(String layer, int task, Tensor x, Tensor scale, Tensor shift, double epsilon) {
            return Functional.batchNorm(
                    x, moment(layer + ".mean", task), moment(layer + ".variance", task), scale, shift, epsilon);
        }

        private Tensor moment(String name, int task) {
            Tensor moment = moments.get(name);
            return moment.rank() == 1 ? moment : moment.select(0, task);
        }
    }
}
