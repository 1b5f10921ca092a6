package org.deutero.methods.neuralprocess;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deutero.learn.TaskContext;
import org.deutero.learn.capability.Predictive;
import org.deutero.methods.neuralprocess.NeuralProcess.Targets;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.Autograd;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Activation;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.Mlp;
import org.deutero.tensor.nn.attention.Attention;
import org.deutero.tensor.nn.attention.MultiHeadAttention;
import org.deutero.testkit.Golden;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Predictions, losses and gradients of every variant against an independent implementation. */
class NeuralProcessGoldenTest {
    private static final TaskContext CONTEXT = TaskContext.training(1);

    @TestFactory
    Stream<DynamicTest> processes() {
        return Golden.tests(getClass(), List.of("cnp"), NeuralProcessGoldenTest::processes);
    }

    private static void processes(Golden golden) {
        DeterministicPath cnp = new DeterministicPath(mlp(golden, "cnp.theta.encoder"), Optional.empty());
        check(golden, "cnp", Optional.of(cnp), false, "cnp.theta.decoder", Params.EMPTY);
        check(golden, "np_latent", Optional.empty(), true, "np.theta.decoder_latent", Params.EMPTY);
        DeterministicPath mean = new DeterministicPath(mlp(golden, "np.theta.encoder"), Optional.empty());
        check(golden, "np_both", Optional.of(mean), true, "np.theta.decoder_both", Params.EMPTY);
        Mlp embedding = mlp(golden, "anp.theta.embed");
        DeterministicPath attentive = new DeterministicPath(
                mlp(golden, "anp.theta.encoder"), Optional.of(new CrossAttention(embedding, multiHead(golden))));
        Params attention = Params.builder()
                .put("embedding", layers(golden.params("anp.theta"), "embed"))
                .put("kernel", heads(golden.params("anp.theta"), golden.integer("heads")))
                .build();
        check(golden, "anp", Optional.of(attentive), false, "anp.theta.decoder", attention.under("attention"));
    }

    private static void check(
            Golden golden,
            String name,
            Optional<DeterministicPath> deterministic,
            boolean latent,
            String decoder,
            Params attention) {
        Params given = golden.params(decoder.substring(0, decoder.indexOf('.')) + ".theta");
        Optional<LatentPath> path =
                latent ? Optional.of(new LatentPath(mlp(golden, "np.theta.latent"), 5, 3)) : Optional.empty();
        GaussianDecoder head = new GaussianDecoder(mlp(golden, decoder));
        NeuralProcess learner = new NeuralProcess(deterministic, path, head, Targets.QUERIES, 1, DType.FLOAT64);
        Params.Builder all = Params.builder();
        deterministic.ifPresent(
                p -> all.put("deterministic.encoder", layers(given, "encoder")).put("deterministic", attention));
        if (latent) {
            all.put("latent.encoder", layers(given, "latent"));
            all.put("latent.pre", given.child("pre"));
            all.put("latent.mean", given.child("mu"));
            all.put("latent.deviation", given.child("sigma"));
        }
        Params theta = all.put("decoder", layers(given, decoder.substring(decoder.lastIndexOf('.') + 1)))
                .build()
                .leaf();
        Episodes tasks = new Episodes(
                golden.tensor("context.x"),
                golden.tensor("context.y"),
                golden.tensor("target.x"),
                golden.tensor("target.y"),
                0);
        String expect = "expect." + name + ".";
        Params phi =
                learner.step(theta, Params.EMPTY, tasks, CONTEXT.at(0, true)).state();
        Tensor noise = latent ? golden.tensor("noise").unsqueeze(1) : null;
        Predictive predicted;
        if (latent) {
            golden.check(expect + "context_mean", phi.get("latent.mean"));
            golden.check(expect + "context_deviation", phi.get("latent.deviation"));
            Tensor points = Tensors.cat(List.of(tasks.queryX(), tasks.queryY()), 2);
            DiagonalNormal posterior = path.orElseThrow().posterior(theta.child("latent"), points);
            golden.check(expect + "target_mean", posterior.mean());
            golden.check(expect + "target_deviation", posterior.deviation());
            Tensor z = posterior.sample(noise);
            golden.check(expect + "z", z.squeeze(1));
            Tensor divergence =
                    posterior.divergence(new DiagonalNormal(phi.get("latent.mean"), phi.get("latent.deviation")));
            golden.check(expect + "kl", divergence);
            Tensor r = deterministic
                    .map(p -> p.read(theta.child("deterministic"), phi.child("deterministic"), tasks.queryX()))
                    .orElse(null);
            predicted = head.decode(theta.child("decoder"), r, z, tasks.queryX());
            golden.check(
                    expect + "elbo", predicted.logDensity(tasks.queryY()).sum(1).sub(divergence));
        } else {
            predicted = learner.predictive(theta, phi, tasks, CONTEXT.at(1, false));
            Tensor r = deterministic
                    .orElseThrow()
                    .read(theta.child("deterministic"), phi.child("deterministic"), tasks.queryX());
            golden.check(expect + "representation", r.size(1) == 1 ? r.squeeze(1) : r);
            if (golden.has(expect + "attention")) {
                Params own = theta.child("deterministic.attention");
                CrossAttention cross = deterministic.orElseThrow().attention().orElseThrow();
                Tensor scores = ((Kernel.MultiHead) cross.kernel())
                        .heads()
                        .scores(own.child("kernel"), cross.embed(own, tasks.queryX()), phi.get("deterministic.keys"));
                golden.check(expect + "attention", Attention.weights(scores));
            }
        }
        golden.check(expect + "mean", predicted.mean());
        golden.check(expect + "deviation", predicted.deviation());
        golden.check(expect + "log_likelihood", predicted.logDensity(tasks.queryY()));
        Tensor loss =
                learner.loss(theta, phi, tasks.queryX(), tasks.queryY(), noise).mean();
        golden.check(expect + "loss", loss.reshape(1));
        golden.checkAll(
                expect + "grad", named(Autograd.gradient(loss, theta, false), decoder, golden.integer("heads")));
    }

    private static Kernel.MultiHead multiHead(Golden golden) {
        int keys = (int) golden.tensor("anp.theta.wq0").size(1);
        int values = (int) golden.tensor("anp.theta.wo0").size(0);
        return new Kernel.MultiHead(new MultiHeadAttention(keys, values, golden.integer("heads")));
    }

    /** Matrices of heads as one. */
    private static Params heads(Params given, int heads) {
        return Params.builder()
                .put("query", joined(given, "wq", heads, 0))
                .put("key", joined(given, "wk", heads, 0))
                .put("value", joined(given, "wv", heads, 0))
                .put("out", joined(given, "wo", heads, 1))
                .build();
    }

    private static Tensor joined(Params given, String name, int heads, int dim) {
        return Tensors.cat(
                IntStream.range(0, heads).mapToObj(h -> given.get(name + h)).toList(), dim);
    }

    /** One matrix as those of heads. */
    private static Params apart(Params joined, int heads) {
        Params.Builder apart = Params.builder();
        long size = joined.get("query").size(0) / heads;
        for (int h = 0; h < heads; h++) {
            apart.put("wq" + h, joined.get("query").slice(0, h * size, (h + 1) * size));
            apart.put("wk" + h, joined.get("key").slice(0, h * size, (h + 1) * size));
            apart.put("wv" + h, joined.get("value").slice(0, h * size, (h + 1) * size));
            apart.put("wo" + h, joined.get("out").slice(1, h * size, (h + 1) * size));
        }
        return apart.build();
    }

    /** A gradient under the names of the file. */
    private static Params named(Params gradient, String decoder, int heads) {
        Params.Builder named = Params.builder();
        String own = decoder.substring(decoder.lastIndexOf('.') + 1);
        gradient.filter(n -> !n.contains("attention.kernel"))
                .forEach((n, value) -> named.put(
                        n.replace("deterministic.encoder.l", "encoder")
                                .replace("deterministic.attention.embedding.l", "embed")
                                .replace("latent.encoder.l", "latent")
                                .replace("latent.mean", "mu")
                                .replace("latent.deviation", "sigma")
                                .replace("latent.pre", "pre")
                                .replace("decoder.l", own),
                        value));
        Params kernel = gradient.child("deterministic.attention.kernel");
        if (!kernel.isEmpty()) {
            named.put("", apart(kernel, heads));
        }
        return named.build();
    }

    /** The layers {@code name0, name1, ...} as {@code l0, l1, ...}. */
    private static Params layers(Params given, String name) {
        Params.Builder layers = Params.builder();
        for (int l = 0; given.has(name + l + ".weight"); l++) {
            layers.put("l" + l, given.child(name + l));
        }
        return layers.build();
    }

    private static Mlp mlp(Golden golden, String name) {
        List<Integer> sizes = new ArrayList<>();
        for (int l = 0; golden.has(name + l + ".weight"); l++) {
            Tensor weight = golden.tensor(name + l + ".weight");
            if (sizes.isEmpty()) {
                sizes.add((int) weight.size(1));
            }
            sizes.add((int) weight.size(0));
        }
        return new Mlp(sizes, Activation.RELU, Initializer.XAVIER_UNIFORM);
    }
}
