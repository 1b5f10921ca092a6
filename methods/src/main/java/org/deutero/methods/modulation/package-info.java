/** Top-down modulation: a network whose neurons' gains and shifts, and not its weights, are adapted to a task. */
package org.deutero.methods.modulation;
