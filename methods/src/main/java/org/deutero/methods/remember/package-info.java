/** Local rules of synapses that are learned by what they let a network remember, after Gregor 2020. */
package org.deutero.methods.remember;
