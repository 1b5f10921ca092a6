/** Training problems: quadratics, and networks that are fitted to the tasks of any source of episodes. */
package org.deutero.tasks.training;
