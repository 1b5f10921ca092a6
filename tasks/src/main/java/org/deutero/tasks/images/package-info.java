/**
 * Labelled pictures, and episodes drawn from them.
 *
 * <p>A {@link org.deutero.tasks.images.LabelledImages} is a whole data set in memory, as unsigned bytes grouped by class:
 * four times smaller than floats, and an episode is then nothing but index arithmetic and one copy.
 * {@link org.deutero.tasks.images.Picture} is a single decoded image with the few operations that few-shot work needs, of
 * our own making so that they give the same bytes on every Java version.
 * {@link org.deutero.tasks.images.EpisodeSampler} draws N-way K-shot tasks.
 */
package org.deutero.tasks.images;
