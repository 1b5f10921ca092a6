package org.deutero.methods.optimizer;

import java.util.function.BiFunction;
import org.deutero.tasks.Chance;
import org.deutero.tasks.problem.Problem;
import org.deutero.tasks.problem.ProblemShape;
import org.deutero.tasks.problem.Problems;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/** A problem whose start and whose loss in each step are given. */
record ScriptedProblem(Params start, BiFunction<Params, Integer, Tensor> losses, int heldOut) implements Problem {
    /** @param heldOut the step whose loss is the held-out one */
    static Problems of(Params start, BiFunction<Params, Integer, Tensor> losses, int heldOut, int steps) {
        ScriptedProblem problem = new ScriptedProblem(start, losses, heldOut);
        return new Problems(problem, new long[problem.size()], steps);
    }

    @Override
    public int size() {
        return (int) start.values().get(0).size(0);
    }

    @Override
    public ProblemShape shape() {
        return ProblemShape.of(start.task(0));
    }

    @Override
    public Problem slice(int from, int to) {
        throw new UnsupportedOperationException("golden problems are used whole, in double precision");
    }

    @Override
    public Problem repeat(int times) {
        throw new UnsupportedOperationException("golden problems are used whole, in double precision");
    }

    @Override
    public Problem to(DType dtype) {
        throw new UnsupportedOperationException("golden problems are used whole, in double precision");
    }

    @Override
    public Params start(Chance chance) {
        return start;
    }

    @Override
    public Tensor loss(Params weights, Chance chance) {
        return losses.apply(weights, chance.step());
    }

    @Override
    public Tensor heldOut(Params weights) {
        return losses.apply(weights, heldOut);
    }
}
