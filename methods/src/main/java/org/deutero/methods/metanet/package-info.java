/** Meta networks: fast weights generated from the gradients of support items. */
package org.deutero.methods.metanet;
