package org.deutero.tasks.training;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.deutero.tasks.Chance;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.problem.Graded;
import org.deutero.tasks.problem.ProblemShape;
import org.deutero.tensor.DType;
import org.deutero.tensor.Losses;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Network;

/**
 * A network fitted to data: support sets are what it is trained on, in mini-batches of different items; query sets are held out. Losses are the mean cross-entropy of classes or the mean squared error of numbers.
 *
 * @param network that is trained; weights are in the type of the data
 * @param data of each problem
 * @param batch items of a mini-batch; all of them if there are no more
 */
public record Fit(Network network, Episodes data, int batch) implements Graded {
    /** Refuses empty mini-batches. */
    public Fit {
        if (batch < 1) {
            throw new IllegalArgumentException("a mini-batch needs at least 1 item, not " + batch);
        }
    }

    /** The shape of problems of a network. */
    @SuppressWarnings("try") // the scope works by being open
    public static ProblemShape shape(Network network) {
        try (Scope s = Scope.open()) {
            return ProblemShape.of(network.init(new SplittableRandom(0), DType.FLOAT32));
        }
    }

    @Override
    public ProblemShape shape() {
        return shape(network);
    }

    @Override
    public int size() {
        return data.size();
    }

    @Override
    public Fit slice(int from, int to) {
        return new Fit(network, data.slice(from, to), batch);
    }

    @Override
    public Fit repeat(int times) {
        return new Fit(network, data.repeat(times), batch);
    }

    @Override
    public Fit to(DType dtype) {
        return new Fit(network, data.to(dtype), batch);
    }

    @Override
    public Params start(Chance chance) {
        return start(network, chance, size(), data.supportX().dtype());
    }

    /** Fresh weights of each task, [tasks, ...]. */
    static Params start(Network network, Chance chance, int tasks, DType dtype) {
        List<Params> each = new ArrayList<>();
        for (int t = 0; t < tasks; t++) {
            each.add(network.init(chance.of(t), dtype));
        }
        Params.Builder all = Params.builder();
        each.get(0)
                .names()
                .forEach(name -> all.put(
                        name, Tensors.stack(each.stream().map(p -> p.get(name)).toList(), 0)));
        return all.build();
    }

    @Override
    public Tensor loss(Params weights, Chance chance) {
        int items = data.supportSize();
        if (batch >= items) {
            return losses(weights, data.supportX(), data.supportY());
        }
        Tensor chosen = Rows.draw(chance, size(), items, batch);
        return losses(weights, Rows.of(data.supportX(), chosen), Rows.of(data.supportY(), chosen));
    }

    @Override
    public Tensor heldOut(Params weights) {
        return losses(weights, data.queryX(), data.queryY());
    }

    private Tensor losses(Params weights, Tensor x, Tensor y) {
        Tensor outputs = network.apply(weights, x);
        return data.classification() ? Losses.crossEntropy(outputs, y) : Losses.squaredError(outputs, y);
    }

    /** @throws IllegalStateException if the data are a regression */
    @Override
    public Tensor accuracy(Params weights) {
        if (!data.classification()) {
            throw new IllegalStateException("an accuracy needs classes, but these problems are regressions");
        }
        return Losses.accuracy(network.apply(weights, data.queryX()), data.queryY());
    }
}
