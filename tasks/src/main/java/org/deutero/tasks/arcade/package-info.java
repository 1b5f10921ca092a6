/** Small games of a screen. */
package org.deutero.tasks.arcade;
