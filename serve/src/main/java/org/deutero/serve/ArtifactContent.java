package org.deutero.serve;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.deutero.tasks.DataException;
import tools.jackson.core.JacksonException;

/** The JSON content of artefacts as objects. The checksum has been seen to, so what does not fit was written by another program. */
final class ArtifactContent {
    private ArtifactContent() {}

    /** The {@code learner} of an artefact. */
    @SuppressWarnings("unchecked") // a JSON object is read as a map of names
    static LearnerDescription description(Artifact artifact, String name) {
        return checked(
                name,
                () -> DescriptionJson.of(
                        (Map<String, Object>) artifact.content().get("learner")));
    }

    /** The {@code optimizer} of an artefact. */
    @SuppressWarnings("unchecked") // a JSON object is read as a map of names
    static OptimizerDescription optimizer(Artifact artifact, String name) {
        return checked(name, () -> {
            Map<String, Object> tree = (Map<String, Object>) artifact.content().get("optimizer");
            Map<String, Object> method = (Map<String, Object>) tree.get("method");
            return new OptimizerDescription(
                    (String) Objects.requireNonNull(method.get("name")),
                    (Map<String, Object>) method.get("options"),
                    (Map<String, Object>) tree.get("provenance"));
        });
    }

    /** The {@code classes} of a classifier. */
    static List<String> classes(Artifact artifact, String name) {
        return checked(
                name,
                () -> ((List<?>) artifact.content().get("classes"))
                        .stream().map(c -> (String) c).toList());
    }

    /** The number of {@code examples} of each class. */
    static List<Integer> examples(Artifact artifact, String name) {
        return checked(
                name,
                () -> ((List<?>) artifact.content().get("examples"))
                        .stream().map(n -> ((Number) n).intValue()).toList());
    }

    /** The {@code rejection} threshold of a classifier, if it has one. */
    @SuppressWarnings("unchecked") // a JSON object is read as a map of names
    static Optional<Rejection> rejection(Artifact artifact, String name) {
        return checked(
                name,
                () -> Optional.ofNullable(artifact.content().get("rejection"))
                        .map(tree -> DescriptionJson.rejection((Map<String, Object>) tree)));
    }

    private static <R> R checked(String name, Supplier<R> read) {
        try {
            return read.get();
        } catch (NullPointerException | ClassCastException | JacksonException e) {
            throw new DataException(name + " lacks a part of its description, or has one of another form", e);
        }
    }
}
