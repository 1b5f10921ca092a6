/**
 * Estimators of the meta-gradient that go through a lifetime once: with one graph of all steps, with forward-mode tangents, or with no derivative at all. Those that go back over a lifetime are in
 * {@link org.deutero.learn.gradient.adjoint}; linear solvers for implicit ones in {@link org.deutero.learn.gradient.solver}.
 *
 * <p>Notation, as in the literature: phi_{t+1} = Phi_t(phi_t, theta) are the inner steps, F the meta-loss, A_t = dPhi_t/dphi, B_t = dPhi_t/dtheta, lambda_t the adjoint of phi_t.
 */
package org.deutero.learn.gradient;
