/** Learners that compare: an encoder is learned, and a head that says how queries are compared with what was seen of each class. */
package org.deutero.methods.metric;
