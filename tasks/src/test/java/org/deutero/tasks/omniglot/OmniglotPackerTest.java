package org.deutero.tasks.omniglot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Random;
import org.deutero.tasks.DataException;
import org.deutero.tasks.images.LabelledImages;
import org.junit.jupiter.api.Test;

class OmniglotPackerTest {

    private static final int SIZE = 105 * 105;

    private static LabelledImages strokes(int classes, int drawings) {
        Random random = new Random(8);
        LabelledImages.Builder builder = LabelledImages.builder("strokes", 1, 105, 105);
        for (int c = 0; c < classes; c++) {
            byte[] pixels = new byte[drawings * SIZE];
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = (byte) (random.nextInt(30) == 0 ? 0 : 255);
            }
            builder.add("A/character" + c, pixels);
        }
        return builder.build();
    }

    private static byte[] written(Bundle bundle) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        bundle.write(out);
        return out.toByteArray();
    }

    private static Bundle read(byte[] file) throws IOException {
        return Bundle.read(new DataInputStream(new ByteArrayInputStream(file)));
    }

    /** 35 classes make one full block and one of three. */
    @Test
    void whatIsPackedIsReadBack() throws IOException {
        LabelledImages images = strokes(35, 20);
        Bundle bundle = read(written(OmniglotPacker.pack(images, 30)));
        assertThat(bundle.background()).isEqualTo(30);
        assertThat(bundle.classNames()).isEqualTo(images.classNames());
        assertThat(bundle.blocks()).hasSize(2);
        assertThat(bundle.blocks().get(1).classes()).isEqualTo(3);
        byte[] drawing = new byte[SIZE];
        for (Bundle.Block block : bundle.blocks()) {
            byte[] code = block.inflate();
            int at = 0;
            for (int i = 0; i < block.classes() * 20; i++) {
                at = StrokeCodec.decode(code, at, drawing);
                assertThat(drawing)
                        .isEqualTo(images.image(block.firstClass() + i / 20, i % 20)
                                .pixels());
            }
        }
    }

    @Test
    void refusesDamageAndLoss() throws IOException {
        byte[] file = written(OmniglotPacker.pack(strokes(1, 20), 1));
        file[file.length / 2] ^= 4;
        assertThatThrownBy(() -> read(file).blocks().get(0).inflate())
                .isInstanceOf(DataException.class)
                .hasMessageContaining("damaged");
        assertThatThrownBy(() -> OmniglotPacker.pack(strokes(1, 19), 1))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("19 drawings");
        LabelledImages grey = LabelledImages.builder("grey", 1, 105, 105)
                .add("A/character01", new byte[20 * SIZE])
                .build();
        assertThat(OmniglotPacker.pack(grey, 1).blocks()).hasSize(1);
        byte[] shade = new byte[20 * SIZE];
        shade[17] = 100;
        LabelledImages shaded = LabelledImages.builder("shaded", 1, 105, 105)
                .add("A/character01", shade)
                .build();
        assertThatThrownBy(() -> OmniglotPacker.pack(shaded, 1))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("without loss");
    }
}
