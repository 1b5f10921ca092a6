package org.deutero.learn.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.bytedeco.javacpp.Pointer;
import org.deutero.learn.MetaAlgorithm;
import org.deutero.learn.MetaState;
import org.deutero.learn.NonFiniteException;
import org.deutero.learn.shards.Workers;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskSource;
import org.deutero.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingFailuresTest {
    @TempDir
    Path folder;

    private static Trainer<Episodes> trainer(
            TaskSource<Episodes> source, Plan plan, Optional<Checkpoints> checkpoints, TrainingListener... listeners) {
        return new Trainer<>(Curves.algorithm(), source, Optional.empty(), plan, checkpoints, List.of(listeners));
    }

    /** Sinusoids whose query targets are this number from the given draw on. */
    private static TaskSource<Episodes> spoilt(int draw, double value) {
        AtomicInteger draws = new AtomicInteger();
        return (tasks, rng) -> {
            Episodes e = Curves.SOURCE.sample(tasks, rng);
            Tensor y = draws.incrementAndGet() < draw ? e.queryY() : e.queryY().mul(value);
            return new Episodes(e.supportX(), e.supportY(), e.queryX(), y, 0);
        };
    }

    @Test
    void aLossThatIsNotFiniteStopsTrainingAndNamesTheLastGoodCheckpoint() {
        for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY, 1e30}) {
            Plan plan = new Plan(10, 2, 2, 1, 1, 0, 0, 2);
            Checkpoints checkpoints = new Checkpoints(folder.resolve("run" + value), 3);
            assertThatThrownBy(() -> trainer(spoilt(6, value), plan, Optional.of(checkpoints))
                            .train())
                    .isInstanceOf(TrainingException.class)
                    .hasCauseInstanceOf(NonFiniteException.class)
                    .hasMessageContaining("at iteration 6")
                    .hasMessageContaining("the last good checkpoint is "
                            + checkpoints.latest().orElseThrow())
                    .hasMessageNotContaining("\n");
            Checkpoints.Loaded good = Checkpoints.load(checkpoints.latest().orElseThrow());
            assertThat(good.state().iteration()).isEqualTo(4);
            assertThat(good.state().toParams().allFinite()).isTrue();
            good.state().close();
        }
    }

    @Test
    void withoutCheckpointsTheMessageStillSaysWhatHappened() {
        assertThatThrownBy(() -> trainer(spoilt(1, Double.NaN), new Plan(10, 2, 2, 1, 1, 0, 0, 0), Optional.empty())
                        .train())
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("the meta-loss is NaN at iteration 1")
                .hasMessageNotContaining("checkpoint");
    }

    @Test
    void anErrorOnAWorkerSurfacesAsItIs() {
        TaskSource<Episodes> broken = (tasks, rng) -> {
            throw new IllegalStateException("the file of tasks has gone");
        };
        for (int threads : new int[] {1, 2}) {
            assertThatThrownBy(() -> trainer(broken, new Plan(3, 4, 1, threads, 1, 0, 0, 0), Optional.empty())
                            .train())
                    .isExactlyInstanceOf(IllegalStateException.class)
                    .hasMessage("the file of tasks has gone");
        }
    }

    @Test
    void theFirstOfSeveralFailuresIsReportedInShardOrder() {
        try (Workers workers = new Workers(2)) {
            assertThatThrownBy(() -> workers.map(6, i -> {
                        if (i % 2 == 1) {
                            throw new IllegalArgumentException("shard " + i);
                        }
                        return i;
                    }))
                    .hasMessage("shard 1");
            assertThat(workers.map(5, i -> i * i)).containsExactly(0, 1, 4, 9, 16);
        }
    }

    @Test
    void longTrainingLeavesNoNativeObjects() {
        long[] counts = new long[501];
        TrainingListener count = new TrainingListener() {
            @Override
            public void iteration(long iteration, MetaAlgorithm.Outcome outcome) {
                counts[(int) iteration] = Pointer.totalCount();
            }
        };
        long before = Pointer.totalCount();
        trainer(Curves.SOURCE, new Plan(500, 2, 1, 1, 1, 0, 0, 0), Optional.empty(), count)
                .train()
                .close();
        assertThat(counts[500]).isLessThanOrEqualTo(counts[50]);
        assertThat(Pointer.totalCount()).isLessThanOrEqualTo(before + 5);
    }

    @Test
    void noIterationsLeaveTheStartInACheckpoint() {
        Checkpoints checkpoints = new Checkpoints(folder, 3);
        MetaState end = trainer(Curves.SOURCE, new Plan(0, 2, 2, 1, 1, 0, 0, 0), Optional.of(checkpoints))
                .train();
        Checkpoints.Loaded saved = Checkpoints.load(checkpoints.latest().orElseThrow());
        assertThat(saved.state().iteration()).isZero();
        saved.state()
                .toParams()
                .forEach((name, t) -> assertThat(t.floats())
                        .containsExactly(end.toParams().get(name).floats()));
        saved.state().close();
        end.close();
    }

    @Test
    void plansOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new Plan(-1, 1, 1, 1, 1, 0, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Plan(1, 1, 1, 1, 1, -1, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThat(new Plan(1, 3, 8, 1, 1, 0, 0, 0).shards()).isEqualTo(1);
        assertThat(new Plan(1, 7, 3, 1, 1, 0, 0, 0).shards()).isEqualTo(3);
    }
}
