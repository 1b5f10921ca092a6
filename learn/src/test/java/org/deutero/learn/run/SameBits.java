package org.deutero.learn.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.deutero.learn.meta.MetaAlgorithm;
import org.deutero.tasks.Episodes;

/** Training of an algorithm leaves the same bytes whatever the threads, and after a resume. */
final class SameBits {
    private SameBits() {}

    /** Trains on sinusoids for ten iterations, three times; returns the checkpoints of the first. */
    static Path of(Supplier<MetaAlgorithm<Episodes>> algorithm, Path folder) {
        Path one = train(algorithm.get(), folder.resolve("one"), 1, Optional.empty());
        Path three = train(algorithm.get(), folder.resolve("three"), 3, Optional.empty());
        Path resumed =
                train(algorithm.get(), folder.resolve("resumed"), 2, Optional.of(one.resolve("00000004.safetensors")));
        for (String file : List.of("00000004.safetensors", "00000008.safetensors", "00000010.safetensors")) {
            assertThat(three.resolve(file)).hasSameBinaryContentAs(one.resolve(file));
        }
        for (String file : List.of("00000008.safetensors", "00000010.safetensors")) {
            assertThat(resumed.resolve(file)).hasSameBinaryContentAs(one.resolve(file));
        }
        return one;
    }

    private static Path train(MetaAlgorithm<Episodes> algorithm, Path run, int threads, Optional<Path> from) {
        Trainer<Episodes> trainer = new Trainer<>(
                algorithm,
                Curves.SOURCE,
                Curves.validation(),
                Curves.plan(10, threads),
                Optional.of(new Checkpoints(run, 100)),
                List.of());
        (from.isPresent() ? trainer.resume(Checkpoints.load(from.get())) : trainer.train()).close();
        return run;
    }
}
