package org.deutero.tasks.files;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.deutero.tasks.images.ImageFormat;

/** Checksums that tell whether anything has changed. */
final class Fingerprint {

    /** Counted up whenever the decoder gives other pixels than before. */
    private static final String DECODER = "deutero pictures 2";

    private Fingerprint() {}

    /** Of all files by class, name and stamp, and of everything that decides how they are decoded. */
    static String of(ImageCollection images, ImageFormat format, Unusable unusable) {
        MessageDigest digest = sha256();
        add(digest, DECODER);
        add(digest, format.toString());
        add(digest, images.limits().toString());
        add(digest, unusable.name());
        try (FileTree tree = FileTree.open(images.path())) {
            for (int c = 0; c < images.classNames().size(); c++) {
                add(digest, images.classNames().get(c));
                int which = c;
                // In parallel, since a network drive takes a millisecond for each.
                IntStream.range(0, images.count(c))
                        .parallel()
                        .mapToObj(i -> {
                            String file = images.files(which).get(i);
                            return file + "\0" + tree.stamp(file);
                        })
                        .toList()
                        .forEach(line -> add(digest, line));
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Of a text. */
    static String of(String text) {
        MessageDigest digest = sha256();
        add(digest, text);
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Of a file's content. */
    static String of(byte[] content) {
        return HexFormat.of().formatHex(sha256().digest(content));
    }

    private static void add(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
