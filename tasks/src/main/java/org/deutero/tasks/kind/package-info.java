/** What a task can be: the names of the kinds, for those that join methods and sources. */
package org.deutero.tasks.kind;
