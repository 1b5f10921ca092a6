package org.deutero.methods.vsml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.deutero.methods.TestTasks.assertNear;

import java.util.List;
import java.util.SplittableRandom;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.TaskContext;
import org.deutero.methods.InScope;
import org.deutero.methods.vsml.Cloning.Judged;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.Objective;
import org.deutero.tasks.synthetic.NormalPairs;
import org.deutero.tensor.Autograd;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InScope.class)
class CloningTest {
    private static final double RATE = 0.1;
    private static final double GATE_BIAS = 1.5;

    private static Cloning learner(Judged judged) {
        VsmlRule rule = new VsmlRule(5, 3, 1, GATE_BIAS, Reduction.SUM, false, false, false);
        return new Cloning(rule, RATE, 0.5, judged, Objective.SQUARED_ERROR, DType.FLOAT64);
    }

    private static Episodes tasks() {
        return new NormalPairs(3, 2, 2, 1).sample(4, new SplittableRandom(1)).to(DType.FLOAT64);
    }

    private static StepContext context(int step) {
        return TaskContext.training(1).at(step, false);
    }

    /** What is imitated are the derivatives of sum_b e_b y_b, y_ab = tanh(x_a) w_ab + b_ab, and a step down the slope. */
    @Test
    void theTeacherIsBackPropagation() {
        Cloning learner = learner(Judged.ALL);
        Episodes e = tasks();
        Params theta = learner.metaParameters(new SplittableRandom(2));
        Params phi = learner.begin(theta, e, context(0));
        Tensor x = e.supportX().select(1, 0).unsqueeze(2).expand(-1, -1, 2);
        Params leaf = phi.filter(name -> name.equals("weight") || name.equals("bias"))
                .with(Params.of("x", x.contiguous()))
                .leaf();
        Tensor y = leaf.get("x").tanh().mul(leaf.get("weight")).add(leaf.get("bias"));
        Tensor value = y.mul(e.supportY().select(1, 0).unsqueeze(1)).sum();
        Params slope = Autograd.gradient(value, leaf, false);
        Params after = learner.step(theta, phi, e, context(0)).state();
        for (String name : new String[] {"weight", "bias"}) {
            assertNear(after.get(name), phi.get(name).addScaled(slope.get(name), -RATE), 1e-14);
        }
        // A rule of zeros sends nothing, so that what it is judged by is the size of what it should send.
        Params silent = theta.zerosLike();
        assertNear(
                learner(Judged.OUTPUT).step(silent, phi, e, context(0)).loss(),
                y.detach().square().meanPerTask().div(2),
                1e-14);
        assertNear(
                learner(Judged.ERROR).step(silent, phi, e, context(0)).loss(),
                slope.get("x").square().meanPerTask().div(2),
                1e-14);
        // Its memory decays: two visits of one tick with the forget gate at sigmoid(bias).
        double kept = Math.pow(1 / (1 + Math.exp(-GATE_BIAS)), 2);
        assertNear(
                learner(Judged.WEIGHT).step(silent, phi, e, context(0)).loss(),
                phi.get("weight")
                        .mul(kept)
                        .sub(after.get("weight"))
                        .square()
                        .meanPerTask()
                        .div(2),
                1e-14);
    }

    @Test
    void thePartsAddUp() {
        Episodes e = tasks();
        Params theta = learner(Judged.ALL).metaParameters(new SplittableRandom(2));
        double[] sum = new double[e.size()];
        for (Judged judged : Judged.values()) {
            Params phi = learner(judged).begin(theta, e, context(0));
            for (int t = 0; t < 2; t++) {
                Step step = learner(judged).step(theta, phi, e, context(t));
                double[] losses = step.loss().doubles();
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += judged == Judged.ALL ? -losses[i] : losses[i];
                }
                phi = step.state();
            }
        }
        assertThat(sum).containsExactly(new double[sum.length], within(1e-13));
    }

    /** Theta of a cloned rule is theta of VSML. */
    @Test
    void vsmlTakesTheRule() {
        Cloning learner = learner(Judged.ALL);
        Vsml vsml = new Vsml(
                List.of(),
                learner.rule(),
                InitialState.ZERO,
                new Readout(0, 100, 1),
                true,
                false,
                Vsml.MetaLoss.ONLINE,
                Objective.CROSS_ENTROPY,
                DType.FLOAT64);
        Params theta = learner.metaParameters(new SplittableRandom(2));
        assertThat(vsml.metaParameters(new SplittableRandom(3)).names()).isEqualTo(theta.names());
    }
}
