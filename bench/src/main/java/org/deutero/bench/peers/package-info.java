/** Our side of the comparison with peers in {@code bench/peers}: the same numbers from the same files, in turn with the others. */
package org.deutero.bench.peers;
