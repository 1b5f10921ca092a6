/**
 * MAML for policies: an initialisation from which policy-gradient steps on a few episodes solve a task.
 *
 * <p>{@link org.deutero.methods.policy.PolicyMaml} is the learner, {@link org.deutero.methods.policy.Estimator} which derivatives of sampling it keeps; the outer loop is any estimator, or TRPO or PPO of {@link org.deutero.learn.reinforcement}.
 */
package org.deutero.methods.policy;
