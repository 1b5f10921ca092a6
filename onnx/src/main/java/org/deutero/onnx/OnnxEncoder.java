package org.deutero.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;
import org.deutero.serve.EncoderReference;
import org.deutero.serve.FeatureEncoder;
import org.deutero.tasks.DataException;
import org.deutero.tasks.images.Picture;
import org.deutero.tasks.images.Resampling;

/** An encoder that ONNX Runtime runs, one picture at a time. Outputs [1, width] are taken as they are, of maps [1, channels, height, width] the mean over positions, of tokens [1, n, width] the first. */
final class OnnxEncoder implements FeatureEncoder {
    private final OrtSession session;
    private final EncoderShape shape;
    private final EncoderReference reference;

    OnnxEncoder(OrtSession session, EncoderShape shape, EncoderReference reference) {
        this.session = session;
        this.shape = shape;
        this.reference = reference;
    }

    @Override
    public EncoderReference reference() {
        return reference;
    }

    /** Numbers in the features of any picture. */
    int width() {
        EncoderReference.Input in = shape.input();
        return features(Picture.of(1, in.height(), in.width(), new byte[in.height() * in.width()])).length;
    }

    @Override
    public float[] features(Picture picture) {
        EncoderReference.Input in = shape.input();
        long[] dimensions = in.channelsLast()
                ? new long[] {1, in.height(), in.width(), in.channels()}
                : new long[] {1, in.channels(), in.height(), in.width()};
        try (OnnxTensor x = OnnxTensor.createTensor(
                        OrtEnvironment.getEnvironment(), FloatBuffer.wrap(input(picture)), dimensions);
                OrtSession.Result result = session.run(Map.of(shape.inputName(), x))) {
            if (!(result.get(shape.output()).orElseThrow() instanceof OnnxTensor output)
                    || output.getInfo().type != OnnxJavaType.FLOAT) {
                throw unfit("no float tensor");
            }
            return pooled(output.getFloatBuffer(), output.getInfo().getShape());
        } catch (OrtException e) {
            throw new DataException(
                    "the encoder " + reference.file() + " fails on a picture of " + in.height() + "x" + in.width()
                            + ": "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
                    e);
        }
    }

    private DataException unfit(String found) {
        return new DataException("the output " + shape.output() + " of the encoder " + reference.file() + " is " + found
                + "; expected float [1, width], [1, channels, height, width] or [1, tokens, width]");
    }

    private float[] pooled(FloatBuffer values, long[] dimensions) {
        if (dimensions.length < 2 || dimensions.length > 4 || dimensions[0] != 1) {
            throw unfit(Arrays.toString(dimensions));
        }
        int width = (int) (dimensions.length == 3 ? dimensions[2] : dimensions[1]);
        int positions = dimensions.length == 4 ? (int) (dimensions[2] * dimensions[3]) : 1;
        float[] features = new float[width];
        for (int f = 0; f < width; f++) {
            double sum = 0;
            for (int p = 0; p < positions; p++) {
                sum += values.get(f * positions + p);
            }
            features[f] = (float) (sum / positions);
        }
        return features;
    }

    /** Pixels in the order, range and layout of the encoder. */
    private float[] input(Picture picture) {
        EncoderReference.Input in = shape.input();
        Picture sized = sized(picture.toChannels(in.channels()), in);
        int plane = in.height() * in.width();
        float[] values = new float[in.channels() * plane];
        for (int c = 0; c < in.channels(); c++) {
            int from = in.bgr() ? in.channels() - 1 - c : c;
            double mean = in.mean().get(c);
            double deviation = in.deviation().get(c);
            for (int y = 0; y < in.height(); y++) {
                for (int x = 0; x < in.width(); x++) {
                    double value = (sized.at(from, y, x) / 255.0 * in.range() - mean) / deviation;
                    int at = y * in.width() + x;
                    values[in.channelsLast() ? at * in.channels() + c : c * plane + at] = (float) value;
                }
            }
        }
        return values;
    }

    private static Picture sized(Picture picture, EncoderReference.Input in) {
        if (in.resize() == 0) {
            return picture.resize(in.height(), in.width(), Resampling.AREA);
        }
        double scale = in.resize() / (double) Math.min(picture.height(), picture.width());
        int height = Math.max(in.height(), (int) Math.round(scale * picture.height()));
        int width = Math.max(in.width(), (int) Math.round(scale * picture.width()));
        return picture.resize(height, width, Resampling.AREA)
                .crop((height - in.height()) / 2, (width - in.width()) / 2, in.height(), in.width());
    }

    @Override
    public void close() {
        OnnxEncoderProvider.close(session);
    }
}
