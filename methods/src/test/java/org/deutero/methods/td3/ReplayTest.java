package org.deutero.methods.td3;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.deutero.methods.InScope;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is remembered, and which segments are drawn from it, where every step can be told by what is seen in it. */
@ExtendWith(InScope.class)
class ReplayTest {
    private static final int AGENTS = 2;
    private static final int COPIES = 3;
    private static final int SEGMENT = 4;

    /** Between what different lives see. */
    private static final double LIFE = 100_000;

    /** Episodes of 7 and 3 steps in turn. */
    private static final int[] LENGTHS = {7, 3};

    private static final int CAPACITY = 13;

    private final Replay replay = new Replay(1, 1, CAPACITY, SEGMENT);

    private record Place(int time, boolean last) {}

    private static Place place(int step) {
        int at = step / 10 * 10;
        for (int episode = 0; ; episode++) {
            int length = LENGTHS[episode % 2];
            if (step < at + length) {
                return new Place(step - at, step == at + length - 1);
            }
            at += length;
        }
    }

    /** What is seen at a step by a life: where episodes end, what is reached is no start. */
    private static double seen(int step, int life) {
        return LIFE * life + step;
    }

    /** A ring after so many steps, written by so many at a time. */
    private Ring lived(int steps, int atOnce) {
        return lived(replay, steps, atOnce);
    }

    private static Ring lived(Replay replay, int steps, int atOnce) {
        Ring ring = replay.empty(DType.FLOAT64, AGENTS, COPIES);
        for (int from = 0; from < steps; from += atOnce) {
            List<Tensor> rows = new ArrayList<>();
            for (int step = from; step < Math.min(from + atOnce, steps); step++) {
                double[] see = new double[AGENTS * COPIES];
                double[] next = new double[see.length];
                for (int life = 0; life < see.length; life++) {
                    see[life] = seen(step, life);
                    next[life] = seen(step, life) + 0.5;
                }
                Tensor s = Tensor.of(see, AGENTS, COPIES, 1);
                Tensor reward = s.squeeze(2).mul(2);
                Place place = place(step);
                Tensor flag = Tensors.full(place.last() ? 1 : 0, DType.FLOAT64, AGENTS, COPIES);
                Tensor time = Tensors.full(place.time(), DType.FLOAT64, AGENTS, COPIES);
                rows.add(Replay.row(s, s.neg(), reward, flag, time, Tensor.of(next, AGENTS, COPIES, 1)));
            }
            ring = replay.write(ring, Tensors.cat(rows, 2), from);
        }
        return ring;
    }

    @Test
    void theOldestStepsMakeRoom() {
        Tensor ring = lived(31, 2).parts().get(0);
        assertThat(lived(31, 5).parts().get(0).doubles()).containsExactly(ring.doubles());
        Set<Double> steps = new HashSet<>();
        for (double x : ring.select(0, 0).select(0, 0).select(1, 0).doubles()) {
            steps.add(x);
        }
        Set<Double> last = new HashSet<>();
        for (int step = 31 - 13; step < 31; step++) {
            last.add((double) step);
        }
        assertThat(steps).isEqualTo(last);
    }

    @Test
    void segmentsAreStretchesOfEpisodes() {
        for (int taken : new int[] {3, 9, 13, 31}) {
            int n = 40;
            Tensor uniform = Tensors.uniform(new SplittableRandom(taken), 0, 1, DType.FLOAT64, AGENTS, n, 2);
            Segments segments = replay.sample(lived(taken, 1), taken, uniform);
            Set<Double> lasts = new HashSet<>();
            for (int agent = 0; agent < AGENTS; agent++) {
                for (int i = 0; i < n; i++) {
                    check(segments, agent, i, taken, CAPACITY);
                    lasts.add(segments.last().select(0, agent).select(0, i).item() % LIFE);
                }
            }
            assertThat(lasts)
                    .as("different ends after %d steps", taken)
                    .hasSizeGreaterThanOrEqualTo(Math.min(taken, 13) / 3);
        }
    }

    @Test
    void largeRingsAreInPartsOfWhichAWriteMakesOneAnew() {
        Replay large = new Replay(1, 1, 2 * Ring.ROWS + 100, SEGMENT);
        int taken = large.capacity() + 2000;
        Ring ring = lived(large, taken, 700);
        assertThat(ring.parts().stream().map(part -> part.size(2)))
                .containsExactly((long) Ring.ROWS, (long) Ring.ROWS, 100L);
        // In a tree and back, in another order.
        Params tree = ring.under("ring");
        Params.Builder backwards = Params.builder();
        for (int i = 2; i >= 0; i--) {
            backwards.put("ring." + i, tree.get("ring." + i));
        }
        Ring read = Ring.of(backwards.build(), "ring");
        Tensor uniform = Tensors.uniform(new SplittableRandom(4), 0, 1, DType.FLOAT64, AGENTS, 60, 2);
        Segments segments = large.sample(read, taken, uniform);
        Set<Integer> parts = new HashSet<>();
        for (int agent = 0; agent < AGENTS; agent++) {
            for (int i = 0; i < 60; i++) {
                check(segments, agent, i, taken, large.capacity());
                double step = segments.last().select(0, agent).select(0, i).item() % LIFE;
                parts.add((int) step % large.capacity() / Ring.ROWS);
            }
        }
        assertThat(parts).contains(0, 1);
        Tensor row = Tensors.zeros(
                DType.FLOAT64, AGENTS, COPIES, 1, ring.parts().get(0).size(3));
        Ring next = large.write(ring, row, taken);
        assertThat(next.parts().get(1)).isSameAs(ring.parts().get(1));
        assertThat(next.parts().get(0)).isNotSameAs(ring.parts().get(0));
    }

    private static void check(Segments segments, int agent, int i, int taken, int capacity) {
        double[] seen = segments.observation().select(0, agent).select(0, i).doubles();
        double[] mask = segments.mask().select(0, agent).select(0, i).doubles();
        double[] action = segments.action().select(0, agent).select(0, i).doubles();
        double[] reward = segments.reward().select(0, agent).select(0, i).doubles();
        double[] terminated =
                segments.terminated().select(0, agent).select(0, i).doubles();
        double last = segments.last().select(0, agent).select(0, i).item();
        int life = (int) (seen[0] / LIFE);
        assertThat(life / COPIES).as("whose life").isEqualTo(agent);
        int first = (int) (seen[0] % LIFE);
        int length = 0;
        for (int t = 0; t < SEGMENT; t++) {
            length += (int) mask[t];
            double step = seen(first + t, life);
            boolean real = mask[t] == 1;
            assertThat(mask[t]).isEqualTo(t < length ? 1 : 0);
            // Where a segment ends early, what it led to is seen once, and then nothing.
            assertThat(seen[t]).isEqualTo(real ? step : t == length ? step - 0.5 : 0);
            assertThat(action[t]).isEqualTo(real ? -step : 0);
            assertThat(reward[t]).isEqualTo(real ? 2 * step : 0);
            assertThat(terminated[t]).isEqualTo(real && place(first + t).last() ? 1 : 0);
            assertThat(place(first + t).time())
                    .as("within one episode")
                    .matches(time -> !real || time == place(first).time() + (int) (step - seen[0]));
        }
        assertThat(last).isEqualTo(seen(first + length - 1, life) + 0.5);
        int oldest = Math.max(0, taken - capacity);
        if (length < SEGMENT) {
            // Shorter only if there is no more of the episode: before what is remembered, or after the present.
            boolean begins = place(first).time() == 0 || first == oldest;
            boolean ends = place(first + length - 1).last() || first + length == taken || first == oldest;
            assertThat(begins && ends)
                    .as("steps %d to %d", first, first + length - 1)
                    .isTrue();
        }
    }
}
