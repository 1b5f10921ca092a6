package org.deutero.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.deutero.serve.EncoderProvider;
import org.deutero.serve.EncoderReference;
import org.deutero.serve.FeatureEncoder;
import org.deutero.tasks.DataException;
import org.deutero.tensor.files.FileReasons;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Encoders as ONNX files, run by ONNX Runtime on one thread. A file {@code NAME.json} beside {@code NAME.onnx} may say how pictures are prepared; options go before it. */
public final class OnnxEncoderProvider implements EncoderProvider {
    @Override
    public String suffix() {
        return ".onnx";
    }

    @Override
    public FeatureEncoder open(Path file, Map<String, Object> options) {
        OrtSession session = session(file);
        try {
            EncoderShape shape = EncoderShape.of(file, session, joined(file, options));
            String path = file.toAbsolutePath().normalize().toString();
            // Of one grey picture, because outputs need not tell their shapes.
            int width = new OnnxEncoder(
                            session, shape, new EncoderReference(path, "", 0, shape.input(), shape.output()))
                    .width();
            return new OnnxEncoder(
                    session, shape, new EncoderReference(path, sha256(file), width, shape.input(), shape.output()));
        } catch (RuntimeException e) {
            close(session);
            throw e;
        }
    }

    @Override
    public Map<String, String> inspect(Path file, Map<String, Object> options) {
        Map<String, String> facts = new LinkedHashMap<>();
        OrtSession session = session(file);
        try {
            session.getInputInfo().forEach((name, info) -> facts.put("input " + name, told(info)));
            session.getOutputInfo().forEach((name, info) -> facts.put("output " + name, told(info)));
        } catch (OrtException e) {
            throw new DataException(file + " cannot be looked into: " + e.getMessage(), e);
        } finally {
            close(session);
        }
        try (FeatureEncoder encoder = open(file, options)) {
            EncoderReference r = encoder.reference();
            EncoderReference.Input in = r.input();
            facts.put("features", r.width() + " numbers, of the output " + r.output());
            facts.put(
                    "pictures",
                    in.height() + "x" + in.width() + ", "
                            + (in.channels() == 1 ? "grey" : in.bgr() ? "blue, green, red" : "red, green, blue") + ", "
                            + (in.channelsLast() ? "NHWC" : "NCHW"));
            facts.put(
                    "prepared",
                    (in.resize() == 0
                                    ? "brought to the size whatever their shape"
                                    : "shorter side brought to " + in.resize() + ", middle cut out")
                            + "; white is " + in.range() + ", mean " + in.mean() + ", deviation " + in.deviation());
        }
        return facts;
    }

    private static String told(NodeInfo info) {
        return info.getInfo() instanceof TensorInfo tensor
                ? tensor.type.toString().toLowerCase(java.util.Locale.ROOT) + " ["
                        + Arrays.stream(tensor.getShape())
                                .mapToObj(d -> d < 0 ? "?" : Long.toString(d))
                                .collect(Collectors.joining(", "))
                        + "]"
                : "no tensor";
    }

    @SuppressWarnings("unchecked") // a JSON object is read as a map of names
    private static Map<String, Object> joined(Path file, Map<String, Object> options) {
        Map<String, Object> all = new LinkedHashMap<>();
        String name = file.getFileName().toString();
        Path beside = file.resolveSibling(name.substring(0, name.length() - ".onnx".length()) + ".json");
        if (Files.isRegularFile(beside)) {
            try {
                all.putAll(JsonMapper.shared().readValue(Files.readAllBytes(beside), Map.class));
            } catch (IOException e) {
                throw new DataException(beside + " cannot be read: " + FileReasons.of(e), e);
            } catch (JacksonException | NullPointerException e) {
                throw new DataException(
                        beside
                                + " is no JSON object; expected one that says how pictures are prepared, such as {\"size\": 224}",
                        e);
            }
        }
        all.putAll(options);
        return all;
    }

    private static OrtSession session(Path file) {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            return OrtEnvironment.getEnvironment().createSession(file.toString(), options);
        } catch (OrtException e) {
            throw new DataException(
                    file + " is damaged or no ONNX file that this version reads: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
                    e);
        }
    }

    static void close(OrtSession session) {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("a session was closed twice", e);
        }
    }

    private static String sha256(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            new DigestInputStream(in, digest).transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new DataException(file + " cannot be read: " + FileReasons.of(e), e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
