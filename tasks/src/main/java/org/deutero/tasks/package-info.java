/**
 * Where tasks come from.
 *
 * <p>A meta-learner does not see examples, it sees tasks. A {@link org.deutero.tasks.TaskSource} hands them out in
 * batches ({@link org.deutero.tasks.TaskBatch}) whose tensors lead with the task dimension; the batch nearly everyone
 * needs is {@link org.deutero.tasks.Episodes}: a support set to learn from and a query set to be judged on.
 *
 * <p>Around that core lie four packages: {@code images} holds labelled pictures and the episode sampler, {@code files}
 * reads the user's own folders and the usual public sets, {@code omniglot} is a complete data set inside the jar, so
 * that a first result needs no download, and {@code synthetic} makes regression tasks out of formulae. Which classes
 * are for training and which for testing is never implied: it is a value, {@link org.deutero.tasks.ClassSplit}.
 *
 * <p>All randomness comes from the generator that is passed in. Bad data is refused with a
 * {@link org.deutero.tasks.DataException} of one sentence, and as early as it can be known.
 */
package org.deutero.tasks;
