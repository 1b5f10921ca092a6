/**
 * The heart of the library: every meta-learning system is a choice of four parts.
 *
 * <ul>
 *   <li>{@link org.deutero.tasks.TaskSource} - what must be learned, again and again;
 *   <li>{@link org.deutero.learn.Learner} - how one task is learned, and what of that is meta-learned;
 *   <li>{@link org.deutero.learn.MetaGradient} - how to find out which way to change the meta-parameters;
 *   <li>{@link org.deutero.learn.MetaOptimizer} - how to move them.
 * </ul>
 *
 * <p>{@link org.deutero.learn.GradientMetaAlgorithm} combines the last three; what does not fit a gradient of one objective
 * implements the level above, {@link org.deutero.learn.MetaAlgorithm}.
 */
package org.deutero.learn;
