package org.deutero.tasks.images;

/** How a picture is brought to another size. All three give the same bytes on every Java version. */
public enum Resampling {
    /** The mean over the area that an output pixel covers, in exact integer arithmetic. The default. */
    AREA,

    /** Windowed sinc of three lobes, widened when shrinking: what most published few-shot pipelines use. */
    LANCZOS,

    /** The pixel nearest to the centre; keeps 1-bit drawings 1-bit. */
    NEAREST
}
