/** Dark rooms: grids in which an agent sees where it is, but not what it is looking for. */
package org.deutero.tasks.room;
