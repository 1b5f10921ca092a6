package org.deutero.tasks.drawings;

import java.util.random.RandomGenerator;

/**
 * How a drawing is made and photographed: the pen, and what it is cut out to.
 *
 * @param thicken pixels of {@link Canvas} that strokes are widened by
 * @param filled whether closed lines are filled
 * @param hollow width of the rim that solid ink is reduced to; 0 if it stays solid
 * @param frame side of the picture, in those of the ink's box; 1 leaves no margin, 0 keeps the frame of the set
 * @param stretched whether width and height each fill the frame, or else the longer one
 * @param strength of the ink, at most 1
 * @param width of a symbol's strokes, a share of the sheet
 * @param contrast by how much a symbol's strokes are wider down than across, as those of printed letters
 * @param serifs length of the ticks at the ends of a symbol's strokes; 0 for none
 */
record Look(
        int thicken,
        boolean filled,
        int hollow,
        double frame,
        boolean stretched,
        double strength,
        double width,
        double contrast,
        double serifs) {
    private static final double TURN = 0.12;
    private static final double SHEAR = 0.2;
    private static final double SCALE = 0.12;
    private static final double SHIFT = 0.06;
    private static final int SAMPLES = 2;

    /** A look by chance. */
    static Look draw(RandomGenerator rng) {
        boolean thick = rng.nextDouble() < 0.5;
        boolean hollow = thick && rng.nextDouble() < 0.15;
        return new Look(
                thick ? 1 + rng.nextInt(4) : 0,
                rng.nextDouble() < 0.15,
                hollow ? 1 + rng.nextInt(2) : 0,
                rng.nextDouble() < 0.35 ? 0 : 1 + 0.6 * rng.nextDouble() * rng.nextDouble(),
                rng.nextDouble() < 0.2,
                rng.nextDouble() < 0.7 ? 1 : 0.5 + 0.5 * rng.nextDouble(),
                0.02 + 0.16 * rng.nextDouble() * rng.nextDouble(),
                rng.nextDouble() < 0.4 ? 0.7 * rng.nextDouble() : 0,
                rng.nextDouble() < 0.3 ? 0.04 + 0.06 * rng.nextDouble() : 0);
    }

    /** Works on the ink of the canvas and writes what the picture shows, {@code [side, side]} in [0, 1], turned, sheared, scaled and moved a little. */
    void picture(Canvas canvas, int side, RandomGenerator rng, float[] out, int offset) {
        if (filled) {
            canvas.fillHoles();
        }
        if (thicken > 0) {
            canvas.thicken(thicken);
        }
        if (hollow > 0) {
            canvas.hollow(hollow);
        }
        int[] box = frame == 0 ? new int[] {0, 0, Canvas.SIDE, Canvas.SIDE} : canvas.box();
        double longer = Math.max(box[2] - box[0], box[3] - box[1]);
        double zoom = frame == 0 ? 1 : frame;
        double across = zoom * (stretched ? Math.max(box[2] - box[0], longer / 3) : longer);
        double down = zoom * (stretched ? Math.max(box[3] - box[1], longer / 3) : longer);
        double angle = TURN * rng.nextGaussian();
        double shear = SHEAR * (2 * rng.nextDouble() - 1);
        double a = across * (1 + SCALE * (2 * rng.nextDouble() - 1));
        double d = down * (1 + SCALE * (2 * rng.nextDouble() - 1));
        double right = SHIFT * (2 * rng.nextDouble() - 1);
        double lower = SHIFT * (2 * rng.nextDouble() - 1);
        double centreX = (box[0] + box[2] - 1) / 2.0;
        double centreY = (box[1] + box[3] - 1) / 2.0;
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        float most = 0;
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                double sum = 0;
                for (int sample = 0; sample < SAMPLES * SAMPLES; sample++) {
                    double u = (x + (sample % SAMPLES + 0.5) / SAMPLES) / side - 0.5 - right;
                    double v = (y + (sample / SAMPLES + 0.5) / SAMPLES) / side - 0.5 - lower;
                    double skewed = u + shear * v;
                    sum += canvas.at(centreX + a * (cos * skewed - sin * v), centreY + d * (sin * skewed + cos * v));
                }
                float value = (float) (sum / (SAMPLES * SAMPLES));
                most = Math.max(most, value);
                out[offset + y * side + x] = value;
            }
        }
        // As the reader of users' pictures does, which gives the strongest ink full strength.
        float factor = most == 0 ? 0 : (float) strength / most;
        for (int i = 0; i < side * side; i++) {
            out[offset + i] *= factor;
        }
    }
}
