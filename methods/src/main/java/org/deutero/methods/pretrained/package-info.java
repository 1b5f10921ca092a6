/** Ordinary classification of all training classes at once, then a new head on top of the features: the baselines that few-shot learners have to beat. */
package org.deutero.methods.pretrained;
