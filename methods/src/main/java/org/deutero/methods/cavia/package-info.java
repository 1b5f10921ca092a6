/** CAVIA: a few context numbers are adapted, the network is shared by all tasks. */
package org.deutero.methods.cavia;
