/**
 * Worlds to act in: dynamics with replayable chance, many lifetimes times many copies at once.
 *
 * <p>{@link org.deutero.tasks.world.Worlds} is the batch that learners get. Its {@link org.deutero.tasks.world.World} holds what lifetimes are given; what changes in a life is a tree of tensors that the learner keeps in its fast state, so that any step can be run again. Worlds
 * are written for one life, on primitive arrays ({@link org.deutero.tasks.world.Dynamics}), or as tensor programs over all of them.
 */
package org.deutero.tasks.world;
