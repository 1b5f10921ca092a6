/**
 * Evolution strategies as estimators of the meta-gradient: every task lives under a perturbed theta of its own, and the difference of what
 * mirrored perturbations lose says which way theta should go. No derivative of the inner loop is taken, so it may be as long, as
 * chaotic and as little differentiable as it likes; what is paid is variance.
 */
package org.deutero.learn.evolution;
