/** The list of all sources of tasks that the library has. */
package org.deutero.tasks.builtin;
