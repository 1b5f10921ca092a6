/** General-purpose in-context learners: causal networks that learn a task in what they carry on, a transformer's context or a recurrent state. */
package org.deutero.methods.incontext;
