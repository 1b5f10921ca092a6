package org.deutero.serve;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.deutero.tasks.DataException;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.TensorBytes;
import org.deutero.tensor.files.FileReasons;
import org.deutero.tensor.io.Safetensors;
import org.deutero.tensor.io.SafetensorsException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The {@code .dtr} file: a safetensors file whose metadata say what the tensors are.
 *
 * <p>Metadata: {@code format} is {@code deutero-artefact}, {@code version} a whole number, {@code kind} {@code learner}, {@code classifier} or {@code optimizer}, {@code content} a JSON object, {@code sha256} the
 * checksum of the kind, the content and all tensors. Equal contents give equal bytes.
 *
 * @param kind what it holds
 * @param content the JSON object as maps, lists, texts and numbers
 * @param tensors named tensors; those of a file that was read belong to the innermost open scope
 */
record Artifact(Kind kind, Map<String, Object> content, Params tensors) {
    /** The version of the format that this program writes, and the newest that it reads. */
    static final int VERSION = 1;

    private static final String FORMAT = "deutero-artefact";
    private static final JsonMapper JSON = JsonMapper.shared();

    /** What a file holds. */
    enum Kind {
        /** Meta-parameters: it can adapt to examples. */
        LEARNER,
        /** The solution of one task: it labels pictures. */
        CLASSIFIER,
        /** Meta-parameters of a rule of descent: it trains weights. */
        OPTIMIZER;

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Why a file of another kind will not do. */
        private String refusal(String name, String found) {
            if (this == OPTIMIZER) {
                return name + " is a " + found
                        + ", not an optimiser; expected what \"deutero export\" makes of a run of a learned optimiser, such as mlp-optimizer";
            }
            if (found.equals(OPTIMIZER.word())) {
                return name
                        + " is an optimiser, which learns no classes by itself; name it as meta-optimizer.file or method.inner-file";
            }
            return found.equals(LEARNER.word())
                    ? name + " is a learner that has not seen any classes yet; adapt it to examples first"
                    : name
                            + " is a classifier; to learn other classes, give the learner that it was made from"
                            + " (a run, its .dtr file or builtin:NAME) and pictures of all classes; one of prototypes gains and loses classes with \"deutero adapt "
                            + name + " --add DIR --remove CLASS\"";
        }
    }

    /** Writes the file whole or not at all. */
    void write(Path file) {
        String text = JSON.writeValueAsString(content);
        try (Scope s = Scope.open()) {
            new Safetensors(
                            tensors,
                            Map.of(
                                    "format", FORMAT,
                                    "version", Integer.toString(VERSION),
                                    "kind", kind.word(),
                                    "content", text,
                                    "sha256", checksum(kind.word(), text, tensors)))
                    .write(file);
        }
    }

    /** Reads a file. @throws DataException in one sentence if it is not a whole artefact of this kind that this version reads */
    static Artifact read(Path file, Kind expected) {
        if (!Files.isRegularFile(file)) {
            throw new DataException("there is no file " + file);
        }
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, file.toString(), expected);
        } catch (IOException e) {
            throw new DataException(file + " cannot be read: " + FileReasons.of(e), e);
        }
    }

    /** Reads a stream to its end; {@code name} is what errors call it. */
    static Artifact read(InputStream in, String name, Kind expected) throws IOException {
        Safetensors file;
        try {
            file = Safetensors.read(in, name);
        } catch (SafetensorsException e) {
            throw new DataException(name + " is damaged, cut off or no .dtr file: " + e.getMessage(), e);
        }
        Map<String, String> metadata = file.metadata();
        if (!FORMAT.equals(metadata.get("format"))) {
            throw new DataException(name + " is a safetensors file, but not a .dtr file of Deutero's");
        }
        checkVersion(metadata.get("version"), name);
        String kind = metadata.getOrDefault("kind", "");
        String text = metadata.getOrDefault("content", "");
        if (!checksum(kind, text, file.tensors()).equals(metadata.get("sha256"))) {
            throw new DataException(
                    name + " is damaged: its content does not have the checksum that it was written with");
        }
        if (!kind.equals(expected.word())) {
            throw new DataException(expected.refusal(name, kind));
        }
        try {
            @SuppressWarnings("unchecked") // a JSON object is read as a map of names
            Map<String, Object> content = JSON.readValue(text, Map.class);
            return new Artifact(expected, content, file.tensors());
        } catch (JacksonException e) {
            throw new DataException(name + " is damaged: its description is not valid JSON", e);
        }
    }

    private static void checkVersion(String version, String name) {
        int number;
        try {
            number = Integer.parseInt(String.valueOf(version));
        } catch (NumberFormatException e) {
            throw new DataException(name + " is damaged: it does not tell the version of its format", e);
        }
        if (number > VERSION) {
            throw new DataException(name + " has version " + number + " of the format, but this program reads up to "
                    + VERSION + "; use a newer Deutero");
        }
        if (number < 1) {
            throw new DataException(name + " is damaged: there is no version " + number + " of the format");
        }
    }

    private static String checksum(String kind, String content, Params tensors) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((kind + "\n" + content + "\n").getBytes(StandardCharsets.UTF_8));
            tensors.forEach((name, tensor) -> {
                String shape = java.util.Arrays.toString(tensor.shape());
                digest.update((name + shape + tensor.dtype() + "\n").getBytes(StandardCharsets.UTF_8));
                digest.update(TensorBytes.of(tensor));
            });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
