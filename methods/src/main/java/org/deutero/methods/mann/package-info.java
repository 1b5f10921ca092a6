/** Memory-augmented networks and recurrent networks that learn a task from a sequence of inputs with labels that arrive one step late. */
package org.deutero.methods.mann;
