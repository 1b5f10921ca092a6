/**
 * CMA-ES: search for the minimum of a function of n numbers by a normal distribution whose mean, size and shape follow what was found (Hansen,
 * "The CMA evolution strategy: a tutorial", arXiv 1604.00772). Only the order of function values counts, so the search is indifferent to monotone
 * transforms of them.
 *
 * <p>{@link org.deutero.learn.evolution.cma.CmaEs} is ask and tell: it proposes candidates and is told what they are worth, however that was found
 * out. All of its state is {@link org.deutero.learn.evolution.cma.CmaState}, immutable float64 tensors that a file can hold.
 */
package org.deutero.learn.evolution.cma;
