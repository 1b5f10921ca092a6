package org.deutero.app.report;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Strengths of units in tasks as a picture: a row for each unit, the strongest on top, a column for each task. */
final class HeatMap {
    private static final int ROW = 7;
    private static final int LOWEST = 90;
    private static final int HIGHEST = 420;

    /** Red, green and blue of strength 0 and of strength 1. */
    private static final float[][] RAMP = {{0.96f, 0.97f, 0.98f}, {0.12f, 0.37f, 0.68f}};

    private HeatMap() {}

    /** @param strength [tasks][units], in [0, 1] */
    static String html(String layer, float[][] strength) {
        int tasks = strength.length;
        int units = strength[0].length;
        Integer[] order = order(strength, units);
        float[] pixels = new float[3 * units * tasks];
        for (int c = 0; c < 3; c++) {
            for (int row = 0; row < units; row++) {
                for (int task = 0; task < tasks; task++) {
                    float s = Math.max(0, Math.min(1, strength[task][order[row]]));
                    pixels[(c * units + row) * tasks + task] = RAMP[0][c] + s * (RAMP[1][c] - RAMP[0][c]);
                }
            }
        }
        String told = "strength of the " + units + " units of layer " + layer + " in " + tasks + " test tasks";
        return "<div class=\"heat\"><span class=\"heat-y\">" + units + " units of " + Markup.escape(layer)
                + "</span><img alt=\"" + Markup.escape(told) + "\" title=\"" + Markup.escape(told)
                + "\" style=\"height:" + Math.max(LOWEST, Math.min(HIGHEST, ROW * units)) + "px\" src=\""
                + Png.dataUri(pixels, 3, units, tasks) + "\"><span class=\"heat-x\">" + tasks
                + " test tasks</span></div>\n";
    }

    private static Integer[] order(float[][] strength, int units) {
        double[] mean = IntStream.range(0, units)
                .mapToDouble(u -> Arrays.stream(strength)
                        .mapToDouble(task -> task[u])
                        .average()
                        .orElse(0))
                .toArray();
        Integer[] order = IntStream.range(0, units).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble(u -> -mean[u]));
        return order;
    }
}
