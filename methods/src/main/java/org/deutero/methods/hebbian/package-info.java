/** Networks that start at random and are rewritten by local rules at every step of a life, after Najarro and Risi 2020. */
package org.deutero.methods.hebbian;
