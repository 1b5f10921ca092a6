package org.deutero.methods.plastic;

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskShape;
import org.deutero.tensor.DType;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/** How items of a support set, x with its target y, become steps of time for a recurrent network. All tokens are [tasks, 1, {@link #width}]. */
public enum Presentation {
    /** An item is x; targets are what x itself should become. */
    AUTO,
    /** An item is one token (x, y, 0); a query is (x, 0, 1). */
    PAIRED,
    /** An item is two tokens, (x, 0, 0) and (0, y, 0); a query is two question marks (0, 0, 1) and (x, 0, 0), as in the letters and digits of Ba et al. 2016: "c9k8j3??k". */
    SERIAL;

    private static final int QUESTION_MARKS = 2;

    /** Numbers in a token. */
    public int width(TaskShape shape) {
        return this == AUTO ? shape.features() : shape.features() + shape.outputs() + 1;
    }

    /** Tokens of one support item. */
    List<Tensor> item(Episodes tasks, int item, DType dtype) {
        Tensor x = tasks.supportX().slice(1, item, item + 1);
        Tensor input = (x.rank() > 3 ? x.flatten(2) : x).to(dtype);
        if (this == AUTO) {
            return List.of(input);
        }
        Tensor label = tasks.supportY().slice(1, item, item + 1);
        Tensor y = tasks.classification() ? label.oneHot(tasks.way(), dtype) : label.to(dtype);
        Tensor noQuestion = Tensors.zeros(dtype, x.size(0), 1, 1).to(x.device());
        return this == PAIRED
                ? List.of(Tensors.cat(List.of(input, y, noQuestion), 2))
                : List.of(
                        Tensors.cat(List.of(input, Tensors.zerosLike(y), noQuestion), 2),
                        Tensors.cat(List.of(Tensors.zerosLike(input), y, noQuestion), 2));
    }

    /**
     * Tokens of queries, each for itself.
     *
     * @param x queries [n, 1, features]
     * @param outputs numbers in a target
     */
    List<Tensor> question(Tensor x, int outputs) {
        if (this == AUTO) {
            return List.of(x);
        }
        Tensor nothing = Tensors.zeros(x.dtype(), x.size(0), 1, outputs).to(x.device());
        Tensor asked = Tensors.ones(x.dtype(), x.size(0), 1, 1).to(x.device());
        if (this == PAIRED) {
            return List.of(Tensors.cat(List.of(x, nothing, asked), 2));
        }
        Tensor mark = Tensors.cat(List.of(Tensors.zerosLike(x), nothing, asked), 2);
        Tensor cue = Tensors.cat(List.of(x, nothing, Tensors.zerosLike(asked)), 2);
        return Stream.concat(Collections.nCopies(QUESTION_MARKS, mark).stream(), Stream.of(cue))
                .toList();
    }
}
