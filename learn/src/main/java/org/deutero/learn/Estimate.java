package org.deutero.learn;

import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/**
 * What an estimator found.
 *
 * @param losses meta-loss of each task, [tasks], without graph
 * @param gradient of the <em>sum</em> of the losses with respect to theta, a tree like theta
 */
public record Estimate(Tensor losses, Params gradient) {}
