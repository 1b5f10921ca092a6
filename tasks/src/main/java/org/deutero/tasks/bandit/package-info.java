/**
 * Contextual bandits: a round shows a context, one of several arms is pulled, and only that arm's reward is seen. {@link org.deutero.tasks.bandit.LoggedRounds} makes few-shot tasks of rounds that a uniform
 * policy has played, for meta-training offline; a {@link org.deutero.tasks.bandit.ContextualBandit} itself is what policies are played against.
 */
package org.deutero.tasks.bandit;
