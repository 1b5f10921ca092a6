/** Prototypical networks and the nearest-centroid baseline. */
package org.deutero.methods.protonet;
