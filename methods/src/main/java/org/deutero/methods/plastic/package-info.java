/** Networks that change their own connections while they run: plastic weights, neuromodulation and fast weights, all trained through whole episodes. */
package org.deutero.methods.plastic;
