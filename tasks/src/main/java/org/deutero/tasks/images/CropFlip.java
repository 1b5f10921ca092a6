package org.deutero.tasks.images;

import java.util.random.RandomGenerator;

/**
 * The usual augmentation of small pictures: mirrored at the edges, a window at a random place, and half of them turned left to right.
 *
 * @param padding pixels by which the window may be off; 0 for none
 * @param flip whether left and right may be exchanged
 */
public record CropFlip(int padding, boolean flip) {
    /** Pictures as they are. */
    public static final CropFlip NONE = new CropFlip(0, false);

    /** Whether nothing is done, and nothing drawn. */
    boolean isNone() {
        return padding == 0 && !flip;
    }

    /**
     * Changes one picture in place.
     *
     * @param at where its pixels [channels, height, width] begin
     */
    void apply(float[] pixels, int at, int channels, int height, int width, RandomGenerator rng) {
        if (isNone()) {
            return;
        }
        int down = padding == 0 ? 0 : rng.nextInt(2 * padding + 1) - padding;
        int right = padding == 0 ? 0 : rng.nextInt(2 * padding + 1) - padding;
        boolean turned = flip && rng.nextBoolean();
        float[] plane = new float[height * width];
        for (int c = 0; c < channels; c++) {
            int start = at + c * plane.length;
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    int from = mirrored((turned ? width - 1 - x : x) + right, width);
                    plane[y * width + x] = pixels[start + mirrored(y + down, height) * width + from];
                }
            }
            System.arraycopy(plane, 0, pixels, start, plane.length);
        }
    }

    /** Mirrored at the edges, whose own pixels are not doubled. */
    private static int mirrored(int i, int size) {
        int at = i < 0 ? -i : i;
        return at < size ? at : Math.max(0, 2 * size - 2 - at);
    }
}
