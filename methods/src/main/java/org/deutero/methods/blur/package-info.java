/**
 * Bidirectional learned update rules (BLUR): a genome of some dozen numbers says how neurons of several states pass messages forward and backward and how
 * synapses change. No loss and no gradient is used while a task is learned.
 */
package org.deutero.methods.blur;
