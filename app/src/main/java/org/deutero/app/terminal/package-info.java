/** What the program writes to, and in which encoding. */
package org.deutero.app.terminal;
