package org.deutero.learn.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.deutero.learn.Predictor;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.capability.ForwardingLearner;
import org.deutero.learn.gradient.TruncatedBackpropagation;
import org.deutero.learn.meta.Contribution;
import org.deutero.learn.meta.Descent;
import org.deutero.learn.meta.LevelReplay;
import org.deutero.learn.meta.MetaState;
import org.deutero.learn.meta.OnlineMetaAlgorithm;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.optim.Adam;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which tasks come again is a matter of the experiment's seed, and of nothing else. */
class ReplayedTasksTest {
    @TempDir
    Path folder;

    /** Scores tasks by how large their answers are. */
    private static final class Scored extends ForwardingLearner<Episodes> implements Predictor<Episodes> {
        private final Curves curves;

        Scored() {
            this(new Curves(0.1, 2));
        }

        private Scored(Curves curves) {
            super(curves);
            this.curves = curves;
        }

        @Override
        public Step step(Params theta, Params phi, Episodes tasks, StepContext context) {
            context.report(
                    Params.of(LevelReplay.SCORE, tasks.supportY().square().mean(1, 2)));
            return super.step(theta, phi, tasks, context);
        }

        @Override
        public Tensor predict(Params theta, Params phi, Episodes tasks, StepContext context) {
            return curves.predict(theta, phi, tasks, context);
        }
    }

    private static OnlineMetaAlgorithm<Episodes> algorithm() {
        return new OnlineMetaAlgorithm<>(
                new Scored(),
                new TruncatedBackpropagation(2),
                Descent.of(Adam.DEFAULT, 0.01),
                Optional.of(new LevelReplay(0.5, 4, 1)));
    }

    @Test
    void threadsAndResumingDoNotChangeABit() {
        Path run = SameBits.of(ReplayedTasksTest::algorithm, folder);
        try (MetaState state =
                Checkpoints.load(run.resolve("00000010.safetensors")).state()) {
            assertThat(state.carry().names()).contains("level-seed", "store.0.drawn", "store.2.scores");
        }
    }

    @Test
    void anotherSeedChoosesOthers() {
        assertThat(drawn(1)).isEqualTo(drawn(1)).isNotEqualTo(drawn(2));
    }

    /** When the tasks of each lifetime were drawn, however the tasks themselves differ. */
    private static List<Long> drawn(long seed) {
        List<Long> drawn = new ArrayList<>();
        try (Scope s = Scope.open()) {
            OnlineMetaAlgorithm<Episodes> algorithm = algorithm();
            MetaState state = algorithm.init(new SplittableRandom(seed));
            for (int i = 0; i < 12; i++) {
                drawn.add(algorithm.drawnAt(state, 0));
                Episodes tasks = Curves.SOURCE.sample(2, new SplittableRandom(drawn.get(i)));
                Contribution window = algorithm.contribute(state, 0, tasks, 5);
                state = algorithm.update(state, List.of(window)).state();
            }
        }
        return drawn;
    }
}
