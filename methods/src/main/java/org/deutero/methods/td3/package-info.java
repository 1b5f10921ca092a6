/** Twin delayed deep deterministic policy gradients (TD3), an agent that learns off policy from segments of what it remembers. */
package org.deutero.methods.td3;
