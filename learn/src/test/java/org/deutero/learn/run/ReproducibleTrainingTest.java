package org.deutero.learn.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.deutero.learn.meta.MetaState;
import org.deutero.learn.shards.Job;
import org.deutero.learn.shards.Shards;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Equal experiments give equal bytes: for any number of threads, and after a resume. */
class ReproducibleTrainingTest {
    @TempDir
    Path folder;

    private static Trainer<Episodes> trainer(Path run, Plan plan) {
        return new Trainer<>(
                Curves.algorithm(),
                Curves.SOURCE,
                Curves.validation(),
                plan,
                Optional.of(new Checkpoints(run, 100)),
                List.of());
    }

    private Path train(String name, Plan plan) {
        Path run = folder.resolve(name);
        trainer(run, plan).train().close();
        return run;
    }

    private static List<String> names(Path run) throws Exception {
        try (Stream<Path> files = Files.list(run)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    private static void assertSameFiles(Path actual, Path expected, List<String> names) {
        for (String name : names) {
            assertThat(actual.resolve(name)).hasSameBinaryContentAs(expected.resolve(name));
        }
    }

    @Test
    void threadsDoNotChangeABit() throws Exception {
        Path one = train("one", Curves.plan(10, 1));
        assertThat(names(one))
                .containsExactly(
                        "00000004.safetensors", "00000008.safetensors", "00000010.safetensors", "best.safetensors");
        assertSameFiles(train("two", Curves.plan(10, 2)), one, names(one));
        assertSameFiles(train("three", Curves.plan(10, 3)), one, names(one));
    }

    /** Tasks may grow: they are drawn from the source of the iteration, each of which asks it once a shard. */
    @Test
    void tasksAreThoseOfTheIteration() {
        List<Long> asked = Collections.synchronizedList(new ArrayList<>());
        TaskSource<Episodes> growing = new TaskSource<>() {
            @Override
            public Episodes sample(int tasks, RandomGenerator rng) {
                throw new IllegalStateException("the source of no iteration");
            }

            @Override
            public TaskSource<Episodes> at(long iteration) {
                asked.add(iteration);
                return Curves.SOURCE;
            }
        };
        Plan plan = Curves.plan(3, 1);
        Trainer.builder(Curves.algorithm(), growing, plan).build().train().close();
        int shards = (plan.metaBatch() + plan.shard() - 1) / plan.shard();
        assertThat(asked).hasSize(3 * shards).containsOnly(0L, 1L, 2L).isSorted();
    }

    /** The trainer knows of threads no more than of any other place where shards may be done. */
    @Test
    void whereShardsAreDoneDoesNotChangeABit() throws Exception {
        Path here = train("here", Curves.plan(10, 2));
        List<Integer> sizes = new ArrayList<>();
        Shards elsewhere = new Shards() {
            @Override
            public <R> List<R> run(Job<R> job) {
                sizes.add(job.items());
                List<R> results = new ArrayList<>();
                for (int i = 0; i < job.items(); i++) {
                    results.add(job.item(i));
                }
                return results;
            }

            @Override
            public void close() {
                sizes.add(0);
            }
        };
        Path there = folder.resolve("there");
        new Trainer<>(
                        Curves.algorithm(),
                        Curves.SOURCE,
                        Curves.validation(),
                        Curves.plan(10, 2),
                        Optional.of(new Checkpoints(there, 100)),
                        List.of(),
                        () -> elsewhere)
                .train()
                .close();
        assertSameFiles(there, here, names(here));
        assertThat(sizes).endsWith(0).hasSizeGreaterThan(10);
    }

    @Test
    void resumingFromAnyCheckpointGivesTheSameFiles() throws Exception {
        Path whole = train("whole", Curves.plan(10, 1));
        for (String middle : List.of("00000004.safetensors", "00000008.safetensors")) {
            Path run = folder.resolve("from-" + middle);
            trainer(run, Curves.plan(10, 2))
                    .resume(Checkpoints.load(whole.resolve(middle)))
                    .close();
            assertSameFiles(run, whole, List.of("00000010.safetensors"));
        }
    }

    @Test
    void aRunThatIsContinuedFurtherEqualsALongOne() {
        Path whole = train("whole", Curves.plan(12, 1));
        Path run = train("short", Curves.plan(8, 1));
        trainer(run, Curves.plan(12, 1))
                .resume(Checkpoints.load(run.resolve("00000008.safetensors")))
                .close();
        // At iteration 8 the short run also validated, since it was its last; 3, 6 and 9 count for both.
        try (MetaState a = Checkpoints.load(run.resolve("00000012.safetensors")).state();
                MetaState b =
                        Checkpoints.load(whole.resolve("00000012.safetensors")).state()) {
            a.toParams()
                    .forEach((name, t) -> assertThat(t.floats())
                            .as(name)
                            .containsExactly(b.toParams().get(name).floats()));
        }
    }

    @Test
    void otherSeedsGiveOtherNumbers() throws Exception {
        Path one = train("one", Curves.plan(2, 1));
        Path other = train("other", new Plan(2, 5, 2, 1, 12, 3, 0, 4));
        assertThat(Files.readAllBytes(one.resolve("00000002.safetensors")))
                .isNotEqualTo(Files.readAllBytes(other.resolve("00000002.safetensors")));
    }

    @Test
    void stateSurvivesItsFile() {
        Path run = train("one", Curves.plan(3, 1));
        MetaState state = trainer(folder.resolve("again"), Curves.plan(3, 1)).train();
        try (MetaState loaded =
                Checkpoints.load(run.resolve("00000003.safetensors")).state()) {
            assertThat(loaded.iteration()).isEqualTo(3);
            assertThat(loaded.theta().names()).isEqualTo(state.theta().names());
            assertThat(loaded.slots().names()).isEqualTo(state.slots().names());
            assertThat(loaded.statistics().names()).containsExactly("mean");
            assertThat(loaded.statistics().get("mean").floats())
                    .containsExactly(state.statistics().get("mean").floats());
        }
        state.close();
    }
}
