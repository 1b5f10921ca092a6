package org.deutero.methods.sequence;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.deutero.learn.StepContext;
import org.deutero.tasks.sequence.Sequences;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * Class labels as strings, each character a unit vector: one character for each class (one-hot labels), or strings that are drawn anew in every task, all different within it, such as five characters of five (Santoro et al. 2016). Strings cannot be guessed
 * from what labels are still free. The network answers with one softmax a character; the loss is minus the log-probability of the whole string.
 *
 * <p>The logits of classes are log-probabilities of their strings. With strings there is one more column, for the most probable string if that is no class's, so an answer is right only if all of its characters are.
 *
 * @param characters of a label
 * @param alphabet characters to choose from
 * @param random whether strings are drawn, or else class c is character c
 */
public record ClassCodes(int characters, int alphabet, boolean random) implements Targets {
    private static final String CODES = "codes";
    private static final double NEVER = -1e9;

    /** Unit vectors for so many classes. */
    public static ClassCodes oneHot(int classes) {
        return new ClassCodes(1, classes, false);
    }

    @Override
    public int told() {
        return characters * alphabet;
    }

    @Override
    public int outputs() {
        return told();
    }

    /** {@code codes} [tasks, way, characters * alphabet]. */
    @Override
    public Params begin(Sequences tasks, StepContext context, DType dtype) {
        int way = tasks.way();
        if (Math.pow(alphabet, characters) < way) {
            throw new IllegalArgumentException("labels of " + characters + " characters out of " + alphabet
                    + " are too few for tasks of " + way + " classes");
        }
        if (!random) {
            // All codes, so that a learner of more classes than this task has keeps an output for each.
            Tensor codes = Tensors.range(alphabet).oneHot(alphabet, dtype);
            return Params.of(CODES, codes.unsqueeze(0).expand(tasks.size(), -1, -1));
        }
        return context.draw(
                "codes",
                tasks.size(),
                (rng, n) -> Params.of(
                        CODES,
                        Tensor.of(strings(rng, n, way), n, way, characters)
                                .oneHot(alphabet, dtype)
                                .flatten(2)));
    }

    private long[] strings(RandomGenerator rng, int tasks, int way) {
        long[] all = new long[tasks * way * characters];
        long number = Math.round(Math.pow(alphabet, characters));
        for (int t = 0; t < tasks; t++) {
            Set<Long> taken = new HashSet<>();
            for (int c = 0; c < way; c++) {
                long string;
                do {
                    string = rng.nextLong(number);
                } while (!taken.add(string));
                for (int i = 0; i < characters; i++, string /= alphabet) {
                    all[(t * way + c) * characters + i] = string % alphabet;
                }
            }
        }
        return all;
    }

    @Override
    public Tensor tell(Params fixed, Tensor y, DType dtype) {
        Tensor codes = fixed.get(CODES);
        return y.oneHot(codes.size(1), dtype).matmul(codes.to(dtype));
    }

    @Override
    public Tensor losses(Params fixed, Tensor outputs, Tensor y) {
        return logProbabilities(outputs)
                .mul(tell(fixed, y, outputs.dtype()))
                .sum(2)
                .mean(1)
                .neg();
    }

    @Override
    public Tensor answers(Params fixed, Tensor outputs) {
        Tensor codes = fixed.get(CODES).transpose(1, 2);
        Tensor each = logProbabilities(outputs);
        Tensor ofClasses = each.matmul(codes);
        if (!random) {
            return ofClasses;
        }
        Tensor characterwise = byCharacter(each);
        Tensor best = characterwise.max(3).sumKeep(2);
        Tensor string = characterwise.detach().argmax(3).oneHot(alphabet, outputs.dtype());
        Tensor agreement = string.flatten(2).matmul(codes).max(2).unsqueeze(2);
        Tensor never = Tensors.full(NEVER, outputs.dtype(), 1).to(outputs.device());
        Tensor other = Tensors.where(agreement.gt(characters - 0.5), never, best);
        return Tensors.cat(List.of(ofClasses, other), 2);
    }

    private Tensor byCharacter(Tensor outputs) {
        return outputs.reshape(outputs.size(0), outputs.size(1), characters, alphabet);
    }

    private Tensor logProbabilities(Tensor outputs) {
        return byCharacter(outputs).logSoftmax(3).flatten(2);
    }
}
