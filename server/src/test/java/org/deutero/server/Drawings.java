package org.deutero.server;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.deutero.tasks.images.Picture;
import org.deutero.tasks.omniglot.Omniglot;

/** Drawings of characters that no learner was trained on. */
final class Drawings {
    private static final List<Integer> CHARACTERS = Omniglot.vinyals().test();

    private Drawings() {}

    /** Drawing {@code item}, of 20, of the {@code n}th character, as PNG. */
    static byte[] png(int n, int item) {
        Picture drawing = Omniglot.drawing(CHARACTERS.get(7 * n), item);
        return drawing.png();
    }

    /** The first drawing of so many characters, by names. */
    static Map<String, byte[]> first(int classes) {
        Map<String, byte[]> all = new TreeMap<>();
        for (int n = 0; n < classes; n++) {
            all.put("letter" + n, png(n, 0));
        }
        return all;
    }
}
