/** Things to remember: symbols, random bits and whole patterns, shown one after the other and asked for afterwards. */
package org.deutero.tasks.memory;
