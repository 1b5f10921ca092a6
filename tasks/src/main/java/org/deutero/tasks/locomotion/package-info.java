/** Bodies with joints that walk on the ground of a plane. */
package org.deutero.tasks.locomotion;
