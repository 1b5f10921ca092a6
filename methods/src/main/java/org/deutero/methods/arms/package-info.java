/** Classical agents of bandits: nothing of them is meta-learned; they are what learned agents have to beat. */
package org.deutero.methods.arms;
