/** Latent embedding optimisation. */
package org.deutero.methods.leo;
