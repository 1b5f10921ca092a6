/** Tensors in files. */
package org.deutero.tensor.io;
