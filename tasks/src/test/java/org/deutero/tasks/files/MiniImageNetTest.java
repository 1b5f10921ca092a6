package org.deutero.tasks.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.deutero.tasks.DataException;
import org.deutero.tasks.images.ImageFormat;
import org.deutero.tasks.images.LabelledImages;
import org.deutero.tasks.images.SplitImages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MiniImageNetTest {

    @TempDir
    Path dir;

    /** A sheet of 3 tiles a row and 2 rows; tile k is of the shade base + 20 k. */
    private static byte[] sheet(int base) {
        BufferedImage image = new BufferedImage(96, 64, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 64; y++) {
            for (int x = 0; x < 96; x++) {
                image.setRGB(x, y, (base + 20 * (x / 32 + 3 * (y / 32))) * 0x010101);
            }
        }
        return TestFiles.encode("jpg", image);
    }

    @Test
    void cutsSheetsIntoTilesInOrder() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("val/n03.jpg", sheet(30));
        files.put("test/n01.jpg", sheet(10));
        files.put("train/n04.jpg", sheet(40));
        files.put("train/n02.jpg", sheet(20));
        SplitImages set = MiniImageNet.read(TestFiles.zip(dir.resolve("s.zip"), files), ImageFormat.colour(32));
        LabelledImages images = set.images();
        assertThat(images.name()).isEqualTo("mini-imagenet");
        assertThat(images.classNames()).containsExactly("n02", "n04", "n03", "n01");
        assertThat(set.split().train()).containsExactly(0, 1);
        assertThat(set.split().validation()).containsExactly(2);
        assertThat(set.split().test()).containsExactly(3);
        for (int c = 0; c < 4; c++) {
            assertThat(images.count(c)).isEqualTo(6);
            int base = new int[] {20, 40, 30, 10}[c];
            for (int k = 0; k < 6; k++) {
                assertThat(images.image(c, k).at(1, 0, 0)).isBetween(base + 20 * k - 2, base + 20 * k + 2);
                assertThat(images.image(c, k).at(1, 31, 31)).isBetween(base + 20 * k - 2, base + 20 * k + 2);
            }
        }
    }

    @Test
    void readsFoldersOfImages() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("val/n03/a.jpg", TestFiles.shade("jpg", 84, 84, 90));
        files.put("train/n02/b.jpg", TestFiles.shade("jpg", 84, 84, 60));
        files.put("train/n02/a.jpg", TestFiles.shade("jpg", 84, 84, 30));
        files.put("test/n01/a.jpg", TestFiles.shade("jpg", 84, 84, 120));
        SplitImages set = MiniImageNet.read(TestFiles.zip(dir.resolve("i.zip"), files), ImageFormat.colour(84));
        assertThat(set.images().classNames()).containsExactly("n02", "n03", "n01");
        assertThat(set.images().image(0, 0).at(0, 40, 40)).isBetween(28, 32);
        assertThat(set.images().image(0, 1).at(0, 40, 40)).isBetween(58, 62);
        assertThat(set.split().test()).containsExactly(2);
    }

    @Test
    void refusesOtherSheetsAndLayouts() throws IOException {
        Map<String, byte[]> odd = Map.of("train/n1.jpg", TestFiles.shade("jpg", 100, 64, 1));
        Path oddZip = TestFiles.zip(dir.resolve("odd.zip"), odd);
        assertThatThrownBy(() -> MiniImageNet.read(oddZip, ImageFormat.colour(32)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("train/n1.jpg")
                .hasMessageContaining("100x64");
        Path other = TestFiles.zip(dir.resolve("other.zip"), TestFiles.good());
        assertThatThrownBy(() -> MiniImageNet.read(other, ImageFormat.colour(32)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("train, val and test");
    }

    @Test
    void saysHowToNameTheDataFolder() {
        String before = System.getProperty(DataFolder.PROPERTY);
        try {
            System.clearProperty(DataFolder.PROPERTY);
            assertThatThrownBy(MiniImageNet::small)
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("-Ddeutero.data=");
            System.setProperty(DataFolder.PROPERTY, dir.toString());
            assertThatThrownBy(MiniImageNet::large)
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("mini-imagenet-84x84-first100.zip")
                    .hasMessageContaining("does not exist");
        } finally {
            if (before == null) {
                System.clearProperty(DataFolder.PROPERTY);
            } else {
                System.setProperty(DataFolder.PROPERTY, before);
            }
        }
    }
}
