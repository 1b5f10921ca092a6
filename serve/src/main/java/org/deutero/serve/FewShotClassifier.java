package org.deutero.serve;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deutero.learn.capability.Servable;
import org.deutero.tasks.DataException;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.images.ImageFormat;
import org.deutero.tasks.images.Picture;
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
    private final List<String> classes;
    private final List<Integer> examples;
    private final SharedParams solution;

    private FewShotClassifier(
            LearnerDescription description,
            Servable<Episodes> learner,
            List<String> classes,
            List<Integer> examples,
            SharedParams solution) {
        this.description = description;
        this.learner = learner;
        this.classes = classes;
        this.examples = examples;
        this.solution = solution;
    }

    static FewShotClassifier owning(
            LearnerDescription description,
            Servable<Episodes> learner,
            List<String> classes,
            List<Integer> examples,
            Params solution) {
        return new FewShotClassifier(description, learner, classes, examples, new SharedParams(solution, "classifier"));
    }

    /** The learner it was made by. */
    public LearnerDescription description() {
        return description;
    }

    /** Class names, in the order of the examples. */
    public List<String> classes() {
        return classes;
    }

    /** The number of pictures of each class that it was made from, in the order of {@link #classes()}. */
    public List<Integer> examples() {
        return examples;
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
        float[] input = description.preprocessing().input(picture);
        var format = description.preprocessing().format();
        double[] logits = solution.with(params -> {
            try (Scope s = Scope.open()) {
                Tensor x = Tensor.of(input, 1, format.channels(), format.height(), format.width());
                return Solver.answers(learner, params, x, classes.size())[0];
            }
        });
        return Prediction.of(classes, Temperature.softmax(logits, description.temperature()), isBlank(input, format));
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

    /** Writes a {@code .dtr} file, whole or not at all; it needs nothing else. */
    public void save(Path file) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("classes", classes);
        content.put("examples", examples);
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
        return owning(description, learner, classes, examples, scope.disown(artifact.tensors()));
    }

    /** Frees native memory, when no thread uses it any more; a second time does nothing. */
    @Override
    public void close() {
        solution.close();
    }

    @Override
    public String toString() {
        return "FewShotClassifier" + classes;
    }
}
