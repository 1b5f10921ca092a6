/** Chains in which the first action is paid for much later. */
package org.deutero.tasks.chain;
