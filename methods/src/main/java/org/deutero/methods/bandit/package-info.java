/**
 * Deciding online: policies that play contextual bandits round by round, a meta-learned learner among them, and the simulation that counts their regret.
 */
package org.deutero.methods.bandit;
