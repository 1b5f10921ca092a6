/** Plain training of a fresh network: what learned rules have to beat. */
package org.deutero.methods.scratch;
