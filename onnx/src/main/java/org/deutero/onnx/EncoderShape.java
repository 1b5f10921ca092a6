package org.deutero.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.serve.EncoderReference;
import org.deutero.tasks.DataException;

/**
 * What an encoder takes and gives, from its file and from options.
 *
 * @param inputName of its only input
 * @param input how pictures become it
 * @param output that holds the features
 */
record EncoderShape(String inputName, EncoderReference.Input input, String output) {
    private static final int USUAL = 224;
    private static final int MAX_SIDE = 4096;

    /** In which order colours or dimensions come. */
    private enum Order {
        RGB,
        BGR
    }

    private enum Layout {
        NCHW,
        NHWC
    }

    static EncoderShape of(Path file, OrtSession session, Map<String, Object> told) {
        try {
            Map<String, NodeInfo> inputs = session.getInputInfo();
            if (inputs.size() != 1) {
                throw new DataException(file + " has " + inputs.size() + " inputs ("
                        + String.join(", ", inputs.keySet()) + "); expected one, a batch of pictures");
            }
            NodeInfo only = inputs.values().iterator().next();
            if (!(only.getInfo() instanceof TensorInfo tensor)
                    || tensor.type != OnnxJavaType.FLOAT
                    || tensor.getShape().length != 4) {
                throw new DataException(
                        file + " takes " + only.getInfo()
                                + "; expected a batch of pictures, float [n, channels, height, width] or [n, height, width, channels]");
            }
            Options o = Options.at("encoder", told);
            EncoderReference.Input input = input(file, tensor.getShape(), o);
            List<String> outputs = List.copyOf(session.getOutputInfo().keySet());
            String output = o.text("output", outputs.get(0), "name of the output that holds the features");
            o.finish();
            if (!outputs.contains(output)) {
                throw new OptionsException(
                        "encoder.output is \"" + output + "\", but " + file + " has " + String.join(", ", outputs));
            }
            return new EncoderShape(only.getName(), input, output);
        } catch (OrtException e) {
            throw new DataException(file + " cannot be looked into: " + e.getMessage(), e);
        }
    }

    private static EncoderReference.Input input(Path file, long[] shape, Options o) {
        if (shape[0] > 1) {
            throw new DataException(
                    file + " takes exactly " + shape[0]
                            + " pictures at a time; expected a batch of any size, or of one (export with a dynamic first axis)");
        }
        boolean lastFits = shape[1] != 1 && shape[1] != 3 && (shape[3] == 1 || shape[3] == 3);
        boolean last = o.choice("layout", lastFits ? Layout.NHWC : Layout.NCHW, "order of dimensions: nchw or nhwc")
                == Layout.NHWC;
        long channels = last ? shape[3] : shape[1];
        if (channels != 1 && channels != 3 && channels >= 0) {
            throw new DataException(file + " takes pictures of " + channels + " channels as "
                    + (last ? "NHWC" : "NCHW") + ", shape " + Arrays.toString(shape)
                    + "; expected 1 or 3 (another layout is an option)");
        }
        int colours = channels == 1 ? 1 : 3;
        long height = last ? shape[1] : shape[2];
        long width = last ? shape[2] : shape[3];
        List<Integer> size = size(o, height, width);
        if (height >= 0 && size.get(0) != height || width >= 0 && size.get(1) != width) {
            throw new OptionsException("encoder.size is " + size + ", but " + file + " takes pictures of " + height
                    + "x" + width + " only");
        }
        int resize = o.integer(
                "resize",
                0,
                0,
                MAX_SIDE,
                "length of the shorter side before the middle is cut out; 0 keeps the whole picture");
        if (resize > 0 && resize < Math.max(size.get(0), size.get(1))) {
            throw new OptionsException("encoder.resize is " + resize + ", from which no " + size.get(0) + "x"
                    + size.get(1) + " can be cut; expected at least " + Math.max(size.get(0), size.get(1)));
        }
        boolean bgr = o.choice("order", Order.RGB, "order of colours: rgb or bgr") == Order.BGR;
        double range = o.positive("range", 1, "what white is: 1 or 255");
        List<Double> mean = perChannel(o, "mean", 0, colours, "taken off each channel, in units of the range");
        List<Double> deviation = perChannel(o, "deviation", 1, colours, "what each channel is divided by");
        if (deviation.stream().anyMatch(d -> !(d > 0))) {
            throw new OptionsException("encoder.deviation is " + deviation + "; expected positive numbers");
        }
        return new EncoderReference.Input(colours, size.get(0), size.get(1), resize, range, mean, deviation, bgr, last);
    }

    private static List<Integer> size(Options o, long height, long width) {
        List<Integer> usual = List.of((int) (height < 0 ? USUAL : height), (int) (width < 0 ? USUAL : width));
        List<Integer> size =
                o.integers("size", usual, 1, MAX_SIDE, "height and width of an input in pixels, or one number");
        if (size.size() == 1) {
            return List.of(size.get(0), size.get(0));
        }
        if (size.size() != 2) {
            throw new OptionsException("encoder.size is " + size + "; expected one number, or height and width");
        }
        return size;
    }

    private static List<Double> perChannel(Options o, String key, double usual, int channels, String what) {
        List<Double> values = o.numbers(key, Collections.nCopies(channels, usual), what);
        if (values.size() == 1) {
            return Collections.nCopies(channels, values.get(0));
        }
        if (values.size() != channels) {
            throw new OptionsException("encoder." + key + " has " + values.size() + " numbers, but pictures have "
                    + channels + " channels");
        }
        return values;
    }
}
