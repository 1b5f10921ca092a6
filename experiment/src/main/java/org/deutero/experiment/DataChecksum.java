package org.deutero.experiment;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.deutero.tasks.images.LabelledImages;

/** Which data a learner was trained on: SHA-256 over class names and pixels, as they are in memory. */
final class DataChecksum {
    private DataChecksum() {}

    static String of(LabelledImages images) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (int c = 0; c < images.classes(); c++) {
                digest.update((images.className(c) + "\n").getBytes(StandardCharsets.UTF_8));
                for (int i = 0; i < images.count(c); i++) {
                    digest.update(images.image(c, i).pixels());
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
