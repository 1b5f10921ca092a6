/** Tasks of telling drawings of many kinds apart, such as a user might bring: characters, symbols and silhouettes with pens of all widths, filled or not, with margins or without. */
package org.deutero.tasks.drawings;
