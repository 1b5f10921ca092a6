package org.deutero.tasks.files;

/**
 * What a data set may cost before it is refused: a few kilobytes of zip or PNG can stand for gigabytes.
 *
 * @param files images in all
 * @param fileBytes bytes of one image file, unzipped
 * @param totalBytes bytes of all image files together, unzipped
 * @param pixels pixels of one image
 */
public record Limits(int files, long fileBytes, long totalBytes, long pixels) {

    /** Two million images, 64 MiB a file, 16 GiB in all, 100 megapixels an image. */
    public static final Limits DEFAULT = new Limits(2_000_000, 64L << 20, 16L << 30, 100_000_000);

    /** Refuses limits below one. */
    public Limits {
        if (files < 1 || fileBytes < 1 || totalBytes < 1 || pixels < 1) {
            throw new IllegalArgumentException("every limit must be at least 1");
        }
    }
}
