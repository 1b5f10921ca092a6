package org.deutero.tensor.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.deutero.tensor.Near.assertNear;

import java.util.List;
import java.util.SplittableRandom;
import org.deutero.tensor.DType;
import org.deutero.tensor.InScope;
import org.deutero.tensor.Near;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A normalised perceptron against its formula written out. */
@ExtendWith(InScope.class)
class NormalizedMlpTest {
    private static final NormalizedMlp NET =
            new NormalizedMlp(new Mlp(List.of(5, 4, 2), Activation.TANH, Initializer.FAN_IN_UNIFORM));

    private final Params params = NET.init(new SplittableRandom(1), DType.FLOAT64)
            .with(Params.builder()
                    .put("norm0.weight", Near.vector(1.5, -0.5, 2, 0.3))
                    .put("norm0.bias", Near.vector(0.1, 0.2, -0.3, 0))
                    .build());
    private final Tensor x = Near.normal(2, 3, 6, 5);

    private Tensor sum() {
        return Linear.apply(params.child("l0"), x);
    }

    private Tensor outputs(Tensor mean, Tensor variance) {
        Tensor normal = sum().sub(mean).div(variance.add(1e-5).sqrt());
        Tensor hidden = normal.mul(params.get("norm0.weight"))
                .add(params.get("norm0.bias"))
                .tanh();
        return Linear.apply(params.child("l1"), hidden);
    }

    @Test
    void hiddenUnitsAreNormalisedOverTheExamplesOfTheirTask() {
        Tensor mean = sum().meanKeep(1);
        assertNear(NET.apply(params, x), outputs(mean, sum().sub(mean).square().meanKeep(1)), 1e-12);
    }

    @Test
    void givenMomentsTakeThePlaceOfTheBatch() {
        Tensor mean = Near.vector(0.1, -0.2, 0.3, 0.4);
        Tensor variance = Near.vector(0.5, 1, 2, 0.1);
        Params moments = Params.builder()
                .put("norm0.mean", mean)
                .put("norm0.variance", variance)
                .build();
        assertNear(NET.apply(params, x, Normalization.fixed(moments)), outputs(mean, variance), 1e-12);
    }

    @Test
    void weightsStartAsThoseOfThePlainPerceptron() {
        Params start = NET.init(new SplittableRandom(1), DType.FLOAT64);
        Params plain = NET.plain().init(new SplittableRandom(1), DType.FLOAT64);
        plain.forEach((name, t) -> assertNear(start.get(name), t, 0));
        assertThat(NET.layers()).containsExactly("l0", "norm0", "l1");
        assertThat(NET.initialMoments(DType.FLOAT64).names()).containsExactly("norm0.mean", "norm0.variance");
    }
}
