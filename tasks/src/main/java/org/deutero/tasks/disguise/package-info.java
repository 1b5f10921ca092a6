/** Worlds in disguise: what an agent sees, what its actions do and what it is paid are changed, for each lifetime in a way of its own, while the world stays as it is. */
package org.deutero.tasks.disguise;
