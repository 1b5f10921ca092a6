/**
 * Problems: whole training runs as tasks, for learned optimisers, learned hyper-parameters and everything else that acts on how weights are trained.
 *
 * <p>{@link org.deutero.tasks.problem.Problems} is the batch that learners get. The network belongs to its {@link org.deutero.tasks.problem.Problem}: a learner sees named weights and the loss of a mini-batch, which is drawn by the number of its step, so that any step can be run again.
 */
package org.deutero.tasks.problem;
