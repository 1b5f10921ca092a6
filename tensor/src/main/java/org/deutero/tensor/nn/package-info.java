/**
 * Stateless networks: a layer is a record that describes an architecture, makes {@link org.deutero.tensor.Params} and is applied
 * to them as a pure function. There are no hidden parameters and no train/eval flag.
 *
 * <p>Every layer works with parameters shared by all tasks and with parameters that lead with a task dimension; which one it is, is told by their rank.
 */
package org.deutero.tensor.nn;
