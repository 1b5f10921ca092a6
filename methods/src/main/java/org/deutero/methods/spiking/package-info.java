/** Networks of spiking neurons whose synapses learn by an online, local rule and are meta-learned by a contrastive one. */
package org.deutero.methods.spiking;
