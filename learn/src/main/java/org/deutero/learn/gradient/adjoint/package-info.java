/**
 * Estimators of the meta-gradient by adjoints: the inner loop is run without a graph, and then gone back over a step at a time ({@link org.deutero.learn.gradient.adjoint.Sweep} and its kin), or from
 * its end at once by the implicit function theorem ({@link org.deutero.learn.gradient.adjoint.Implicit}) or by contrast with nudged phases ({@link org.deutero.learn.gradient.adjoint.Contrastive}).
 */
package org.deutero.learn.gradient.adjoint;
