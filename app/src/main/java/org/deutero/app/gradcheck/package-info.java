/**
 * Estimators of the meta-gradient side by side, on a recipe's own learner and tasks: how far from the exact gradient
 * each is, and what it costs.
 *
 * <p>{@link org.deutero.app.gradcheck.Comparison} lists the estimators;
 * {@link org.deutero.app.gradcheck.GradientCheck} judges them;
 * {@link org.deutero.app.gradcheck.Scaling} measures them by the number of inner steps;
 * {@link org.deutero.app.gradcheck.NudgingScan} follows the contrastive rule's error by its strength of nudging.
 */
package org.deutero.app.gradcheck;
