/** What a person watching a run sees. */
package org.deutero.app.progress;
