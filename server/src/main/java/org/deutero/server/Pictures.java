package org.deutero.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartConfig;
import org.eclipse.jetty.http.MultiPartFormData;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Attributes;

/** Encoded pictures out of a body: JSON with base64, a form with files, or one picture as it is. */
final class Pictures {
    /** What a body with examples looks like. */
    static final String CLASSES_FORM = "{\"classes\": {\"NAME\": [\"BASE64\", ...], ...}}";
    /** What a body with pictures looks like. */
    static final String PICTURES_FORM = "{\"pictures\": [\"BASE64\", ...]}";

    private static final int LONGEST_NAME = 100;
    private static final int PART_HEADERS = 4096;

    private final ServerLimits limits;
    private int count;

    private Pictures(ServerLimits limits) {
        this.limits = limits;
    }

    private record Examples(Map<String, List<String>> classes) {}

    private record Questions(List<String> pictures) {}

    /** Files of each class, in the order in which classes are first named. */
    static Map<String, List<byte[]>> classes(byte[] body, String contentType, ServerLimits limits) {
        return new Pictures(limits).classes(body, contentType);
    }

    /** Files in their order. */
    static List<byte[]> pictures(byte[] body, String contentType, ServerLimits limits) {
        return new Pictures(limits).pictures(body, contentType);
    }

    private Map<String, List<byte[]>> classes(byte[] body, String contentType) {
        Map<String, List<byte[]>> classes = new LinkedHashMap<>();
        switch (mediaType(contentType)) {
            case "application/json" -> {
                var read = Json.read(body, Examples.class, CLASSES_FORM).classes();
                if (read == null) {
                    throw Problem.malformed("\"classes\" is missing: the form is " + CLASSES_FORM);
                }
                read.forEach((name, pictures) -> {
                    if (pictures == null) {
                        throw Problem.malformed("the pictures of class '" + shown(name) + "' are null, not a list");
                    }
                    pictures.forEach(picture -> add(classes, name, () -> decoded(picture)));
                    if (pictures.isEmpty()) {
                        throw Problem.unusable("the class '" + shown(name) + "' has no pictures; give at least one");
                    }
                });
            }
            case "multipart/form-data" -> parts(body, contentType, (name, file) -> add(classes, name, () -> file));
            default -> throw unsupported("application/json or multipart/form-data");
        }
        if (classes.isEmpty()) {
            throw Problem.unusable("there are no classes; give pictures of at least one");
        }
        return classes;
    }

    private List<byte[]> pictures(byte[] body, String contentType) {
        List<byte[]> pictures = new ArrayList<>();
        switch (mediaType(contentType)) {
            case "application/json" -> {
                var read = Json.read(body, Questions.class, PICTURES_FORM).pictures();
                if (read == null) {
                    throw Problem.malformed("\"pictures\" is missing: the form is " + PICTURES_FORM);
                }
                read.forEach(picture -> {
                    counted();
                    pictures.add(decoded(picture));
                });
            }
            case "multipart/form-data" ->
                parts(body, contentType, (name, file) -> {
                    counted();
                    pictures.add(file);
                });
            case "image/png", "image/jpeg" -> pictures.add(body);
            default -> throw unsupported("application/json, multipart/form-data, image/png or image/jpeg");
        }
        if (pictures.isEmpty()) {
            throw Problem.unusable("there are no pictures; give at least one");
        }
        return pictures;
    }

    private static String mediaType(String contentType) {
        return contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    private static Problem unsupported(String expected) {
        return new Problem(415, "unsupported-media-type", "the Content-Type of the body must be " + expected);
    }

    @FunctionalInterface
    private interface File {
        byte[] bytes();
    }

    private void add(Map<String, List<byte[]>> classes, String name, File file) {
        counted();
        checkName(name);
        if (!classes.containsKey(name) && classes.size() == limits.classes()) {
            throw Problem.limit("there are more than " + limits.classes() + " classes, which is the limit");
        }
        classes.computeIfAbsent(name, n -> new ArrayList<>()).add(file.bytes());
    }

    private void counted() {
        if (++count > limits.pictures()) {
            throw Problem.limit(
                    "there are more than " + limits.pictures() + " pictures in this request, which is the limit");
        }
    }

    /** Whether a text can be the name of a class: it is shown to people. */
    static void checkName(String name) {
        if (name.isBlank() || name.length() > LONGEST_NAME || name.codePoints().anyMatch(Pictures::unprintable)) {
            throw Problem.malformed("the class '" + shown(name) + "' needs a name of 1 to " + LONGEST_NAME
                    + " characters that can be printed");
        }
    }

    private static boolean unprintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            case Character.FORMAT -> c != 0x200d && c != 0x200c; // joiners belong to scripts and emoji
            default -> false;
        };
    }

    /** A text from outside, fit for a sentence. */
    static String shown(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().limit(LONGEST_NAME).forEach(c -> out.appendCodePoint(unprintable(c) ? '\ufffd' : c));
        return out.toString();
    }

    /** Base64, also as the data URL that browsers make. */
    private static byte[] decoded(String text) {
        if (text == null) {
            throw Problem.malformed("a picture is null, not a text in base64");
        }
        String base64 = text;
        if (text.startsWith("data:image/")) {
            int comma = text.indexOf(",");
            if (comma < 0 || !text.substring(0, comma).endsWith(";base64")) {
                throw Problem.malformed("a picture is a data URL that does not hold base64");
            }
            base64 = text.substring(comma + 1);
        }
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new Problem(400, "malformed-request", "a picture is not a PNG or JPEG file in base64", e);
        }
    }

    @FunctionalInterface
    private interface Part {
        void found(String name, byte[] file);
    }

    private void parts(byte[] body, String contentType, Part part) {
        String boundary = MultiPart.extractBoundary(contentType);
        if (boundary == null || boundary.isEmpty()) {
            throw Problem.malformed("the Content-Type multipart/form-data names no boundary");
        }
        MultiPartConfig config = new MultiPartConfig.Builder()
                .maxParts(limits.pictures() + 1)
                .maxSize(limits.bodyBytes())
                .maxPartSize(limits.bodyBytes())
                .maxMemoryPartSize(limits.bodyBytes()) // never into files
                .maxHeadersSize(PART_HEADERS)
                .build();
        var source = Content.Source.from(ByteBuffer.wrap(body));
        try (var parts = MultiPartFormData.getParts(source, new Attributes.Mapped(), contentType, config)) {
            for (MultiPart.Part one : parts) {
                if (one.getName() == null) {
                    throw Problem.malformed("a part of the form has no name");
                }
                HttpField coded = one.getHeaders().getField("Content-Transfer-Encoding");
                if (coded != null && !"binary".equalsIgnoreCase(coded.getValue())) {
                    throw Problem.malformed("parts of a form must come as they are, without Content-Transfer-Encoding");
                }
                part.found(one.getName(), bytes(one));
            }
        } catch (Problem e) {
            throw e;
        } catch (IOException | RuntimeException e) { // of the parser, which throws many kinds
            throw unreadable(e);
        }
    }

    private Problem unreadable(Exception e) {
        String why = String.valueOf(
                e.getCause() == null ? e.getMessage() : e.getCause().getMessage());
        return why.toLowerCase(Locale.ROOT).contains("number of parts")
                ? Problem.limit(
                        "there are more than " + limits.pictures() + " pictures in this request, which is the limit")
                : new Problem(400, "malformed-request", "the body is not a whole multipart/form-data form", e);
    }

    private static byte[] bytes(MultiPart.Part part) throws IOException {
        ByteBuffer buffer = Content.Source.asByteBuffer(part.newContentSource(null, 0, -1));
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
