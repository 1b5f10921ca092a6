/** Ridge regression on what has been told so far: what a learned learner of sequences has to beat. */
package org.deutero.methods.ridge;
