/** Gradient steps from prototypes: Proto-MAML and the fine-tuning of prototypical networks. */
package org.deutero.methods.protomaml;
