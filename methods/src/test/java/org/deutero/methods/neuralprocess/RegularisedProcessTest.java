package org.deutero.methods.neuralprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.deutero.learn.Lifetime;
import org.deutero.learn.TaskContext;
import org.deutero.learn.Trace;
import org.deutero.methods.InScope;
import org.deutero.methods.memorization.Bottleneck;
import org.deutero.methods.memorization.Bottleneck.Form;
import org.deutero.methods.memorization.Noise;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Headless;
import org.deutero.tensor.nn.Mlp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Neural processes behind a bottleneck. */
@ExtendWith(InScope.class)
class RegularisedProcessTest {
    private static final TaskContext TRAINING = TaskContext.training(3);

    private static NeuralProcess process(Form form, double beta) {
        int out = form == Form.ACTIVATIONS ? 4 : 2;
        return new NeuralProcess(
                Optional.of(new DeterministicPath(Mlp.of(3, 5, 4), Optional.empty())),
                Optional.empty(),
                new GaussianDecoder(Mlp.of(6, 5, 2)),
                new Bottleneck(form, new Headless(Mlp.of(2, 6, out)), 2, -1, 0, Noise.DRAWN),
                beta,
                NeuralProcess.Targets.QUERIES,
                1,
                DType.FLOAT64);
    }

    private static Episodes tasks() {
        SplittableRandom rng = new SplittableRandom(4);
        return new Episodes(
                Tensors.normal(rng, DType.FLOAT64, 3, 6, 2),
                Tensors.normal(rng, DType.FLOAT64, 3, 6, 1),
                Tensors.normal(rng, DType.FLOAT64, 3, 5, 2),
                Tensors.normal(rng, DType.FLOAT64, 3, 5, 1),
                0);
    }

    private static double[] losses(Form form, double beta, Params theta) {
        Lifetime<Episodes> life = new Lifetime<>(process(form, beta), theta, tasks(), TRAINING);
        return life.losses(life.run(Trace.NONE), Trace.NONE).doubles();
    }

    private static Params theta(Form form) {
        return process(form, 0).metaParameters(new SplittableRandom(1));
    }

    /** Every mean and deviation, one by one. */
    private static double divergence(double[] means, double[] spreads) {
        double sum = 0;
        for (int i = 0; i < means.length; i++) {
            double deviation = Math.log1p(Math.exp(spreads[i]));
            sum += 0.5 * (deviation * deviation + means[i] * means[i] - 1) - Math.log(deviation);
        }
        return sum;
    }

    @Test
    void weightsAreChargedForWhatTheyKnow() {
        Params theta = theta(Form.WEIGHTS);
        double expected = 0;
        for (String layer : new String[] {"inputs.l0", "inputs.l1"}) {
            expected += divergence(
                    theta.get(layer + ".mean").doubles(),
                    theta.get(layer + ".spread").doubles());
        }
        double[] free = losses(Form.WEIGHTS, 0, theta);
        double[] charged = losses(Form.WEIGHTS, 0.25, theta);
        for (int t = 0; t < free.length; t++) {
            assertThat(charged[t] - free[t]).isCloseTo(0.25 * expected, within(1e-9));
        }
    }

    /** The mean over all inputs of a task, support and query. */
    @Test
    void codesAreChargedForWhatTheyTell() {
        Params theta = theta(Form.ACTIVATIONS);
        double[] free = losses(Form.ACTIVATIONS, 0, theta);
        double[] charged = losses(Form.ACTIVATIONS, 0.25, theta);
        Mlp encoder = Mlp.of(2, 6, 4);
        Tensor all = Tensors.cat(List.of(tasks().supportX(), tasks().queryX()), 1);
        Tensor out = encoder.apply(theta.child("inputs"), all);
        for (int t = 0; t < free.length; t++) {
            Tensor own = out.select(0, t);
            double expected =
                    divergence(own.slice(1, 0, 2).doubles(), own.slice(1, 2, 4).doubles()) / 11;
            assertThat(charged[t] - free[t]).isCloseTo(0.25 * expected, within(1e-9));
        }
    }

    /** In use codes are their means, so that two seeds give the same answers; weights are a sample still. */
    @Test
    void codesAreCertainInUse() {
        for (Form form : new Form[] {Form.ACTIVATIONS, Form.WEIGHTS}) {
            Params theta = theta(form);
            Tensor one = answers(form, theta, 1);
            Tensor other = answers(form, theta, 2);
            double gap = one.sub(other).abs().sum().item();
            if (form == Form.ACTIVATIONS) {
                assertThat(gap).isZero();
            } else {
                assertThat(gap).isGreaterThan(1e-3);
            }
        }
    }

    private static Tensor answers(Form form, Params theta, long seed) {
        Lifetime<Episodes> life =
                new Lifetime<>(process(form, 0.1), theta, tasks(), TaskContext.evaluation(seed, Params.EMPTY));
        return life.predict(life.run(Trace.NONE).state(), 1);
    }
}
