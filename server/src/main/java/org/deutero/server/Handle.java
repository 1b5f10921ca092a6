package org.deutero.server;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.deutero.serve.FewShotClassifier;

/** A classifier that clients know by a name. */
final class Handle {
    private final String learner;
    private final String id;
    private final Instant created;
    private final boolean temporary;
    private volatile FewShotClassifier classifier;
    private volatile long used = System.nanoTime();

    Handle(String learner, String id, Instant created, boolean temporary, FewShotClassifier classifier) {
        this.learner = learner;
        this.id = id;
        this.created = created;
        this.temporary = temporary;
        this.classifier = classifier;
    }

    String learner() {
        return learner;
    }

    String id() {
        return id;
    }

    boolean temporary() {
        return temporary;
    }

    Instant created() {
        return created;
    }

    /** Nanoseconds since it was last asked for. */
    long unusedFor() {
        return System.nanoTime() - used;
    }

    void touch() {
        used = System.nanoTime();
    }

    FewShotClassifier classifier() {
        return classifier;
    }

    void replace(FewShotClassifier other) {
        classifier = other;
    }

    /** What clients are told. */
    View view() {
        FewShotClassifier now = classifier;
        return new View(
                id,
                learner,
                IntStream.range(0, now.classes().size())
                        .mapToObj(c -> new ClassView(
                                now.classes().get(c), now.examples().get(c)))
                        .toList(),
                temporary,
                created.toString());
    }

    /** A class and the number of pictures it was made from. */
    record ClassView(String name, int examples) {}

    /** A classifier in JSON. */
    record View(String id, String learner, List<ClassView> classes, boolean temporary, String created) {}
}
