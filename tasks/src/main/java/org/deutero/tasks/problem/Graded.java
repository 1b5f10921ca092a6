package org.deutero.tasks.problem;

import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/** Problems whose solutions have a grade that people ask for beside the loss. */
public interface Graded extends Problem {
    /** The share of what is held out that is answered correctly, [tasks]. */
    Tensor accuracy(Params weights);
}
