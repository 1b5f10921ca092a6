/** Reptile: a learned initialisation without any derivative of the inner loop. */
package org.deutero.methods.reptile;
