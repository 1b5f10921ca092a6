package org.deutero.methods.warpgrad;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.deutero.learn.Lifetime;
import org.deutero.learn.TaskContext;
import org.deutero.learn.gradient.LeapDirection;
import org.deutero.learn.gradient.LookAhead;
import org.deutero.learn.meta.Estimate;
import org.deutero.methods.reptile.MiniBatches;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.Objective;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Activation;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.Mlp;
import org.deutero.tensor.nn.Warp;
import org.deutero.tensor.nn.WarpedNetwork;
import org.deutero.testkit.Golden;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** WarpGrad's objective in both orders, and simplified Leap on the same trajectories. */
class WarpGradGoldenTest {
    private static final long SEED = 7;

    @TestFactory
    Stream<DynamicTest> vectors() {
        return Golden.tests(getClass(), List.of("warpgrad"), WarpGradGoldenTest::check);
    }

    private static void check(Golden golden) {
        List<String> layers = golden.list("task.layers");
        List<String> warps = golden.list("warp.layers");
        int points = golden.integer("points");
        Lifetime<Episodes> lifetime = lifetime(golden, layers, warps, points);

        // The stored trajectories are the ones that the learner takes from their first points.
        for (int t = 0; t + 1 < points; t++) {
            int before = t;
            Params now = golden.params("trajectory").map(x -> x.select(1, before));
            Params next = lifetime.step(now, t, false).state();
            next.forEach((name, x) -> assertThat(
                            x.sub(golden.tensor("trajectory." + name).select(1, before + 1))
                                    .abs()
                                    .sum()
                                    .item())
                    .as(name)
                    .isLessThan(1e-12));
        }

        for (String estimator : golden.list("estimators")) {
            boolean second = golden.integer("estimator." + estimator + ".order") == 2;
            LookAhead ahead = new LookAhead(second, LookAhead.Judge.SUPPORT, Optional.empty());
            check(golden, estimator, warps, lifetime, ahead, points);
        }
        Estimate leap = new LeapDirection(false, false, false).estimate(lifetime);
        int tasks = lifetime.tasks().size();
        golden.checkAll("expect.leap.grad", leap.gradient().mul(1.0 / tasks));
    }

    private static void check(
            Golden golden, String name, List<String> warps, Lifetime<Episodes> lifetime, LookAhead ahead, int points) {
        int tasks = lifetime.tasks().size();
        List<Tensor> losses = new ArrayList<>();
        for (int t = 0; t < points; t++) {
            int point = t;
            losses.add(ahead.at(lifetime, golden.params("trajectory").map(x -> x.select(1, point)), t)
                    .losses());
        }
        golden.check("expect." + name + ".point_loss", Tensors.stack(losses, 1));
        Estimate estimate = ahead.estimate(lifetime);
        golden.check("expect." + name + ".meta_loss", estimate.losses());
        Params gradient = estimate.gradient().mul(1.0 / tasks);
        for (int i = 0; i < warps.size(); i++) {
            Params own = gradient.child("warp." + i + ".0.map");
            golden.checkAll("expect." + name + ".grad." + warps.get(i), own);
        }
        // One rate for all tensors: the derivative by its logarithm is the rate times the sum of those of each tensor's
        // own.
        Tensor rate =
                gradient.child("rate").values().stream().reduce(Tensor::add).orElseThrow();
        if (golden.has("expect." + name + ".grad.log_rate")) {
            golden.check(
                    "expect." + name + ".grad.log_rate",
                    rate.mul(golden.tensor("theta.log_rate").exp()));
        } else {
            assertThat(rate.item()).isZero();
        }
        assertThat(gradient.filter(n -> n.startsWith("l")).norm()).isZero();
    }

    /** Tasks in whose pool of examples all batches lie, one after the other: the steps' own, then those that judge. */
    private static Lifetime<Episodes> lifetime(Golden golden, List<String> layers, List<String> warps, int points) {
        List<Integer> sizes = new ArrayList<>();
        for (String layer : layers) {
            Tensor weight = golden.tensor("trajectory." + layer + ".weight");
            if (sizes.isEmpty()) {
                sizes.add((int) weight.size(3));
            }
            sizes.add((int) weight.size(2));
        }
        Activation activation = Activation.valueOf(golden.text("activation").toUpperCase(Locale.ROOT));
        WarpedNetwork network =
                new WarpedNetwork(new Mlp(sizes, activation, Initializer.FAN_IN_UNIFORM), Warp.AFFINE, false);
        Params.Builder theta = Params.builder();
        golden.params("trajectory")
                .forEach((name, t) -> theta.put(name, t.select(0, 0).select(0, 0)));
        for (int i = 0; i < warps.size(); i++) {
            theta.put("warp." + i + ".0.map", golden.params("theta." + warps.get(i)));
        }
        Tensor rate = golden.tensor("theta.log_rate").exp().squeeze(0);
        golden.params("trajectory").names().forEach(name -> theta.put("rate." + name, rate));

        Tensor x = Tensors.cat(List.of(pool(golden.tensor("support.x")), pool(golden.tensor("query.x"))), 1);
        Tensor y = Tensors.cat(List.of(pool(golden.tensor("support.y")), pool(golden.tensor("query.y"))), 1);
        int shown = (int) golden.tensor("support.x").size(2);
        int judged = (int) golden.tensor("query.x").size(2);
        MiniBatches batches = (tasks, context) -> {
            boolean own = context.task().seed() == SEED;
            int size = own ? shown : judged;
            long first = own ? (long) context.step() * shown : (long) points * shown + (long) context.step() * judged;
            long[] rows = new long[tasks.size() * size];
            for (int i = 0; i < rows.length; i++) {
                rows[i] = first + i % size;
            }
            return Tensor.of(rows, tasks.size(), size);
        };
        WarpGrad learner = new WarpGrad(
                network,
                Objective.SQUARED_ERROR,
                WarpGrad.Start.LEARNED,
                new InnerDescent(1, 0, true),
                points,
                points,
                batches,
                WarpGrad.Statistics.BATCH,
                DType.FLOAT64);
        return new Lifetime<>(learner, theta.build(), new Episodes(x, y, x, y, 0), TaskContext.training(SEED));
    }

    /** [tasks, points, n, d] to [tasks, points * n, d]. */
    private static Tensor pool(Tensor t) {
        return t.reshape(t.size(0), -1, t.size(3));
    }
}
