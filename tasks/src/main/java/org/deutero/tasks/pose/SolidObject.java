package org.deutero.tasks.pose;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * An object made of solids: a long body, a head in front, something on top, and perhaps wings and a tail, so that it has a front as cars and animals do.
 *
 * @param parts its solids, all within a radius of 1 about the origin
 * @param shades how bright each part is, in (0, 1]
 * @param canonical radians about the vertical axis in which the object is said not to be turned: nobody can tell from its shape
 */
record SolidObject(List<Solid> parts, List<Double> shades, double canonical) {
    SolidObject {
        parts = List.copyOf(parts);
        shades = List.copyOf(shades);
    }

    /** One by chance. */
    static SolidObject random(RandomGenerator rng) {
        double length = between(0.5, 0.8, rng);
        double width = between(0.2, 0.4, rng);
        double height = between(0.2, 0.4, rng);
        List<Solid> parts = new ArrayList<>();
        parts.add(part(new Vec(0, 0, 0), new Vec(length, width, height), rng));
        double head = between(0.12, 0.28, rng);
        parts.add(part(
                new Vec(length + 0.5 * head, 0, between(-0.5, 1, rng) * height),
                new Vec(between(0.8, 1.6, rng) * head, head, head),
                rng));
        double top = between(0.3, 0.6, rng) * length;
        parts.add(part(
                new Vec(between(-0.6, 0.2, rng) * length, 0, height),
                new Vec(top, between(0.3, 0.9, rng) * width, between(0.1, 0.4, rng)),
                rng));
        if (rng.nextDouble() < 0.5) {
            parts.add(part(
                    new Vec(between(-0.3, 0.3, rng) * length, 0, between(-0.5, 0.5, rng) * height),
                    new Vec(between(0.1, 0.25, rng), width + between(0.15, 0.5, rng), between(0.04, 0.1, rng)),
                    rng));
        }
        if (rng.nextDouble() < 0.5) {
            parts.add(part(
                    new Vec(-length, 0, height), new Vec(between(0.06, 0.2, rng), 0.06, between(0.15, 0.4, rng)), rng));
        }
        double reach = parts.stream().mapToDouble(Solid::reach).max().getAsDouble();
        List<Double> shades = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            shades.add(between(0.5, 1, rng));
        }
        return new SolidObject(
                parts.stream().map(p -> p.scaled(1 / reach)).toList(), shades, between(0, 2 * Math.PI, rng));
    }

    private static Solid part(Vec centre, Vec half, RandomGenerator rng) {
        double form = rng.nextDouble();
        if (form < 0.35) {
            return new Solid.Ellipsoid(centre, half);
        }
        int sides = form < 0.7 ? 4 : 3 + (int) (rng.nextDouble() * 6);
        return Solid.Polyhedron.prism(centre, half, sides, between(0, 0.4, rng));
    }

    private static double between(double a, double b, RandomGenerator rng) {
        return a + (b - a) * rng.nextDouble();
    }
}
