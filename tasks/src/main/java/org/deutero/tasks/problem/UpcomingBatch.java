package org.deutero.tasks.problem;

import java.util.Arrays;
import java.util.Objects;
import org.deutero.tasks.Chance;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/**
 * A problem that is judged by one mini-batch.
 *
 * @param problem as it is
 * @param next chance of the mini-batch
 */
record UpcomingBatch(Problem problem, Chance next) implements Problem {
    @Override
    public ProblemShape shape() {
        return problem.shape();
    }

    @Override
    public int size() {
        return problem.size();
    }

    @Override
    public Problem slice(int from, int to) {
        Objects.checkFromToIndex(from, to, size());
        return new UpcomingBatch(problem.slice(from, to), with(Arrays.copyOfRange(next.seeds(), from, to)));
    }

    @Override
    public Problem repeat(int times) {
        long[] seeds = new long[Math.multiplyExact(size(), times)];
        Arrays.setAll(seeds, i -> next.seeds()[i % size()]);
        return new UpcomingBatch(problem.repeat(times), with(seeds));
    }

    private Chance with(long[] seeds) {
        return new Chance(seeds, next.step(), next.purpose());
    }

    @Override
    public Problem to(DType dtype) {
        return new UpcomingBatch(problem.to(dtype), next);
    }

    @Override
    public Params start(Chance chance) {
        return problem.start(chance);
    }

    @Override
    public Tensor loss(Params weights, Chance chance) {
        return problem.loss(weights, chance);
    }

    @Override
    public Tensor heldOut(Params weights) {
        return problem.loss(weights, next);
    }
}
