package org.deutero.methods.metric;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.deutero.methods.metric.Relation.Loss;
import org.deutero.methods.metric.Relation.Reduction;
import org.deutero.tensor.Autograd;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Normalization;
import org.deutero.testkit.Golden;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Relation modules and full-context embeddings of given embeddings. */
class RelationGoldenTest {
    @TestFactory
    Stream<DynamicTest> files() {
        return Golden.tests(getClass(), List.of("relation_score"), golden -> {
            for (String module : golden.list("modules")) {
                for (String reduction : golden.list("reductions")) {
                    relation(golden, module, reduction);
                }
            }
            context(golden);
        });
    }

    private static void relation(Golden golden, String module, String reduction) {
        Params leaves = Params.builder()
                .put("theta", golden.params(module + ".theta"))
                .put("support", golden.tensor(module + ".support.embedding"))
                .put("query", golden.tensor(module + ".query.embedding"))
                .build()
                .leaf();
        Tensor support = leaves.get("support");
        Tensor query = leaves.get("query");
        int way = golden.integer("way");
        int shot = golden.integer("shot");
        Relation head = new Relation(
                (int) support.size(2),
                support.rank() > 3 ? (int) support.size(3) : 0,
                (int) leaves.get("theta.fc0.weight").size(0),
                Reduction.valueOf(reduction.toUpperCase(Locale.ROOT)),
                Loss.SQUARED_ERROR);
        Params own = leaves.child("theta");
        Tensor flat = support.reshape(1, (long) way * shot, -1);
        Params memory = head.memory(own, flat, labels(way, shot), way);
        Tensor logits = head.logits(own, memory, query.flatten(1).unsqueeze(0), Normalization.batch());
        Tensor loss = head.losses(logits, labels(way, golden.integer("queries_per_class")));
        String expected = "expect." + module + "_" + reduction;
        golden.check(expected + ".score", logits.sigmoid().squeeze(0));
        golden.check(expected + ".loss", loss);
        Params gradient = Autograd.gradient(loss.sum(), leaves, false);
        golden.checkAll(expected + ".grad", gradient.child("theta").with(ofEmbeddings(gradient)));
    }

    /** The stored cells have two biases, ours one, whose gradient both share. */
    private static void context(Golden golden) {
        Params stored = golden.params("fce.theta").leaf();
        Params ours = Params.builder()
                .put("forward", oneBias(stored.child("forward")))
                .put("backward", oneBias(stored.child("backward")))
                .put("query", oneBias(stored.child("query")))
                .build();
        Params leaves = Params.builder()
                .put("support", golden.tensor("fce.support.embedding"))
                .put("query", golden.tensor("fce.query.embedding"))
                .build()
                .leaf();
        Tensor raw = leaves.get("support").unsqueeze(0);
        FullContext context = new FullContext((int) raw.size(2), golden.integer("fce_steps"));
        Matching head = new Matching(Matching.Kernel.COSINE, Optional.of(context));
        int way = golden.integer("way");
        Params memory = head.memory(ours, raw, golden.tensor("fce.support.y").unsqueeze(0), way);
        Tensor query = leaves.get("query").unsqueeze(0);
        Tensor logits = head.logits(ours, memory, query, Normalization.batch());
        Tensor loss = head.losses(logits, golden.tensor("fce.query.y").unsqueeze(0));
        golden.check("expect.fce.support", memory.get("keys").squeeze(0));
        golden.check(
                "expect.fce.query",
                context.queries(ours, query, memory.get("keys")).squeeze(0));
        golden.check("expect.fce.probability", logits.exp().squeeze(0));
        golden.check("expect.fce.loss", loss);
        Params ofCells = Autograd.gradientRetaining(loss.sum(), stored, false);
        golden.checkAll("expect.fce.grad", ofCells.with(ofEmbeddings(Autograd.gradient(loss.sum(), leaves, false))));
    }

    private static Params ofEmbeddings(Params gradient) {
        return Params.of("support.embedding", gradient.get("support"))
                .with(Params.of("query.embedding", gradient.get("query")));
    }

    private static Params oneBias(Params cell) {
        return Params.builder()
                .put("weight_ih", cell.get("weight_ih"))
                .put("weight_hh", cell.get("weight_hh"))
                .put("bias", cell.get("bias_ih").add(cell.get("bias_hh")))
                .build();
    }

    private static Tensor labels(int way, int each) {
        return Tensors.range(way).repeatEach(each).unsqueeze(0);
    }
}
