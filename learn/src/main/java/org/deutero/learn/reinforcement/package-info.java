/** Reinforcement learning of policies: advantages, distributions of actions, and what policies are moved by. */
package org.deutero.learn.reinforcement;
