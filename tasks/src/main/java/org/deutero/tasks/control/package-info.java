/** Environments to act in, vectorised over lives. */
package org.deutero.tasks.control;
