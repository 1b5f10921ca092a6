/** Implicit MAML: a learned prior mean, and a meta-gradient that does not see the path of the inner loop. */
package org.deutero.methods.imaml;
