/**
 * Learned policy gradients: an update rule of reinforcement learning that is itself learned over whole lifetimes of agents, and what it is compared with.
 *
 * <p>{@link org.deutero.methods.lpg.ObjectiveNetwork} says what a stretch of experience should do to an agent's policy and prediction, {@link org.deutero.methods.lpg.LearnedUpdate} does it, {@link org.deutero.methods.lpg.Lpg} lives and learns.
 */
package org.deutero.methods.lpg;
