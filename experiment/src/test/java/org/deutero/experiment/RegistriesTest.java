package org.deutero.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import org.deutero.learn.evaluate.KindMeasures;
import org.deutero.learn.evaluate.Measures;
import org.deutero.methods.Method;
import org.deutero.methods.Methods;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.source.TaskSources;
import org.deutero.tasks.world.Worlds;
import org.junit.jupiter.api.Test;

/** What the library brings by itself, in the order in which users read it. */
class RegistriesTest {
    @Test
    void sourcesStandInTheirOrder() {
        assertThat(TaskSources.names())
                .containsExactly(
                        "omniglot",
                        "omniglot-alphabets",
                        "mini-imagenet",
                        "fashion-mnist",
                        "mnist",
                        "cifar-10",
                        "images",
                        "drawings",
                        "cross-domain",
                        "image-stream",
                        "projected-images",
                        "plane",
                        "gaussians",
                        "noisy-prototypes",
                        "prototype-sequences",
                        "function-sequences",
                        "bernoulli-bandit",
                        "gaussian-bandit",
                        "linear-bandit",
                        "dependent-bandit",
                        "informative-bandit",
                        "continuous-bandit",
                        "normal-pairs",
                        "symbol-pairs",
                        "binary-pairs",
                        "binary-patterns",
                        "cart-pole",
                        "pendulum",
                        "mountain-car",
                        "mountain-car-continuous",
                        "acrobot",
                        "random-mdp",
                        "catch",
                        "dark-room",
                        "key-to-door",
                        "point-navigation",
                        "point-velocity",
                        "point-direction",
                        "cue-reward",
                        "grid-world",
                        "delayed-chain",
                        "world-mixture",
                        "cheetah-velocity",
                        "cheetah-direction",
                        "cheetah-forward",
                        "quadratics",
                        "sinusoid",
                        "harmonic",
                        "identified-sinusoid",
                        "interval-sinusoid",
                        "pose",
                        "table",
                        "gaussian-process",
                        "image-completion",
                        "wheel-bandit");
    }

    @Test
    void methodsBeginWithMamlAndEndWithBaselines() {
        assertThat(Methods.names())
                .startsWith("maml", "fomaml", "anil", "boil", "meta-sgd")
                .endsWith(
                        "plain-training",
                        "random",
                        "value-iteration",
                        "greedy",
                        "epsilon-greedy",
                        "ucb1",
                        "gittins",
                        "thompson-sampling",
                        "tabular-a2c",
                        "td3",
                        "nearest-centroid",
                        "simpleshot");
        assertThat(Methods.all())
                .allSatisfy(method -> assertThat(Methods.named(method.name()))
                        .map(Method::title)
                        .contains(method.title()));
    }

    @Test
    void nothingButTheLibrarysOwnIsHere() {
        assertThat(Measures.names())
                .startsWith("accuracy", "cross-entropy", "mse")
                .endsWith("bit-error");
        assertThat(KindMeasures.named(Worlds.class, "return")).isPresent();
        assertThat(KindMeasures.named(Episodes.class, "return")).isEmpty();
        assertThat(Measures.ofPlugins()).isEmpty();
    }
}
