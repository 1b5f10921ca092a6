/** What commands print: tables, and results in words. */
package org.deutero.app.text;
