/**
 * The heart of the library: learners, and how their lives are lived. Every meta-learning system is a choice of four parts.
 *
 * <ul>
 *   <li>{@link org.deutero.tasks.TaskSource} - what must be learned, again and again;
 *   <li>{@link org.deutero.learn.Learner} - how one task is learned, and what of that is meta-learned;
 *   <li>{@link org.deutero.learn.meta.MetaGradient} - how to find out which way to change the meta-parameters;
 *   <li>{@link org.deutero.learn.meta.MetaOptimizer} - how to move them.
 * </ul>
 *
 * <p>A {@link org.deutero.learn.Lifetime} is a learner on its tasks, step after step; what a learner can do beyond learning is a {@link org.deutero.learn.Capability}. The rooms:
 * {@code capability} has these, {@code meta} what moves meta-parameters and its state, {@code gradient} and {@code evolution} the estimators, {@code shards} the place where work is done, {@code evaluate} and {@code run}
 * measuring and training, {@code recipe} the sections of a recipe for all that.
 */
package org.deutero.learn;
