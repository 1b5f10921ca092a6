package org.deutero.serve;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.deutero.tasks.DataException;
import org.deutero.tasks.images.Picture;

/** Encoders from elsewhere, by the names of their files. */
public final class Encoders {
    private Encoders() {}

    /** Whether a name looks like an encoder's file. */
    public static boolean isEncoder(String name) {
        return name.toLowerCase(Locale.ROOT).endsWith(".onnx");
    }

    /** Whoever opens such files. @throws DataException if there is no such file, or the module that reads it is missing */
    public static EncoderProvider provider(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new DataException("there is no encoder " + file);
        }
        return EncoderProvider.all().stream()
                .filter(one -> file.toString().toLowerCase(Locale.ROOT).endsWith(one.suffix()))
                .findFirst()
                .orElseThrow(() -> new DataException(
                        isEncoder(file.toString())
                                ? file
                                        + " is read by the module onnx, which is not installed: \"deutero install onnx\" fetches it (57 MB, once); from Java, add the dependency deutero-onnx"
                                : file + " is no encoder; expected a file that ends in .onnx"));
    }

    /** Opens an encoder with a file of options beside it, if there is one. */
    public static FeatureEncoder open(Path file, Map<String, Object> options) {
        return provider(file).open(file, options);
    }

    /** The encoder that a learner was made with. @throws DataException if it is gone, or another */
    static FeatureEncoder open(EncoderReference reference) {
        Path file = Path.of(reference.file());
        if (!Files.isRegularFile(file)) {
            throw new DataException("the encoder " + file
                    + " is gone, without which this file is no learner; put it back, or adapt again with another");
        }
        EncoderReference.Input in = reference.input();
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("size", List.of(in.height(), in.width()));
        options.put("resize", in.resize());
        options.put("range", in.range());
        options.put("mean", in.mean());
        options.put("deviation", in.deviation());
        options.put("order", in.bgr() ? "bgr" : "rgb");
        options.put("layout", in.channelsLast() ? "nhwc" : "nchw");
        options.put("output", reference.output());
        FeatureEncoder encoder = open(file, options);
        if (!encoder.reference().sha256().equals(reference.sha256())) {
            encoder.close();
            throw new DataException("the encoder " + file
                    + " is another than the one this file was made with; put that back, or adapt again");
        }
        return encoder;
    }

    /** One that many owners hold, and the last one closes. */
    static final class Shared {
        private final FeatureEncoder encoder;
        private int owners = 1;

        Shared(FeatureEncoder encoder) {
            this.encoder = encoder;
        }

        synchronized Shared retain() {
            owners++;
            return this;
        }

        synchronized void release() {
            if (--owners == 0) {
                encoder.close();
            }
        }

        EncoderReference reference() {
            return encoder.reference();
        }

        float[] features(Picture picture) {
            return encoder.features(picture);
        }
    }
}
