/**
 * Estimators of the meta-gradient. Notation, as in the literature: phi_{t+1} = Phi_t(phi_t, theta) are the inner steps, F the
 * meta-loss, A_t = dPhi_t/dphi, B_t = dPhi_t/dtheta, lambda_t the adjoint of phi_t.
 */
package org.deutero.learn.gradient;
