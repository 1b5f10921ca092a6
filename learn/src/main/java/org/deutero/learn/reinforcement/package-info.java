/** Reinforcement learning of policies: advantages, losses, and what policies are moved by. */
package org.deutero.learn.reinforcement;
