/** The complex-synapse model of contrastive meta-learning: weights that are pulled to remembered centres. */
package org.deutero.methods.synapse;
