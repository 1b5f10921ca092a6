/** Trained learners over HTTP: classifiers are made, asked, extended and deleted; and a page to play with. */
package org.deutero.server;
