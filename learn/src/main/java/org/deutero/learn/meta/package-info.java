/**
 * How meta-parameters move. A {@link org.deutero.learn.meta.MetaGradient} estimates which way; a {@link org.deutero.learn.meta.MetaOptimizer} says how far; a {@link
 * org.deutero.learn.meta.MetaRule} makes the {@link org.deutero.learn.meta.MetaAlgorithm} that the trainer sees, whose {@link org.deutero.learn.meta.MetaState} is all that training carries from one
 * iteration to the next. {@link org.deutero.learn.meta.GradientMetaAlgorithm} is the usual one; what does not fit a gradient of one objective implements the interface itself.
 */
package org.deutero.learn.meta;
