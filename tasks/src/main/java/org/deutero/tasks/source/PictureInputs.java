package org.deutero.tasks.source;

import org.deutero.tasks.images.ImageFormat;

/**
 * What pictures learners are meta-trained on, for those who give them others.
 *
 * @param format form of the inputs
 * @param drawings whether they are drawings, ink = 1 on 0, rather than pictures of anything
 */
public record PictureInputs(ImageFormat format, boolean drawings) {}
