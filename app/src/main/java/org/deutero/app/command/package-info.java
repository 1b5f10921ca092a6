/** The sub-commands, one class each. */
package org.deutero.app.command;
