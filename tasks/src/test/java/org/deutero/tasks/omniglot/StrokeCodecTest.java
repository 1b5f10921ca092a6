package org.deutero.tasks.omniglot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StrokeCodecTest {

    private static final int SIDE = StrokeCodec.SIDE;

    private static int roundTrip(byte[] pixels) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(99); // so that the start is not 0
        StrokeCodec.encode(pixels, out);
        byte[] again = new byte[SIDE * SIDE];
        int end = StrokeCodec.decode(out.toByteArray(), 1, again);
        assertThat(again).isEqualTo(pixels);
        assertThat(end).isEqualTo(out.size());
        return out.size() - 1;
    }

    private static byte[] paper() {
        byte[] pixels = new byte[SIDE * SIDE];
        Arrays.fill(pixels, (byte) 255);
        return pixels;
    }

    @Test
    void blankAndFullSheets() {
        assertThat(roundTrip(paper())).isEqualTo(SIDE); // a byte a row
        assertThat(roundTrip(new byte[SIDE * SIDE])).isEqualTo(SIDE + 1); // one edge anew, then none moves
    }

    @Test
    void noiseAndStripes() {
        Random random = new Random(3);
        for (int density : new int[] {1, 10, 50, 90}) {
            byte[] pixels = paper();
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = (byte) (random.nextInt(100) < density ? 0 : 255);
            }
            roundTrip(pixels);
        }
        byte[] stripes = paper();
        for (int i = 0; i < stripes.length; i += 2) {
            stripes[i] = 0; // 105 edges in every other row, moved by one in the rows between
        }
        roundTrip(stripes);
    }

    /** A stroke that drifts and touches the right border, where its last edge has no partner. */
    @Test
    void strokesThatLeaveTheSheet() {
        byte[] pixels = paper();
        for (int y = 0; y < SIDE; y++) {
            for (int x = Math.max(0, y - 2); x < Math.min(SIDE, y + 3); x++) {
                pixels[y * SIDE + x] = 0;
            }
        }
        assertThat(roundTrip(pixels)).isLessThan(120);
    }
}
