/** The list of all systems that the library has. */
package org.deutero.methods.builtin;
