/** What everything here rests on: failures that the user can mend, files that are whole or not there, and what this process is made of. */
package org.deutero.experiment.base;
