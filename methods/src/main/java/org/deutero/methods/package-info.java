/**
 * Published meta-learning systems, one package each, with the paper in the Javadoc; {@link org.deutero.methods.Methods} lists them as recipes name them.
 */
package org.deutero.methods;
