/**
 * Estimators of the meta-gradient side by side, on a recipe's own learner and tasks: how far from the exact gradient
 * each is, and what it costs.
 *
 * <p>{@link org.deutero.experiment.gradcheck.Comparison} lists the estimators;
 * {@link org.deutero.experiment.gradcheck.GradientCheck} judges them;
 * {@link org.deutero.experiment.gradcheck.Scaling} measures them by the number of inner steps;
 * {@link org.deutero.experiment.gradcheck.NudgingScan} follows the contrastive rule's error by its strength of nudging;
 * {@link org.deutero.experiment.gradcheck.OneDimension} is EvoGrad's illustration.
 */
package org.deutero.experiment.gradcheck;
