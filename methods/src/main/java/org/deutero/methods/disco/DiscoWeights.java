package org.deutero.methods.disco;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.deutero.options.OptionsException;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.files.FileReasons;
import org.deutero.tensor.io.Npz;
import org.deutero.tensor.io.NpzException;

/**
 * The weights of the rule's networks, under the names of the published file {@code disco_103.npz}: {@code module/w} and {@code module/b}.
 *
 * @param predictions numbers of y and of z, 600 as published
 * @param trajectory units of the network that goes through a rollout, 256 as published
 * @param lifetime units of the network that goes through a lifetime, 128 as published
 * @param hidden units of all small hidden layers, 16 as published
 * @param channels numbers that an action is told by, 2 as published
 */
record DiscoWeights(int predictions, int trajectory, int lifetime, int hidden, int channels) {
    /** The sizes of Disco103. */
    static final DiscoWeights PUBLISHED = new DiscoWeights(600, 256, 128, 16, 2);

    /** SHA-256 of the published file. */
    static final String PUBLISHED_SHA256 = "dac840a15b81e8805326363458c33979626172618f620d9e6e170315388530aa";

    /** For files whatever their checksum. */
    static final String ANY = "any";

    private static final String WHERE =
            "the weights of Disco103 are disco_103.npz in the repository google-deepmind/disco_rl"
                    + " (disco_rl/update_rules/weights), which are not part of this program: fetch them and give their"
                    + " path by method.weights";
    private static final String GAIN = "lstm/linear";
    private static final String UNROLL = "lstm/~/meta_lstm/~unroll/";

    /** Units of the lifetime's network of some weights. */
    static long lifetimeUnits(Params theta) {
        Tensor bias = theta.get(UNROLL + "lstm/linear/b");
        return bias.size(-1) / 4;
    }

    /** Shapes by name, 42 of them. */
    Map<String, long[]> shapes() {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        int x = Inputs.PLAIN + 2 * channels;
        linear(shapes, GAIN, lifetime, trajectory);
        linear(shapes, "lstm/linear_1", trajectory, 1);
        linear(shapes, "lstm/linear_2", trajectory, predictions);
        linear(shapes, "lstm/linear_3", trajectory, predictions);
        linear(shapes, "lstm/linear_4", hidden, 1);
        linear(shapes, "lstm/lstm/linear", x + trajectory, 4 * trajectory);
        embeddings(shapes, "lstm/");
        convolution(shapes, "lstm/sequential_1/conv1_d", 2 * (trajectory + channels), hidden);
        linear(shapes, UNROLL + "lstm/linear", hidden + lifetime, 4 * lifetime);
        embeddings(shapes, UNROLL);
        linear(shapes, UNROLL + "mlp_2/~/linear_0", x + 2, hidden);
        return shapes;
    }

    private void embeddings(Map<String, long[]> shapes, String prefix) {
        for (String module : new String[] {"mlp", "mlp_1"}) {
            linear(shapes, prefix + module + "/~/linear_0", predictions, hidden);
            linear(shapes, prefix + module + "/~/linear_1", hidden, 1);
        }
        convolution(shapes, prefix + "sequential/conv1_d", 2 * Inputs.PER_ACTION, hidden);
        convolution(shapes, prefix + "sequential/conv1_d_1", 2 * hidden, channels);
    }

    private static void linear(Map<String, long[]> shapes, String module, int in, int out) {
        shapes.put(module + "/w", new long[] {in, out});
        shapes.put(module + "/b", new long[] {out});
    }

    private static void convolution(Map<String, long[]> shapes, String module, int in, int out) {
        shapes.put(module + "/w", new long[] {1, in, out});
        shapes.put(module + "/b", new long[] {out});
    }

    /**
     * Fresh weights: normal within two deviations of 1/sqrt(inputs), biases 0, as the published program's library starts layers. Only the bias of the factors with which a lifetime's state multiplies the trajectory network is 1: a state begins at 0, and would
     * silence it.
     */
    Params init(RandomGenerator rng, DType dtype) {
        Params.Builder params = Params.builder();
        shapes().forEach((name, shape) -> params.put(
                name,
                shape.length == 1
                        ? Tensors.full(name.equals(GAIN + "/b") ? 1 : 0, dtype, shape)
                        : Tensors.truncatedNormal(rng, DType.FLOAT64, shape)
                                .div(Math.sqrt((double) shape[shape.length - 2]))
                                .to(dtype)));
        return params.build();
    }

    /**
     * Reads weights of these sizes.
     *
     * @param sha256 that the file must have, in hexadecimal, or {@link #ANY}
     * @throws OptionsException naming what is missing or other than expected
     */
    Params read(Path file, String sha256, DType dtype) {
        if (!Files.isRegularFile(file)) {
            throw new OptionsException("method.weights: there is no file " + file + "; " + WHERE);
        }
        if (!sha256.equals(ANY) && !sha256.equalsIgnoreCase(digest(file))) {
            throw new OptionsException("method.weights: " + file + " has SHA-256 " + digest(file) + "; expected "
                    + sha256 + ", since " + WHERE);
        }
        try {
            Npz npz = Npz.read(file);
            Params.Builder params = Params.builder();
            shapes().forEach((name, shape) ->
                    params.put(name, npz.require(name, DType.FLOAT32, shape).to(dtype)));
            Set<String> more = new TreeSet<>(npz.tensors().names());
            more.removeAll(shapes().keySet());
            if (!more.isEmpty()) {
                throw new NpzException(file + " has entries that the rule knows nothing of: " + more);
            }
            return params.build();
        } catch (NpzException e) {
            throw new OptionsException("method.weights: " + e.getMessage(), e);
        }
    }

    private static String digest(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(in.readAllBytes()));
        } catch (IOException e) {
            throw new OptionsException("method.weights: " + file + " could not be read: " + FileReasons.of(e), e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
