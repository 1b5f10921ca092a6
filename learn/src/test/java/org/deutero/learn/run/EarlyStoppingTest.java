package org.deutero.learn.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deutero.learn.evaluate.Evaluator;
import org.deutero.learn.evaluate.Measure;
import org.deutero.learn.evaluate.Summary;
import org.deutero.learn.meta.MetaState;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Validation every second iteration with figures from a script. */
class EarlyStoppingTest {
    @TempDir
    Path folder;

    private final List<String> events = new ArrayList<>();

    private final TrainingListener listener = new TrainingListener() {
        @Override
        public void validated(long iteration, String measure, Summary summary, boolean best) {
            events.add(iteration + (best ? " best " : " ") + summary.mean());
        }

        @Override
        public void finished(long iteration, boolean early) {
            events.add("end " + iteration + (early ? " early" : ""));
        }
    };

    private static Evaluator<Episodes> script(boolean higherIsBetter, double... figures) {
        int[] next = {0};
        Measure<Episodes> measure = new Measure<>() {
            @Override
            public String name() {
                return "script";
            }

            @Override
            public boolean higherIsBetter() {
                return higherIsBetter;
            }

            @Override
            public Tensor of(Tensor outputs, Episodes tasks) {
                return Tensor.of(new float[] {(float) figures[next[0]++]}, 1);
            }
        };
        return new Evaluator<>(Curves.SOURCE, measure, 1, 1, 5);
    }

    private Trainer<Episodes> trainer(Evaluator<Episodes> validation, long iterations, int patience) {
        return new Trainer<>(
                Curves.algorithm(),
                Curves.SOURCE,
                Optional.of(validation),
                new Plan(iterations, 2, 2, 1, 1, 2, patience, 2),
                Optional.of(new Checkpoints(folder, 100)),
                List.of(listener));
    }

    private static long iterationOf(Path file) {
        Checkpoints.Loaded loaded = Checkpoints.load(file);
        loaded.state().close();
        return loaded.state().iteration();
    }

    private void assertBestIs(long iteration) {
        assertThat(iterationOf(folder.resolve("best.safetensors"))).isEqualTo(iteration);
        try (MetaState best =
                        Checkpoints.load(folder.resolve("best.safetensors")).state();
                MetaState then = Checkpoints.load(folder.resolve(String.format("%08d.safetensors", iteration)))
                        .state()) {
            best.toParams()
                    .forEach((name, t) -> assertThat(t.floats())
                            .containsExactly(then.toParams().get(name).floats()));
        }
    }

    @Test
    void stopsWhenPatienceIsUsedUpAndKeepsTheBest() {
        MetaState end = trainer(script(false, 5, 4, 4.5, 4.25, 3), 20, 2).train();
        assertThat(events).containsExactly("2 best 5.0", "4 best 4.0", "6 4.5", "8 4.25", "end 8 early");
        assertThat(end.iteration()).isEqualTo(8);
        assertThat(iterationOf(new Checkpoints(folder, 9).latest().orElseThrow()))
                .isEqualTo(8);
        assertBestIs(4);
        assertThat(new Checkpoints(folder, 9).best()).contains(folder.resolve("best.safetensors"));
        end.close();
    }

    @Test
    void improvementRenewsPatienceAndEqualFiguresAreNone() {
        trainer(script(true, 1, 0.5, 2, 2, 2), 20, 2).train().close();
        assertThat(events).containsExactly("2 best 1.0", "4 0.5", "6 best 2.0", "8 2.0", "10 2.0", "end 10 early");
        assertBestIs(6);
    }

    @Test
    void equalFiguresAreNoImprovementWhereLessIsBetterEither() {
        trainer(script(false, 2, 3, 1, 1, 1), 20, 2).train().close();
        assertThat(events).containsExactly("2 best 2.0", "4 3.0", "6 best 1.0", "8 1.0", "10 1.0", "end 10 early");
        assertBestIs(6);
    }

    @Test
    void theBestCheckpointTellsItsFigureAndCanBeResumedFrom() {
        trainer(script(false, 5, 4, 4.5, 4.25), 20, 2).train().close();
        events.clear();
        Checkpoints.Loaded best = Checkpoints.load(folder.resolve("best.safetensors"));
        assertThat(best.metadata())
                .containsEntry("best", "4.0")
                .containsEntry("best-iteration", "4")
                .containsEntry("stale", "0")
                .containsEntry("estimator", "sweep");
        trainer(script(false, 4.5, 4.25), 20, 2).resume(best).close();
        assertThat(events).containsExactly("6 4.5", "8 4.25", "end 8 early");
    }

    @Test
    void withoutPatienceTrainingGoesOn() {
        trainer(script(true, 3, 2, 1, 0), 7, 0).train().close();
        assertThat(events).containsExactly("2 best 3.0", "4 2.0", "6 1.0", "7 0.0", "end 7");
        assertBestIs(2);
    }

    @Test
    void notANumberIsNeverTheBest() {
        double nan = Double.NaN;
        trainer(script(false, nan, 3, nan, nan, 0), 20, 2).train().close();
        assertThat(events).containsExactly("2 NaN", "4 best 3.0", "6 NaN", "8 NaN", "end 8 early");
        assertBestIs(4);
    }

    @Test
    void aResumedRunStopsWhereAnUninterruptedOneDoes() {
        trainer(script(false, 5, 4, 4.5), 6, 2).train().close();
        events.clear();
        trainer(script(false, 4.25, 3), 20, 2)
                .resume(Checkpoints.load(folder.resolve("00000006.safetensors")))
                .close();
        assertThat(events).containsExactly("8 4.25", "end 8 early");
        assertBestIs(4);
    }

    @Test
    void aRunThatHasStoppedStaysStopped() {
        trainer(script(false, 1, 2, 3), 20, 2).train().close();
        events.clear();
        MetaState end = trainer(script(false), 20, 2).resume(Checkpoints.load(folder.resolve("00000006.safetensors")));
        assertThat(events).containsExactly("end 6 early");
        assertThat(end.iteration()).isEqualTo(6);
        end.close();
    }
}
