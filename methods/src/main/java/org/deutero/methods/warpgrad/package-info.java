/**
 * WarpGrad and Leap: a task is trained on mini-batches for as long as one likes, from a learned start and through layers that precondition its gradient; nothing is ever unrolled.
 */
package org.deutero.methods.warpgrad;
