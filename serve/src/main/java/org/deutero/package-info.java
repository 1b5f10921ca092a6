/** The front door of the library. */
package org.deutero;
