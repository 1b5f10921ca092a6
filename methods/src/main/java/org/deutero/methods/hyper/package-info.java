/** Networks that write the weights of others. */
package org.deutero.methods.hyper;
