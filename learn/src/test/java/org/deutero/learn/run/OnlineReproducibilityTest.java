package org.deutero.learn.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.Pointer;
import org.deutero.learn.evolution.PersistentEvolution;
import org.deutero.learn.evolution.Perturbation;
import org.deutero.learn.gradient.TruncatedBackpropagation;
import org.deutero.learn.meta.Descent;
import org.deutero.learn.meta.MetaState;
import org.deutero.learn.meta.OnlineMetaAlgorithm;
import org.deutero.learn.meta.WindowedGradient;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.optim.Adam;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lifetimes that are under way survive threads and files. */
class OnlineReproducibilityTest {
    private static final WindowedGradient PES = new PersistentEvolution(2, Perturbation.of(2, 0.05));

    @TempDir
    Path folder;

    /** Lifetimes of five steps in windows of 2, 2 and 1. */
    private static Trainer<Episodes> trainer(Optional<Path> run, int iterations, int threads) {
        return new Trainer<>(
                new OnlineMetaAlgorithm<>(new Curves(0.1, 5), PES, Descent.of(Adam.DEFAULT, 0.01)),
                Curves.SOURCE,
                Optional.empty(),
                Curves.plan(iterations, threads),
                run.map(r -> new Checkpoints(r, 100)),
                List.of());
    }

    private Path train(String name, int threads) {
        Path run = folder.resolve(name);
        trainer(Optional.of(run), 10, threads).train().close();
        return run;
    }

    @Test
    void threadsDoNotChangeABit() {
        Path one = train("one", 1);
        for (int threads : new int[] {2, 3}) {
            Path many = train("threads-" + threads, threads);
            for (String file : List.of("00000004.safetensors", "00000008.safetensors", "00000010.safetensors")) {
                assertThat(many.resolve(file)).hasSameBinaryContentAs(one.resolve(file));
            }
        }
    }

    @Test
    void resumingInTheMiddleOfLifetimesGivesTheSameFiles() {
        Path whole = train("whole", 1);
        for (String middle : List.of("00000004.safetensors", "00000008.safetensors")) {
            Checkpoints.Loaded from = Checkpoints.load(whole.resolve(middle));
            assertThat(from.state().carry().names())
                    .as("lifetimes under way")
                    .contains("0.age", "0.born", "0.trees.0.plus.l0.weight", "0.trees.1.minus.l0.weight");
            assertThat(from.state().carry().names()).anyMatch(name -> name.endsWith(".trees.1.sum.l0.weight"));
            Path run = folder.resolve("from-" + middle);
            trainer(Optional.of(run), 10, 2).resume(from).close();
            assertThat(run.resolve("00000010.safetensors"))
                    .hasSameBinaryContentAs(whole.resolve("00000010.safetensors"));
        }
    }

    @Test
    void shardsStandAtDifferentAges() {
        try (MetaState state = trainer(Optional.empty(), 1, 1).train()) {
            assertThat(state.carry().get("0.age").longs()).containsExactly(2);
            assertThat(state.carry().get("1.age").longs()).containsExactly(4);
            assertThat(state.carry().get("2.age").longs()).containsExactly(2);
        }
    }

    @Test
    void nothingIsLeftBehind() {
        for (int threads : new int[] {1, 2}) {
            trainer(Optional.empty(), 3, threads).train().close();
            long before = Pointer.totalCount();
            trainer(Optional.empty(), 7, threads).train().close();
            assertThat(Pointer.totalCount()).isEqualTo(before);
        }
    }

    @Test
    void windowsOfAGraphAreLeftBehindAsLittle() {
        var algorithm = new OnlineMetaAlgorithm<>(
                new Curves(0.1, 5), new TruncatedBackpropagation(5), Descent.of(Adam.DEFAULT, 0.01));
        long before = 0;
        for (int iterations : new int[] {3, 7}) {
            before = Pointer.totalCount();
            new Trainer<>(
                            algorithm,
                            Curves.SOURCE,
                            Optional.empty(),
                            Curves.plan(iterations, 1),
                            Optional.empty(),
                            List.of())
                    .train()
                    .close();
        }
        assertThat(Pointer.totalCount()).isEqualTo(before);
    }
}
