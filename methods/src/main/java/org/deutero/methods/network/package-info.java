/** The library's own architectures as recipes describe them: for each, the keys that it has. */
package org.deutero.methods.network;
