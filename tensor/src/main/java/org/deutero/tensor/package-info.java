/**
 * The Java face of libtorch, thin enough to read in an hour: {@link org.deutero.tensor.Tensor}s that are freed by
 * {@link org.deutero.tensor.Scope}s, {@link org.deutero.tensor.Params} as the named trees that everything is made of, and
 * {@link org.deutero.tensor.Autograd} for derivatives of any order. It knows nothing of meta-learning, and no other module touches JavaCPP.
 */
package org.deutero.tensor;
