/**
 * Published benchmarks whose pictures the user brings: the class splits are here, the pictures are read in the form in which
 * their makers hand them out.
 *
 * <p>{@link org.deutero.tasks.benchmarks.Import} checks what it is given against what was published, and makes a folder of a list
 * or zip of pictures and a split file, in the general form that any recipe can be trained on.
 */
package org.deutero.tasks.benchmarks;
