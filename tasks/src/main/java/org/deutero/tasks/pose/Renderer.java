package org.deutero.tasks.pose;

import java.util.List;

/**
 * Takes pictures of objects: parallel rays along the axis y, one light beside the camera, grey on black, the mean of 2x2 rays a pixel.
 *
 * @param size side of a picture in pixels
 */
record Renderer(int size) {
    private static final Vec LIGHT = new Vec(-0.4, -0.75, 0.55).unit();
    private static final double AMBIENT = 0.25;
    private static final int RAYS = 2;

    /**
     * A picture.
     *
     * @param turn from the object's own axes to the camera's
     * @param out size * size bytes from {@code at}, row by row from the top
     */
    void draw(SolidObject object, Rotation3 turn, byte[] out, int at) {
        List<Solid.Seen> seen =
                object.parts().stream().map(part -> part.from(turn)).toList();
        int fine = size * RAYS;
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < size; column++) {
                double sum = 0;
                for (int ray = 0; ray < RAYS * RAYS; ray++) {
                    double x = (2 * (column * RAYS + ray % RAYS) + 1.0) / fine - 1;
                    double z = 1 - (2 * (row * RAYS + ray / RAYS) + 1.0) / fine;
                    sum += brightness(object, seen, x, z);
                }
                out[at + row * size + column] = (byte) (int) (255 * sum / (RAYS * RAYS) + 0.5);
            }
        }
    }

    private static double brightness(SolidObject object, List<Solid.Seen> seen, double x, double z) {
        int nearest = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < seen.size(); i++) {
            double depth = seen.get(i).depth(x, z);
            if (depth < least) {
                least = depth;
                nearest = i;
            }
        }
        if (nearest < 0) {
            return 0;
        }
        double facing = Math.max(0, seen.get(nearest).facing(x, z, least, LIGHT));
        return object.shades().get(nearest) * (AMBIENT + (1 - AMBIENT) * facing);
    }
}
