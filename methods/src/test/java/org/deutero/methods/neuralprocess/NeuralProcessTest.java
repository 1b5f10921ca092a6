package org.deutero.methods.neuralprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.deutero.methods.TestTasks.assertNear;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.deutero.learn.TaskContext;
import org.deutero.learn.capability.Predictive;
import org.deutero.learn.gradient.Unroll;
import org.deutero.methods.InScope;
import org.deutero.methods.QueryStatistics;
import org.deutero.methods.TestTasks;
import org.deutero.methods.metric.MetricLearner;
import org.deutero.methods.neuralprocess.NeuralProcess.Targets;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskShape;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Headless;
import org.deutero.tensor.nn.Mlp;
import org.deutero.tensor.nn.attention.MultiHeadAttention;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InScope.class)
class NeuralProcessTest {
    private static final int WIDTH = 6;
    private static final int LATENT = 3;

    /** Regressions from two numbers to one whose queries are the support set and five more points. */
    private static Episodes tasks() {
        Episodes e = TestTasks.regression();
        return new Episodes(
                e.supportX(),
                e.supportY(),
                Tensors.cat(List.of(e.supportX(), e.queryX()), 1),
                Tensors.cat(List.of(e.supportY(), e.queryY()), 1),
                0);
    }

    private static NeuralProcess process(boolean deterministic, Kernel kernel, boolean latent, int samples) {
        Optional<CrossAttention> attention =
                Optional.ofNullable(kernel).map(k -> new CrossAttention(Mlp.of(2, 5, 4), k));
        int known = (deterministic ? WIDTH : 0) + (latent ? LATENT : 0);
        return new NeuralProcess(
                deterministic ? Optional.of(new DeterministicPath(Mlp.of(3, 7, WIDTH), attention)) : Optional.empty(),
                latent ? Optional.of(new LatentPath(Mlp.of(3, 7, WIDTH), 5, LATENT)) : Optional.empty(),
                new GaussianDecoder(Mlp.of(known + 2, 7, 2)),
                Targets.QUERIES,
                samples,
                DType.FLOAT64);
    }

    private static Map<String, NeuralProcess> learners() {
        Map<String, NeuralProcess> learners = new LinkedHashMap<>();
        learners.put("CNP", process(true, null, false, 1));
        learners.put("NP", process(false, null, true, 3));
        learners.put("NP with both paths", process(true, null, true, 3));
        learners.put("ANP uniform", process(true, new Kernel.Uniform(), true, 3));
        learners.put("ANP Laplace", process(true, new Kernel.Laplace(0.5), true, 3));
        learners.put("ANP dot", process(true, new Kernel.Dot(), true, 3));
        learners.put("ANP", process(true, new Kernel.MultiHead(new MultiHeadAttention(4, WIDTH, 2)), true, 3));
        return learners;
    }

    private static Stream<DynamicTest> each(BiConsumer<NeuralProcess, Params> check) {
        return learners().entrySet().stream()
                .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> {
                    try (Scope s = Scope.open()) {
                        check.accept(e.getValue(), e.getValue().metaParameters(new SplittableRandom(3)));
                    }
                }));
    }

    private static Params adapted(NeuralProcess learner, Params theta, Episodes tasks) {
        return TestTasks.adapted(learner, theta, tasks);
    }

    private static Predictive predictive(NeuralProcess learner, Params theta, Episodes tasks) {
        return learner.predictive(theta, adapted(learner, theta, tasks), tasks, TestTasks.evaluation(1, Params.EMPTY));
    }

    private static Tensor losses(NeuralProcess learner, Params theta, Episodes tasks) {
        return learner.metaLoss(theta, adapted(learner, theta, tasks), tasks, TestTasks.training(1));
    }

    @TestFactory
    Stream<DynamicTest> orderOfTheContextDoesNotMatter() {
        return each((learner, theta) -> {
            Episodes shuffled = TestTasks.supportAt(tasks(), 4, 0, 3, 1, 5, 2);
            assertNear(
                    predictive(learner, theta, shuffled).packed(),
                    predictive(learner, theta, tasks()).packed(),
                    1e-12);
            assertNear(losses(learner, theta, shuffled), losses(learner, theta, tasks()), 1e-12);
        });
    }

    /** Means and softmaxes do not see how often each point stands there, if all stand there equally often. */
    @TestFactory
    Stream<DynamicTest> aContextThatIsGivenTwiceSaysTheSame() {
        return each((learner, theta) -> {
            Episodes twice = TestTasks.supportAt(tasks(), 0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5);
            assertNear(
                    predictive(learner, theta, twice).packed(),
                    predictive(learner, theta, tasks()).packed(),
                    1e-12);
        });
    }

    @TestFactory
    Stream<DynamicTest> theContextMatters() {
        return each((learner, theta) -> {
            Episodes e = tasks();
            Episodes other = new Episodes(e.supportX(), e.supportY().add(1), e.queryX(), e.queryY(), 0);
            assertThat(TestTasks.difference(
                            predictive(learner, theta, other).mean(),
                            predictive(learner, theta, e).mean()))
                    .isGreaterThan(1e-3);
        });
    }

    @TestFactory
    Stream<DynamicTest> tasksInABatchAreTasksOneByOne() {
        return each((learner, theta) -> {
            Episodes all = tasks();
            Params phi = adapted(learner, theta, all);
            Tensor noise = Tensors.normal(new SplittableRandom(9), DType.FLOAT64, all.size(), 1, LATENT);
            Tensor together = learner.loss(theta, phi, all.queryX(), all.queryY(), noise);
            for (int i = 0; i < all.size(); i++) {
                Episodes one = all.slice(i, i + 1);
                Tensor alone = learner.loss(
                        theta, adapted(learner, theta, one), one.queryX(), one.queryY(), noise.slice(0, i, i + 1));
                assertNear(alone, together.slice(0, i, i + 1), 1e-12);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> everyParameterIsTrained() {
        return each((learner, theta) -> {
            var estimate = Unroll.FULL.estimate(learner, theta, tasks(), TaskContext.training(1));
            boolean distances = learner.deterministic()
                    .flatMap(DeterministicPath::attention)
                    .filter(a -> a.kernel() instanceof Kernel.Laplace)
                    .isPresent();
            estimate.gradient().forEach((name, g) -> {
                // What is added to queries and keys alike leaves their distance as it is.
                if (!distances || !name.endsWith("embedding.l1.bias")) {
                    assertThat(g.abs().sum().item()).as(name).isGreaterThan(1e-9);
                }
            });
        });
    }

    @Test
    void withTheContextAsTargetsNothingDiverges() {
        NeuralProcess learner = process(false, null, true, 1);
        Params theta = learner.metaParameters(new SplittableRandom(3));
        Episodes e = TestTasks.regression();
        Params phi = adapted(learner, theta, e);
        Tensor noise = Tensors.normal(new SplittableRandom(9), DType.FLOAT64, e.size(), 1, LATENT);
        DiagonalNormal q = new DiagonalNormal(phi.get("latent.mean"), phi.get("latent.deviation"));
        assertThat(q.divergence(q).doubles()).containsOnly(0);
        Tensor expected = learner.decoder()
                .decode(theta.child("decoder"), null, q.sample(noise), e.supportX())
                .logDensity(e.supportY())
                .mean(1)
                .neg();
        assertNear(learner.loss(theta, phi, e.supportX(), e.supportY(), noise), expected, 1e-15);
    }

    /** KL(N(1, 2^2) || N(0, 1)) = (4 + 1 - 1 - ln 4) / 2. */
    @Test
    void theDivergenceHasItsClosedForm() {
        DiagonalNormal q = new DiagonalNormal(Tensors.ones(DType.FLOAT64, 1, 1), Tensors.full(2, DType.FLOAT64, 1, 1));
        DiagonalNormal p = new DiagonalNormal(Tensors.zeros(DType.FLOAT64, 1, 1), Tensors.ones(DType.FLOAT64, 1, 1));
        assertThat(q.divergence(p).item()).isCloseTo((4 - Math.log(4)) / 2, within(1e-15));
    }

    @Test
    void uniformAttentionIsTheMean() {
        NeuralProcess attentive = process(true, new Kernel.Uniform(), true, 3);
        NeuralProcess mean = process(true, null, true, 3);
        Params theta = attentive.metaParameters(new SplittableRandom(3));
        assertThat(theta.names())
                .isEqualTo(mean.metaParameters(new SplittableRandom(3)).names());
        assertNear(
                predictive(attentive, theta, tasks()).packed(),
                predictive(mean, theta, tasks()).packed(),
                1e-13);
        assertNear(losses(attentive, theta, tasks()), losses(mean, theta, tasks()), 1e-13);
    }

    @Test
    void targetsMayBeJoinedToTheContext() {
        NeuralProcess queries = process(true, null, true, 1);
        NeuralProcess all = new NeuralProcess(
                queries.deterministic(), queries.latent(), queries.decoder(), Targets.ALL, 1, DType.FLOAT64);
        Params theta = queries.metaParameters(new SplittableRandom(3));
        assertNear(losses(all, theta, TestTasks.regression()), losses(queries, theta, tasks()), 1e-13);
    }

    @Test
    void samplesOfTheLatentVariableAreAMixture() {
        NeuralProcess learner = process(false, null, true, 400);
        Params theta = learner.metaParameters(new SplittableRandom(3));
        Predictive p = predictive(learner, theta, tasks());
        double spread = p.means()
                .sub(p.means().meanKeep(1))
                .square()
                .mean(1)
                .sqrt()
                .reshape(-1)
                .max(0)
                .item();
        assertThat(spread).isGreaterThan(1e-3);
        Tensor y = tasks().queryY();
        double[] density = new double[(int) y.numel()];
        for (int s = 0; s < 400; s++) {
            double[] one = Predictive.normal(
                            p.means().select(1, s), p.deviations().select(1, s))
                    .logDensity(y)
                    .exp()
                    .doubles();
            for (int i = 0; i < one.length; i++) {
                density[i] += one[i] / 400;
            }
        }
        assertThat(p.logDensity(y).exp().doubles()).containsExactly(density, within(1e-12));
    }

    @Test
    void beforeAnyPointOutputsAreStandardNormal() {
        NeuralProcess learner = process(true, null, false, 1);
        Params theta = learner.metaParameters(new SplittableRandom(3));
        Predictive p = learner.predictive(theta, Params.EMPTY, tasks(), TestTasks.evaluation(0, Params.EMPTY));
        for (double density : p.logDensity(Tensors.zerosLike(tasks().queryY())).doubles()) {
            assertThat(density).isCloseTo(-0.5 * Math.log(2 * Math.PI), within(1e-15));
        }
    }

    /** Representations stand in the order of classes: renaming classes moves blocks, and what the decoder sees of them moves with its weights. */
    @Test
    void theClassifierKnowsClassesByTheirPlace() {
        ConditionalHead head = new ConditionalHead(Mlp.of(20, 3), 3);
        MetricLearner learner =
                new MetricLearner(new Headless(TestTasks.convNet(5)), head, QueryStatistics.SUPPORT, DType.FLOAT64);
        Params theta = learner.metaParameters(new SplittableRandom(3));
        Episodes e = TestTasks.images(4);
        Episodes renamed = new Episodes(e.supportX(), TestTasks.labels(4, 1, 1, 2, 2, 0, 0), e.queryX(), e.queryY(), 3);
        Tensor before = TestTasks.outputs(learner, theta, e, learner.statistics());
        Tensor order = Tensor.of(new long[] {10, 11, 12, 13, 14, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 18, 19}, 20);
        Params moved = theta.with(
                Params.of("metric.l0.weight", theta.get("metric.l0.weight").indexSelect(1, order)));
        assertNear(TestTasks.outputs(learner, moved, renamed, learner.statistics()), before, 1e-12);
        assertThat(TestTasks.difference(TestTasks.outputs(learner, theta, renamed, learner.statistics()), before))
                .isGreaterThan(1e-3);
    }

    @Test
    void latentProcessesRefuseClasses() {
        assertThatThrownBy(() -> NeuralProcessMethods.ANP.learner(
                        Options.of(Map.of()), Options.of(Map.of()), TaskShape.images(1, 28, 5)))
                .isInstanceOf(OptionsException.class)
                .hasMessageContaining("tasks are [1, 28, 28] -> 5 classes");
    }

    @Test
    void headsMustDivideTheWidth() {
        assertThatThrownBy(() -> NeuralProcessMethods.ANP.learner(
                        Options.at("method", Map.of("heads", 7)), Options.of(Map.of()), TaskShape.regression(1, 1)))
                .isInstanceOf(OptionsException.class)
                .hasMessageContaining("method.heads: 128 values cannot be divided among 7");
    }
}
