package org.deutero.methods.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.deutero.methods.TestTasks.assertNear;

import java.util.List;
import java.util.SplittableRandom;
import org.deutero.learn.StepContext;
import org.deutero.learn.TaskContext;
import org.deutero.learn.gradient.Unroll;
import org.deutero.methods.InScope;
import org.deutero.methods.TestTasks;
import org.deutero.options.OptionsException;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.DType;
import org.deutero.tensor.Losses;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Identity;
import org.deutero.tensor.nn.Linear;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InScope.class)
class PretrainedTest {
    private static final int FEATURES = 4;
    private static final int BASE = 7;

    private static Pretrained learner(ClassLayer layer, NewHead head) {
        return new Pretrained(new Identity(), FEATURES, layer, BASE, head, DType.FLOAT64);
    }

    /** Two tasks of three classes that a line tells apart. */
    private static Episodes tasks() {
        SplittableRandom rng = new SplittableRandom(1);
        Tensor centres = Tensors.normal(rng, DType.FLOAT64, 2, 3, FEATURES).mul(2);
        Tensor x = centres.repeatEach(1);
        Tensor support = Tensors.cat(List.of(x, x.add(0.1)), 1);
        Tensor labels = TestTasks.labels(2, 0, 1, 2, 0, 1, 2);
        return new Episodes(support, labels, x.add(0.05), TestTasks.labels(2, 0, 1, 2), 3);
    }

    @Test
    void aNewHeadLearnsWhatALineTellsApart() {
        for (ClassLayer layer : ClassLayer.values()) {
            Pretrained learner = learner(layer, new NewHead(0.1, 0.9, 0.9, 0.001, 100, 4));
            Params theta = learner.metaParameters(new SplittableRandom(1));
            assertThat(learner.evaluationSteps(tasks())).isEqualTo(200);
            Tensor logits = TestTasks.outputs(learner, theta, tasks(), Params.EMPTY);
            assertThat(logits.argmax(2).longs()).containsExactly(0, 1, 2, 0, 1, 2);
        }
    }

    /** Two steps on all examples at once, by hand: v1 = g1, v2 = 0.9 v1 + 0.1 g2. */
    @Test
    void stepsAreDampenedMomentumAfterTheFirst() {
        Pretrained learner = learner(ClassLayer.LINEAR, new NewHead(0.5, 0.9, 0.9, 0.01, 2, 6));
        Params theta = learner.metaParameters(new SplittableRandom(1));
        StepContext first = TestTasks.evaluation(0, Params.EMPTY);
        Params start = learner.begin(theta, tasks(), first);
        Params once = learner.step(theta, start, tasks(), first).state();
        Params twice = learner.step(theta, once, tasks(), TestTasks.evaluation(1, Params.EMPTY))
                .state();
        Params w0 = start.child("layer");
        Params g1 = gradient(w0);
        Params w1 = w0.addScaled(g1, -0.5);
        Params w2 = w1.addScaled(g1.mul(0.9).addScaled(gradient(w1), 0.1), -0.5);
        for (String name : w0.names()) {
            assertNear(once.child("layer").get(name), w1.get(name), 1e-12);
            assertNear(twice.child("layer").get(name), w2.get(name), 1e-12);
        }
        // Each task starts from a layer of its own.
        Tensor weight = w0.get("weight");
        assertThat(weight.select(0, 0).sub(weight.select(0, 1)).abs().sum().item())
                .isGreaterThan(0.1);
    }

    /** Of mean cross-entropy and half the squared weights times the decay. */
    private static Params gradient(Params w) {
        Tensor x = tasks().supportX();
        Tensor error = Linear.apply(w, x)
                .softmax(2)
                .sub(tasks().supportY().oneHot(3, DType.FLOAT64))
                .div(6);
        return Params.builder()
                .put("weight", error.transpose(1, 2).matmul(x).addScaled(w.get("weight"), 0.01))
                .put("bias", error.sum(1).addScaled(w.get("bias"), 0.01))
                .build();
    }

    /** The score of the cosine layer does not depend on lengths, but for the learned one. */
    @Test
    void cosineScoresAreWhatTheFormulaSays() {
        Params layer = Params.builder()
                .put("direction", Tensor.of(new double[] {3, 4, 0, 0, 0, 0, 0, 2}, 2, 4))
                .put("length", Tensor.of(new double[] {1, 0.5}, 2))
                .build();
        Tensor z = Tensor.of(new double[] {0, 10, 0, 0, 0, 0, 0, -7}, 1, 2, 4);
        double[] few = ClassLayer.COSINE.logits(layer, z, false).doubles();
        assertThat(few).containsExactly(new double[] {1.6, 0, 0, -1}, within(1e-4));
        assertThat(ClassLayer.COSINE.logits(layer, z, true).doubles()[0]).isCloseTo(8, within(1e-4));
    }

    @Test
    void metaTrainingClassifiesAllClasses() {
        SplittableRandom rng = new SplittableRandom(2);
        Tensor x = Tensors.normal(rng, DType.FLOAT64, 1, 5, FEATURES);
        Tensor y = TestTasks.labels(1, 6, 0, 3, 3, 1);
        Pretrained learner = learner(ClassLayer.LINEAR, NewHead.STANDARD);
        Params theta = learner.metaParameters(rng);
        var estimate = Unroll.FULL.estimate(learner, theta, new Episodes(x, y, x, y, BASE), TaskContext.training(1));
        Tensor logits = Linear.apply(theta.child("classes"), x);
        assertNear(estimate.losses(), Losses.crossEntropy(logits, y), 1e-12);
        assertThatThrownBy(() ->
                        Unroll.FULL.estimate(learner, theta, new Episodes(x, y, x, y, 9), TaskContext.training(1)))
                .isInstanceOf(OptionsException.class)
                .hasMessageContaining("expected 9");
    }
}
