/** Measuring trained learners on tasks they have never seen: means, intervals, curves over inner steps. */
package org.deutero.learn.evaluate;
