/** Neural processes: sets of points to distributions over functions, in one forward pass. */
package org.deutero.methods.neuralprocess;
