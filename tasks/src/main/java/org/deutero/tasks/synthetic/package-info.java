/**
 * Regression tasks made of formulae.
 *
 * <p>Each task is one function, a {@link org.deutero.tasks.synthetic.Curve}, drawn from a family with random parameters;
 * the learner sees a few of its points and is judged on others. {@link org.deutero.tasks.synthetic.Sinusoids} is the
 * family on which gradient-based meta-learning was first shown, {@link org.deutero.tasks.synthetic.Harmonics} a harder one
 * in which no two tasks live on the same stretch of the axis.
 */
package org.deutero.tasks.synthetic;
