package org.deutero.serve;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.deutero.learn.capability.FixedFunction;
import org.deutero.learn.capability.FrozenNetwork;
import org.deutero.learn.capability.SeparableClasses;
import org.deutero.learn.capability.Servable;
import org.deutero.tasks.DataException;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.images.ImageFormat;
import org.deutero.tasks.images.Picture;
import org.deutero.tensor.GradMode;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;

/**
 * Labels pictures with classes that a learner learned from examples. Each picture is labelled by itself: an answer is the same to the bit, whatever
 * else is asked, before, after or on other threads. Thread-safe; holds native memory until it is closed.
 *
 * <p>All methods but {@link #close} throw an {@link IllegalStateException} once it is closed.
 */
public final class FewShotClassifier implements AutoCloseable {
    private final LearnerDescription description;
    private final Servable<Episodes> learner;
    private final ClassList classes;
    private final Optional<Rejection> rejection;
    private final SharedParams solution;
    private final PictureReader reader;
    private final AtomicBoolean closed = new AtomicBoolean();

    private FewShotClassifier(
            LearnerDescription description,
            Servable<Episodes> learner,
            ClassList classes,
            Optional<Rejection> rejection,
            SharedParams solution,
            PictureReader reader) {
        this.reader = reader;
        this.description = description;
        this.learner = learner;
        this.classes = classes;
        this.rejection = rejection;
        this.solution = solution;
    }

    static FewShotClassifier owning(
            LearnerDescription description,
            Servable<Episodes> learner,
            ClassList classes,
            Optional<Rejection> rejection,
            Params solution,
            PictureReader reader) {
        return new FewShotClassifier(
                description, learner, classes, rejection, new SharedParams(solution, "classifier"), reader);
    }

    /** The learner it was made by. */
    public LearnerDescription description() {
        return description;
    }

    /** Class names, in the order of the examples. */
    public List<String> classes() {
        return classes.names();
    }

    /** The number of pictures of each class that it was made from, in the order of {@link #classes()}. */
    public List<Integer> examples() {
        return classes.examples();
    }

    /** When it says that a picture shows none of its classes, if it was {@linkplain TrainedLearner#adaptRejecting made} to tell. */
    public Optional<Rejection> rejection() {
        return rejection;
    }

    /**
     * Why classes cannot come and go without the pictures of the others, in one sentence; empty if {@link #with} and {@link #without} work, as they do for prototypes.
     */
    public Optional<String> fixedClasses() {
        return solution.with(params -> {
            Optional<SeparableClasses> separable = learner.as(SeparableClasses.class);
            return (separable.isEmpty()
                            ? Optional.of("it learns all classes together")
                            : separable.get().inseparable(params))
                    .map(reason -> "a classifier of the method " + description.method()
                            + " cannot gain or lose classes without the pictures of all of them, because " + reason
                            + "; adapt the learner again to what it should know");
        });
    }

    /**
     * A classifier that has seen more: pictures of new classes, of classes it has, or both. The old pictures are not needed, and the result is what learning from all of them at once gives, but for rounding. A
     * {@link #rejection} threshold is not carried over, since it was found with other classes.
     *
     * @return a classifier of its own, to be closed like this one
     * @throws DataException if {@link #fixedClasses} says why not, a picture cannot be read, or two class names differ only in case
     */
    public FewShotClassifier with(Support more) {
        SeparableClasses separable = separable();
        ClassList all = classes.with(more);
        PreparedSupport prepared = PreparedSupport.of(more, reader);
        List<Integer> places = classes.places(more);
        long[] labels = new long[more.size()];
        int at = 0;
        for (int c = 0; c < places.size(); c++) {
            for (int i = 0; i < more.counts().get(c); i++) {
                labels[at++] = places.get(c);
            }
        }
        long[] examples =
                classes.examples().stream().mapToLong(Integer::longValue).toArray();
        return changed(
                all,
                params -> separable.joined(
                        params,
                        examples,
                        prepared.inputs(),
                        Tensor.of(labels, labels.length),
                        all.names().size()));
    }

    /**
     * A classifier that does not know these classes, as if it had never seen them. A {@link #rejection} threshold is not carried over.
     *
     * @return a classifier of its own, to be closed like this one
     * @throws DataException if {@link #fixedClasses} says why not, it has no such class, or fewer than two would stay
     */
    public FewShotClassifier without(List<String> gone) {
        SeparableClasses separable = separable();
        long[] stay = classes.without(gone);
        return changed(classes.at(stay), params -> separable.kept(params, stay));
    }

    private SeparableClasses separable() {
        fixedClasses().ifPresent(sentence -> {
            throw new DataException(sentence);
        });
        return learner.as(SeparableClasses.class).orElseThrow();
    }

    private FewShotClassifier changed(ClassList known, UnaryOperator<Params> change) {
        return solution.with(params -> {
            try (Scope s = Scope.open()) {
                Params next = GradMode.off(() -> change.apply(params).detach().copy());
                return owning(description, learner, known, Optional.empty(), s.disown(next), reader.retain());
            }
        });
    }

    /** Labels a PNG or JPEG file of any size. @throws DataException naming the file if it cannot be read or decoded */
    public Prediction predict(Path file) {
        return predict(PictureFile.read(file));
    }

    /** Labels the bytes of a PNG or JPEG file. @throws DataException if they cannot be decoded */
    public Prediction predict(byte[] file) {
        return predict(PictureFile.decode(file, "the picture"));
    }

    /** Labels a picture in memory. */
    public Prediction predict(BufferedImage image) {
        return predict(Picture.of(image));
    }

    /** Labels files in their order, each by itself. @throws DataException for the first that cannot be read or decoded */
    public List<Prediction> predict(List<Path> files) {
        return files.stream().map(this::predict).toList();
    }

    /** Labels a picture that is decoded already. */
    public Prediction predict(Picture picture) {
        float[] input = reader.input(picture);
        var format = description.preprocessing().format();
        double[] logits = solution.with(params -> {
            try (Scope s = Scope.open()) {
                Tensor x = Tensor.of(input, reader.shape(1));
                return Solver.answers(learner, params, x, classes.names().size())[0];
            }
        });
        return Prediction.of(
                classes.names(),
                Temperature.softmax(logits, description.temperature()),
                isBlank(
                        reader.encoder().isPresent()
                                ? description.preprocessing().input(picture)
                                : input,
                        format),
                rejection.map(r -> r.rejects(logits)).orElse(false));
    }

    /** Whether every channel is of one shade. */
    private static boolean isBlank(float[] input, ImageFormat format) {
        int plane = format.height() * format.width();
        for (int i = 0; i < input.length; i++) {
            if (input[i] != input[i / plane * plane]) {
                return false;
            }
        }
        return true;
    }

    /**
     * Lets someone read it as a network, to give it to other programs: what is asked prepares pictures as {@link #description()} says and divides logits by the temperature.
     *
     * @param reader must neither change nor keep the tensors
     * @throws DataException if the learner does not end in a network
     */
    public <R> R asNetwork(Function<FrozenNetwork, R> reader) {
        description.encoder().ifPresent(encoder -> {
            throw new DataException(
                    "this classifier stands on an encoder from elsewhere, " + encoder.file()
                            + ", which other programs have already; only classifiers of Deutero's own networks are written whole");
        });
        return solution.with(params -> GradMode.off(() -> {
            try (Scope s = Scope.open()) {
                return reader.apply(learner.as(FixedFunction.class)
                        .flatMap(fixed -> fixed.frozen(params))
                        .orElseThrow(() -> new DataException("a classifier of the method " + description.method()
                                + " is more than a network with weights, so other programs cannot be given it; prototypes and"
                                + " the MAML family are")));
            }
        }));
    }

    /** Writes a {@code .dtr} file, whole or not at all; it needs nothing else. */
    public void save(Path file) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("classes", classes.names());
        content.put("examples", classes.examples());
        rejection.ifPresent(r -> content.put("rejection", DescriptionJson.toTree(r)));
        content.put("learner", DescriptionJson.toTree(description));
        solution.with(params -> {
            new Artifact(Artifact.Kind.CLASSIFIER, content, params).write(file);
            return null;
        });
    }

    /** What {@link #save} wrote; {@code name} is what errors call it. */
    static FewShotClassifier of(Artifact artifact, String name, Scope scope) {
        LearnerDescription description = ArtifactContent.description(artifact, name);
        List<String> classes = ArtifactContent.classes(artifact, name);
        List<Integer> examples = ArtifactContent.examples(artifact, name);
        if (classes.size() < 2 || examples.size() != classes.size()) {
            throw new DataException(name + " has " + classes.size() + " classes and " + examples.size()
                    + " numbers of examples, which do not make a classifier");
        }
        Servable<Episodes> learner = description.learner();
        return owning(
                description,
                learner,
                new ClassList(classes, examples),
                ArtifactContent.rejection(artifact, name),
                scope.disown(artifact.tensors()),
                PictureReader.of(description));
    }

    /** Frees native memory, when no thread uses it any more; a second time does nothing. */
    @Override
    public void close() {
        solution.close();
        if (!closed.getAndSet(true)) {
            reader.release();
        }
    }

    @Override
    public String toString() {
        return "FewShotClassifier" + classes.names();
    }
}
