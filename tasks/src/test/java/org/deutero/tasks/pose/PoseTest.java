package org.deutero.tasks.pose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.deutero.options.Options;
import org.deutero.tasks.DataException;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.source.TaskSet;
import org.deutero.tensor.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("try") // scopes are opened for their effect
class PoseTest {
    private static final Views.Plan PLAN = new Views.Plan(4, 6, 16, Views.Axis.DEPTH, 25, 10, 1);
    private static final Rotation3 UPRIGHT = Rotation3.vertical(0);

    @TempDir
    Path folder;

    /** The share of the picture that a ball covers, and that it is brightest towards the light. */
    @Test
    void aBallIsADisc() {
        SolidObject ball = new SolidObject(
                List.of(new Solid.Ellipsoid(new Vec(0, 0, 0), new Vec(0.8, 0.8, 0.8))), List.of(1.0), 0);
        byte[] picture = new byte[64 * 64];
        new Renderer(64).draw(ball, Rotation3.tilt(0.3).after(Rotation3.vertical(1)), picture, 0);
        int covered = 0;
        for (byte b : picture) {
            covered += b != 0 ? 1 : 0;
        }
        assertThat(covered / 4096.0).isCloseTo(Math.PI * 0.64 / 4, within(0.03));
        assertThat(picture[24 * 64 + 24] & 0xFF).isGreaterThan(picture[40 * 64 + 40] & 0xFF);
    }

    /** A ray meets a box where it should, from the side that it comes from. */
    @Test
    void aBoxHasItsSides() {
        Solid.Seen box = Solid.Polyhedron.prism(new Vec(0.1, 0, 0), new Vec(0.5, 0.3, 0.2), 4, 0)
                .from(UPRIGHT);
        assertThat(box.depth(0.59, 0.19)).isCloseTo(-0.3, within(1e-12));
        assertThat(box.depth(0.61, 0)).isInfinite();
        assertThat(box.depth(0, 0.21)).isInfinite();
        assertThat(box.facing(0, 0, -0.3, new Vec(0, -1, 0))).isCloseTo(1, within(1e-12));
        Solid.Seen turned = Solid.Polyhedron.prism(new Vec(0, 0, 0), new Vec(0.5, 0.3, 0.2), 4, 0)
                .from(Rotation3.vertical(Math.PI / 2));
        assertThat(turned.depth(0.29, 0)).isCloseTo(-0.5, within(1e-12));
        assertThat(turned.depth(0.31, 0)).isInfinite();
    }

    /** Quadratic forms under rotation: the surface point that a ray finds lies on the ellipsoid. */
    @Test
    void aTurnedEllipsoidIsMetOnItsSurface() {
        Vec centre = new Vec(0.1, -0.2, 0.05);
        Vec radii = new Vec(0.5, 0.2, 0.3);
        Rotation3 turn = Rotation3.plane(0.4).after(Rotation3.tilt(0.3)).after(Rotation3.vertical(1.1));
        Solid.Seen seen = new Solid.Ellipsoid(centre, radii).from(turn);
        Vec at = turn.of(centre);
        double x = at.x() + 0.05;
        double z = at.z() - 0.04;
        double y = seen.depth(x, z);
        Vec own = turn.back(new Vec(x, y, z)).minus(centre).over(radii);
        assertThat(own.length()).isCloseTo(1, within(1e-12));
        assertThat(y).isLessThan(at.y());
        assertThat(turn.back(turn.of(radii)).minus(radii).length()).isLessThan(1e-12);
    }

    /** Equal plans give equal bits, and an object does not depend on the others. These bits are the same on every machine. */
    @Test
    void picturesHaveTheSameBitsEverywhere() {
        Views all = Views.rendered(PLAN, 0, 4);
        Views two = Views.rendered(PLAN, 2, 4);
        assertThat(two.pixels()[1]).isEqualTo(all.pixels()[3]);
        assertThat(two.turns()[0]).isEqualTo(all.turns()[2]);
        CRC32 sum = new CRC32();
        for (byte[] object : all.pixels()) {
            sum.update(object);
        }
        assertThat(sum.getValue()).isEqualTo(PICTURES);
    }

    private static final long PICTURES = 1170197224L;

    /** The canonical pose cannot be seen: the same picture would be turned by another angle if it were another. */
    @Test
    void aTurnByTheCanonicalPoseIsHidden() {
        SolidObject object = SolidObject.random(new SplittableRandom(3));
        byte[] a = new byte[16 * 16];
        byte[] b = new byte[16 * 16];
        new Renderer(16).draw(object, Rotation3.vertical(object.canonical() + 1), a, 0);
        new Renderer(16).draw(object, Rotation3.vertical(object.canonical() + 1 + 2 * Math.PI), b, 0);
        assertThat(a).isEqualTo(b);
        new Renderer(16).draw(object, Rotation3.vertical(object.canonical() + 2), b, 0);
        assertThat(a).isNotEqualTo(b);
    }

    @Test
    void tasksAreObjectsWithTheirOwnViews() {
        try (Scope s = Scope.open()) {
            Views views = Views.rendered(PLAN, 0, 4);
            Episodes e = new PoseTasks(views, 2, 3, 10).sample(20, new SplittableRandom(1));
            assertThat(e.inputShape()).containsExactly(1, 16, 16);
            float[] x = e.queryX().floats();
            float[] y = e.queryY().floats();
            for (int i = 0; i < y.length; i++) {
                int found = 0;
                for (int o = 0; o < 4; o++) {
                    for (int v = 0; v < 6; v++) {
                        boolean same = y[i] == (float) (10.0 * views.turns()[o][v]);
                        for (int p = 0; same && p < 256; p++) {
                            same = Math.round(x[i * 256 + p] * 255) == (views.pixels()[o][v * 256 + p] & 0xFF);
                        }
                        found += same ? 1 : 0;
                    }
                }
                assertThat(found).isEqualTo(1);
            }
            PoseTasks tasks = new PoseTasks(views, 2, 3, 10);
            SplittableRandom rng = new SplittableRandom(1);
            tasks.sample(15, rng);
            assertThat(tasks.sample(5, rng).queryY().floats())
                    .containsExactly(e.slice(15, 20).queryY().floats());
        }
    }

    @Test
    void partsShareNoObject() {
        TaskSet set = PoseSettings.of(Options.of(Map.of(
                        "train-objects",
                        3,
                        "validation-objects",
                        1,
                        "test-objects",
                        2,
                        "size",
                        8,
                        "views",
                        8,
                        "shot",
                        2,
                        "queries",
                        3)))
                .load();
        Views train = ((PoseTasks) set.train()).views();
        Views test = ((PoseTasks) set.test()).views();
        assertThat(train.objects()).isEqualTo(3);
        assertThat(test.objects()).isEqualTo(2);
        for (byte[] a : train.pixels()) {
            for (byte[] b : test.pixels()) {
                assertThat(a).isNotEqualTo(b);
            }
        }
    }

    private static byte[] npy(String type, String shape, ByteBuffer numbers) {
        String header = "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }";
        byte[] text = (header + " ".repeat(117 - header.length()) + "\n").getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer all =
                ByteBuffer.allocate(10 + text.length + numbers.capacity()).order(ByteOrder.LITTLE_ENDIAN);
        all.put((byte) 0x93)
                .put("NUMPY".getBytes(StandardCharsets.ISO_8859_1))
                .put((byte) 1)
                .put((byte) 0);
        all.putShort((short) text.length).put(text).put(numbers.array());
        return all.array();
    }

    private Path archive(Map<String, byte[]> arrays) throws IOException {
        Path file = folder.resolve("pose.npz");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> array : arrays.entrySet()) {
                zip.putNextEntry(new ZipEntry(array.getKey() + ".npy"));
                zip.write(array.getValue());
            }
        }
        return file;
    }

    /** One object, two views of 4x4 brought to 2x2; the last of three numbers is the turn. */
    @Test
    void filesOfOthersAreRead() throws IOException {
        ByteBuffer x = ByteBuffer.allocate(32);
        for (int i = 0; i < 32; i++) {
            x.put((byte) (4 * i));
        }
        ByteBuffer y = ByteBuffer.allocate(48).order(ByteOrder.LITTLE_ENDIAN);
        for (double turn : new double[] {9, 9, 0.25, 9, 9, -0.25}) {
            y.putDouble(turn);
        }
        Path file = archive(Map.of("train_x", npy("|u1", "(1, 2, 16)", x), "train_y", npy("<f8", "(1, 2, 3)", y)));
        Views views = PoseFiles.read(file, "train", 2);
        assertThat(views.turns()[0]).containsExactly(0.25f, 0.75f);
        assertThat(views.pixels()[0]).startsWith(10, 18, 42, 50); // means of 0 4 16 20, 8 12 24 28, ...
        assertThatThrownBy(() -> PoseFiles.read(file, "val", 2))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("lacks the array val_x");
        assertThatThrownBy(() -> PoseFiles.read(file, "train", 3))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("3x3");
    }

    @Test
    void whatIsNoArrayIsRefused() throws IOException {
        Path wrong = archive(Map.of("train_x", npy("<c8", "(1,)", ByteBuffer.allocate(8))));
        assertThatThrownBy(() -> PoseFiles.read(wrong, "train", 2))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("type <c8");
        Path cut = archive(Map.of("train_x", npy("<f4", "(1, 2, 4)", ByteBuffer.allocate(8))));
        assertThatThrownBy(() -> PoseFiles.read(cut, "train", 2))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("train_x is cut off");
        Path text = Files.writeString(folder.resolve("pose.txt"), "no zip");
        assertThatThrownBy(() -> PoseFiles.read(text, "train", 2))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("is no zip file");
    }
}
