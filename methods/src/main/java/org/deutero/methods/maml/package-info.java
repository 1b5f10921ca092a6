/** MAML and its kin: a learned initialisation adapted by gradient descent. */
package org.deutero.methods.maml;
