/**
 * Sequences: items in order, each to be answered before its answer is told.
 *
 * <p>{@link org.deutero.tasks.sequence.Sequences} is the batch that learners get: learners with a memory, and those that learn within a context.
 */
package org.deutero.tasks.sequence;
