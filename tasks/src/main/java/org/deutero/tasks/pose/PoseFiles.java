package org.deutero.tasks.pose;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.deutero.tasks.DataException;
import org.deutero.tensor.DType;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.io.Npz;
import org.deutero.tensor.io.NpzException;

/**
 * Pictures of objects from files: those that Yin et al. 2020 made of Pascal3D, or others of the same form. The released files are pickles, which are programs and are not read; Python makes arrays of them:
 *
 * <pre>
 * import numpy, pickle
 * a = {p: pickle.load(open(p + '_data_ins.pkl', 'rb')) for p in ('train', 'val')}
 * numpy.savez('pose.npz', **{p + n: numpy.asarray(a[p][i]) for p in a for i, n in enumerate(('_x', '_y'))})
 * </pre>
 *
 * <p>Arrays {@code train_x}, {@code val_x} are pictures [objects, views, side * side] of any square size, {@code train_y}, {@code val_y} turns [objects, views, n] as shares of a full turn, of which the last counts.
 */
final class PoseFiles {
    private PoseFiles() {}

    /**
     * The objects of one part.
     *
     * @param file an {@code .npz} file
     * @param part {@code train} or {@code val}
     * @param size side that pictures are brought to, a divisor of theirs
     */
    static Views read(Path file, String part, int size) {
        if (!Files.isRegularFile(file)) {
            throw new DataException(
                    "there is no file " + file + " (tasks.path); expected pictures of objects as arrays,"
                            + " an .npz file with train_x, train_y, val_x and val_y");
        }
        try (Scope s = Scope.open()) {
            Npz arrays = Npz.read(file);
            return views(file, part, size, array(arrays, part + "_x"), array(arrays, part + "_y"));
        } catch (NpzException e) {
            throw new DataException(e.getMessage(), e);
        }
    }

    private static Views views(Path file, String part, int size, Tensor x, Tensor y) {
        float[] shown = x.to(DType.FLOAT32).floats();
        float[] turned = y.to(DType.FLOAT32).floats();
        int objects = (int) x.shape()[0];
        int count = (int) x.shape()[1];
        if (y.shape()[0] != objects || y.shape()[1] != count) {
            throw new DataException(file + " has pictures " + Arrays.toString(x.shape()) + " in " + part
                    + "_x, but turns " + Arrays.toString(y.shape()) + " in " + part
                    + "_y; expected the same objects and views");
        }
        int area = shown.length / (objects * count);
        int side = (int) Math.round(Math.sqrt(area));
        if (side * side != area || side % size != 0) {
            throw new DataException(file + " has pictures of " + area + " pixels, which cannot be brought to " + size
                    + "x" + size + "; expected a square whose side is a multiple of tasks.size");
        }
        int each = turned.length / (objects * count);
        byte[][] pixels = new byte[objects][count * size * size];
        float[][] turns = new float[objects][count];
        double factor = brightest(shown) > 1 ? 1 : 255;
        for (int o = 0; o < objects; o++) {
            for (int v = 0; v < count; v++) {
                int number = o * count + v;
                shrink(shown, number * area, side, size, factor, pixels[o], v * size * size);
                double turn = turned[number * each + each - 1];
                float share = (float) (turn - Math.floor(turn));
                turns[o][v] = share < 1 ? share : 0;
            }
        }
        return new Views(size, 1, pixels, turns);
    }

    private static Tensor array(Npz arrays, String name) {
        Tensor array = arrays.tensors().has(name) ? arrays.tensors().get(name) : null;
        if (array == null || array.rank() < 2 || array.numel() == 0) {
            throw new DataException(arrays.file() + " lacks the array " + name + " [objects, views, ...]; it has "
                    + arrays.tensors().names());
        }
        return array;
    }

    private static float brightest(float[] shown) {
        float most = 0;
        for (float value : shown) {
            most = Math.max(most, value);
        }
        return most;
    }

    /** Means over squares. */
    private static void shrink(float[] in, int from, int side, int size, double factor, byte[] out, int at) {
        int k = side / size;
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < size; column++) {
                double sum = 0;
                for (int i = 0; i < k * k; i++) {
                    sum += in[from + (row * k + i / k) * side + column * k + i % k];
                }
                double value = factor * sum / (k * k);
                out[at + row * size + column] = (byte) (int) (Math.max(0, Math.min(255, value)) + 0.5);
            }
        }
    }
}
