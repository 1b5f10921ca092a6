package org.deutero.methods.remember;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.deutero.methods.InScope;
import org.deutero.methods.TestTasks;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.memory.BinaryPairs;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Activation;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.Mlp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Local rules, written by hand and learned. */
@ExtendWith(InScope.class)
class SynapseRuleTest {
    private final SplittableRandom rng = new SplittableRandom(1);

    private Tensor normal(long... shape) {
        return Tensors.normal(rng, DType.FLOAT64, shape);
    }

    @Test
    void theDeltaRuleRecallsTheLastPairExactly() {
        Tensor x = normal(2, 1, 5);
        Tensor y = normal(2, 1, 3);
        SynapseRule rule = new SynapseRule.Delta();
        Tensor w = rule.write(Params.EMPTY, normal(2, 5, 3), x, y);
        TestTasks.assertNear(rule.read(Params.EMPTY, w, x), y, 1e-11);
    }

    @Test
    void theLearnedRuleSeesWhatIsAtASynapse() {
        SynapseRule.Learned rule = new SynapseRule.Learned(6, 0.3);
        Params theta = rule.init(rng, DType.FLOAT64);
        Tensor x = normal(2, 1, 4);
        Tensor y = normal(2, 1, 3);
        Tensor w = normal(2, 4, 3);
        Tensor recall = rule.read(theta, w, x);
        Tensor written = rule.write(theta, w, x, y);
        for (int task = 0; task < 2; task++) {
            for (int j = 0; j < 3; j++) {
                double sum = 0;
                for (int i = 0; i < 4; i++) {
                    sum += at(theta.child("read"), value(x, task, 0, i), value(w, task, i, j));
                }
                assertThat(value(recall, task, 0, j)).isCloseTo(sum, within(1e-12));
                for (int i = 0; i < 4; i++) {
                    double own = value(w, task, i, j);
                    double change =
                            at(theta.child("write"), value(x, task, 0, i), value(y, task, 0, j), Math.tanh(sum), own);
                    assertThat(value(written, task, i, j)).isCloseTo(own + 0.3 * change, within(1e-12));
                }
            }
        }
    }

    private static double value(Tensor t, int a, int b, int c) {
        return t.select(0, a).select(0, b).select(0, c).item();
    }

    private static double at(Params theta, double... arguments) {
        Mlp perceptron = new Mlp(List.of(arguments.length, 6, 1), Activation.TANH, Initializer.FAN_IN_UNIFORM);
        return perceptron
                .apply(theta, Tensor.of(arguments, 1, 1, arguments.length))
                .item();
    }

    /** Tasks with fewer pairs than places are tasks of fewer pairs. */
    @Test
    void emptyPlacesChangeNothing() {
        LearnedMemory learner =
                new LearnedMemory(new SynapseRule.Learned(6, 0.3), LearnedMemory.Loss.BITS, DType.FLOAT64);
        Params theta = learner.metaParameters(rng);
        Episodes two = new BinaryPairs(6, 4, 2, 2, 3).sample(2, rng);
        Tensor nothing = Tensors.zeros(DType.FLOAT32, 2, 3, 6);
        Episodes padded = new Episodes(
                Tensors.cat(List.of(two.supportX(), nothing), 1),
                Tensors.cat(List.of(two.supportY(), nothing.slice(2, 0, 4)), 1),
                two.queryX(),
                two.queryY(),
                0);
        TestTasks.assertNear(losses(learner, theta, padded), losses(learner, theta, two), 1e-12);
    }

    private static Tensor losses(LearnedMemory learner, Params theta, Episodes tasks) {
        Params phi = TestTasks.adapted(learner, theta, tasks);
        return learner.metaLoss(theta, phi, tasks, TestTasks.training(learner.steps(tasks)));
    }
}
