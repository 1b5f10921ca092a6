package org.deutero.bench.peers;

import java.nio.file.Path;
import java.util.Optional;
import org.deutero.tensor.Scope;

/** Does what the lines of {@code bench/peers/compare} say, see {@link Talk}. */
public final class Peer {
    private Peer() {}

    /** Goes on until its input ends. */
    public static void main(String[] args) {
        Talk talk = new Talk();
        for (Optional<Path> file = talk.open(); file.isPresent(); file = talk.open()) {
            try (Scope scope = Scope.open()) {
                Given given = Given.read(file.get());
                switch (given.kind()) {
                    case "meta-training" -> MetaTraining.take(given, talk);
                    case "predictions" -> Predictions.take(given, talk);
                    default -> talk.skip("there is no kind " + given.kind());
                }
            }
        }
    }
}
