/** Pose regression: how far an object is turned, from pictures of it; a renderer of objects made of solids, and a reader of pictures of others. */
package org.deutero.tasks.pose;
