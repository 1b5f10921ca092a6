/**
 * Classifications made different by what is done to their inputs and labels: one set of images, and any number of random projections and orders of labels, each a task (Kirsch, Harrison, Sohl-Dickstein, Metz 2022).
 */
package org.deutero.tasks.projection;
