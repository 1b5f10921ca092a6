package org.deutero.tasks.training;

import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.deutero.tasks.Chance;
import org.deutero.tasks.images.SupervisedProblem.Part;
import org.deutero.tasks.problem.Graded;
import org.deutero.tasks.problem.ProblemShape;
import org.deutero.tensor.DType;
import org.deutero.tensor.Losses;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.nn.Network;

/**
 * A network fitted to one large data set, which all tasks share: they differ by the start of their weights and by their mini-batches, which are of different items each. Losses are the mean cross-entropy.
 *
 * @param network that is trained
 * @param train what it is trained on
 * @param judged what is held out
 * @param size number of tasks
 * @param batch items of a mini-batch; all of them if there are no more
 * @param dtype of data, weights and losses
 */
public record SharedFit(Network network, Part train, Part judged, int size, int batch, DType dtype) implements Graded {
    @Override
    public ProblemShape shape() {
        return Fit.shape(network);
    }

    @Override
    public SharedFit slice(int from, int to) {
        Objects.checkFromToIndex(from, to, size);
        return new SharedFit(network, train, judged, to - from, batch, dtype);
    }

    @Override
    public SharedFit repeat(int times) {
        return new SharedFit(network, train, judged, Math.multiplyExact(size, times), batch, dtype);
    }

    @Override
    public SharedFit to(DType other) {
        return new SharedFit(network, train, judged, size, batch, other);
    }

    @Override
    public Params start(Chance chance) {
        return Fit.start(network, chance, size, dtype);
    }

    @Override
    public Tensor loss(Params weights, Chance chance) {
        int all = train.labels().length;
        int items = Math.min(batch, all);
        int pixels = train.images().length / all;
        float[] x = new float[Math.multiplyExact(size, items * pixels)];
        long[] y = new long[size * items];
        for (int t = 0; t < size; t++) {
            int[] chosen = items == all ? null : different(chance.of(t), all, items);
            for (int i = 0; i < items; i++) {
                int item = chosen == null ? i : chosen[i];
                int at = t * items + i;
                System.arraycopy(train.images(), item * pixels, x, at * pixels, pixels);
                y[at] = train.labels()[item];
            }
        }
        Tensor inputs = Tensor.of(x, shaped(size, items, train)).to(dtype);
        return Losses.crossEntropy(network.apply(weights, inputs), Tensor.of(y, size, items));
    }

    /** Different numbers below a bound. */
    private static int[] different(RandomGenerator rng, int bound, int number) {
        int[] chosen = new int[number];
        BitSet taken = new BitSet(bound);
        // Floyd's algorithm: every set of so many numbers is as likely.
        for (int i = 0; i < number; i++) {
            int last = bound - number + i;
            int drawn = rng.nextInt(last + 1);
            chosen[i] = taken.get(drawn) ? last : drawn;
            taken.set(chosen[i]);
        }
        return chosen;
    }

    private static long[] shaped(int tasks, int items, Part part) {
        List<Integer> each = part.shape();
        return new long[] {tasks, items, each.get(0), each.get(1), each.get(2)};
    }

    @Override
    public Tensor heldOut(Params weights) {
        return Losses.crossEntropy(outputs(weights), labels());
    }

    @Override
    public Tensor accuracy(Params weights) {
        return Losses.accuracy(outputs(weights), labels());
    }

    private Tensor labels() {
        int items = judged.labels().length;
        return Tensor.of(judged.labels(), 1, items).expand(size, -1).contiguous();
    }

    private Tensor outputs(Params weights) {
        Tensor inputs = Tensor.of(judged.images(), shaped(1, judged.labels().length, judged));
        return network.apply(weights, inputs.to(dtype).expand(size, -1, -1, -1, -1));
    }
}
