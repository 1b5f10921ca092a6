/**
 * The documents that are made from what the program knows: the table of methods, the reference of recipe keys, and the tables of the guide and of
 * measured results. {@code deutero docs} writes them, a test compares them with what is committed.
 */
package org.deutero.app.docs;
