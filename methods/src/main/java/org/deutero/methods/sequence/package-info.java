/** Networks that learn a task from a sequence of inputs with answers that arrive one step late, whatever the network and whatever is told. */
package org.deutero.methods.sequence;
