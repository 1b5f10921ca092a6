package org.deutero.serve;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import org.deutero.learn.Seeds;
import org.deutero.learn.capability.CarriedState;
import org.deutero.learn.capability.Embedder;
import org.deutero.learn.capability.GradientLearner;
import org.deutero.learn.capability.Servable;
import org.deutero.tasks.DataException;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskSource;
import org.deutero.tasks.images.ImageFormat;
import org.deutero.tasks.images.Picture;
import org.deutero.tasks.images.Resampling;
import org.deutero.tensor.DType;
import org.deutero.tensor.GradMode;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * A meta-trained learner: given a few pictures of each class, it makes a classifier. Thread-safe; holds native memory until it is closed. Classifiers live
 * on without it.
 */
public final class TrainedLearner implements AutoCloseable {
    private static final String THETA = "theta";
    private static final String STATISTICS = "statistics";

    private final LearnerDescription description;
    private final Servable<Episodes> learner;
    private final SharedParams tensors;
    private final PictureReader reader;
    private final AtomicBoolean closed = new AtomicBoolean();

    private TrainedLearner(LearnerDescription description, SharedParams tensors, PictureReader reader) {
        this.reader = reader;
        this.description = description;
        this.learner = description.learner();
        this.tensors = tensors;
    }

    /**
     * A learner with copies of these tensors.
     *
     * @param theta meta-parameters, as meta-training left them
     * @param statistics running statistics, empty for learners without
     * @throws DataException if the description does not make a learner that can serve
     */
    public static TrainedLearner of(LearnerDescription description, Params theta, Params statistics) {
        try (Scope s = Scope.open()) {
            Params all = Params.builder()
                    .put(THETA, theta)
                    .put(STATISTICS, statistics)
                    .build();
            return owning(description, s, all.detach().copy());
        }
    }

    /**
     * A learner of features that an encoder from elsewhere makes, which nothing has trained: a head that needs no meta-training.
     *
     * @param encoder is opened anew, and stays the caller's
     * @param method {@code nearest-centroid}, {@code simpleshot}, {@code r2d2} or another that has a meaning without training
     * @param options of the method
     */
    public static TrainedLearner over(FeatureEncoder encoder, String method, Map<String, Object> options) {
        EncoderReference.Input in = encoder.reference().input();
        LearnerDescription description = new LearnerDescription(
                method,
                options,
                Map.of("type", "identity"),
                2,
                new Preprocessing(
                        new ImageFormat(in.channels(), in.height(), in.width(), Resampling.AREA, false),
                        Preprocessing.Kind.PICTURE),
                Optional.empty(),
                Optional.of(encoder.reference()),
                Map.of("encoder", encoder.reference().file()));
        try (Scope s = Scope.open()) {
            Servable<Episodes> learner = description.learner();
            return of(description, learner.metaParameters(Seeds.generator(0, "head")), learner.statistics());
        }
    }

    private static TrainedLearner owning(LearnerDescription description, Scope scope, Params tensors) {
        description.learner(); // refuses before anything is taken out of the scope
        PictureReader reader = PictureReader.of(description);
        return new TrainedLearner(description, new SharedParams(scope.disown(tensors), "learner"), reader);
    }

    /** What is known of it. */
    public LearnerDescription description() {
        return description;
    }

    /** The most classes that it can tell apart; {@link Integer#MAX_VALUE} if there is no limit. */
    public int mostClasses() {
        return learner.fixedOutputs() ? description.way() : Integer.MAX_VALUE;
    }

    /**
     * Learns new classes from examples. Equal examples give equal classifiers.
     *
     * <p>Classes count alike, however many examples they have: a prototype is a mean, and learners with a loss, which is a mean over examples, see
     * those of smaller classes again until all are of one size. They would take the largest class for the likeliest otherwise.
     *
     * @throws DataException if a picture cannot be read, there is only one class, or there are more than {@link #mostClasses()}
     * @throws IllegalStateException if the learner is closed
     */
    public FewShotClassifier adapt(Support support) {
        return adapt(support, OptionalInt.empty(), false);
    }

    /**
     * The same, and the classifier tells pictures of none of its classes ({@link Prediction#rejected}) by a threshold that is found by learning again without each picture and without each class.
     *
     * @throws DataException if {@link #adapt} does, or there are fewer than three classes, or fewer than two with two pictures
     */
    public FewShotClassifier adaptRejecting(Support support) {
        return adapt(support, OptionalInt.empty(), true);
    }

    /**
     * The same after so many steps of learning: what a learner by gradient descent answers on its way.
     *
     * @param steps 0 to {@link #steps()}
     * @throws DataException as {@link #adapt(Support)}, and if this learner has no such number of steps
     */
    public FewShotClassifier adapt(Support support, int steps) {
        int most = steps();
        if (steps < 0 || steps > most) {
            throw new DataException(
                    most == 0
                            ? "a learner of the method " + description.method()
                                    + " does not learn by steps of gradient descent, so their number cannot be chosen"
                            : "the number of steps must be 0 to " + most + ", not " + steps);
        }
        return adapt(support, OptionalInt.of(steps), false);
    }

    private FewShotClassifier adapt(Support support, OptionalInt steps, boolean rejecting) {
        List<String> classes = support.classNames();
        if (classes.size() < 2) {
            throw new DataException(
                    "there is only one class, '" + classes.get(0) + "'; a classifier needs examples of at least two");
        }
        if (classes.size() > mostClasses()) {
            throw new DataException("this learner tells at most " + mostClasses()
                    + " classes apart, because its network ("
                    + description.method() + ") has one output for each, but there are examples of " + classes.size()
                    + "; give fewer, or use a learner with a metric such as protonet");
        }
        int told = classes.size() * Collections.max(support.counts());
        int most = learner.as(CarriedState.class).map(CarriedState::longest).orElse(Integer.MAX_VALUE);
        if (told > most) {
            throw new DataException("this learner (" + description.method() + ") can be told at most " + most
                    + " examples, but there are " + told + ", as many of each class as of the largest; give fewer");
        }
        return tensors.with(params -> {
            try (Scope s = Scope.open()) {
                Solver solver = new Solver(learner, params.child(THETA), params.child(STATISTICS));
                PreparedSupport prepared = PreparedSupport.of(support, reader);
                Episodes task = solver.task(prepared, description.way());
                Params solution = solver.solve(task, steps.orElseGet(() -> solver.steps(task)));
                Optional<Rejection> rejection = rejecting
                        ? Optional.of(LeftOut.threshold(solver, prepared, description.way()))
                        : Optional.empty();
                ClassList known = new ClassList(classes, support.counts());
                return FewShotClassifier.owning(
                        description.with(prepared.reader().preprocessing()),
                        learner,
                        known,
                        rejection,
                        s.disown(solution),
                        prepared.reader().retain());
            }
        });
    }

    /** The number of steps of gradient descent that it takes to learn; 0 for a learner without. */
    public int steps() {
        if (learner.as(GradientLearner.class).isEmpty()) {
            return 0;
        }
        return tensors.with(params -> {
            try (Scope s = Scope.open()) {
                return new Solver(learner, params.child(THETA), params.child(STATISTICS)).steps(unseen());
            }
        });
    }

    /**
     * The classifier of the classes that it was trained on, for a learner that needs no examples of them.
     *
     * @param classes names, in the order of its outputs
     * @param examples the number of pictures of each that it was trained on
     */
    public FewShotClassifier finished(List<String> classes, List<Integer> examples) {
        return tensors.with(params -> {
            try (Scope s = Scope.open()) {
                Solver solver = new Solver(learner, params.child(THETA), params.child(STATISTICS));
                Params solution = solver.solve(unseen());
                return FewShotClassifier.owning(
                        description,
                        learner,
                        new ClassList(classes, examples),
                        Optional.empty(),
                        s.disown(solution),
                        reader.retain());
            }
        });
    }

    /** A task in which nobody looks at the pictures. */
    private Episodes unseen() {
        Tensor x = Tensors.zeros(DType.FLOAT32, reader.shape(1)).unsqueeze(0);
        Tensor y = Tensors.zeros(DType.INT64, 1, 1);
        return new Episodes(x, y, x, y, description.way());
    }

    /** Whether it has an encoder that is the same for all tasks, so that {@link #features} works. */
    public boolean embeds() {
        return description.encoder().isPresent() || learner.as(Embedder.class).isPresent();
    }

    /**
     * Features of a picture of any size.
     *
     * @throws DataException if the learner has no encoder that is the same for all tasks
     */
    public float[] features(Picture picture) {
        if (description.encoder().isPresent()) {
            return reader.input(picture);
        }
        float[] input = description.preprocessing().input(picture);
        var format = description.preprocessing().format();
        try (Scope s = Scope.open()) {
            return embed(Tensor.of(input, 1, format.channels(), format.height(), format.width()))
                    .floats();
        }
    }

    /**
     * Features that its encoder makes of inputs, whatever the classes.
     *
     * @param x prepared pictures [n, channels, height, width]
     * @return [n, width]
     * @throws DataException if the learner has no encoder that is the same for all tasks
     */
    public Tensor embed(Tensor x) {
        if (description.encoder().isPresent()) {
            return encoded(x);
        }
        Embedder embedder = learner.as(Embedder.class)
                .orElseThrow(() -> new DataException("a learner of the method " + description.method()
                        + " has no encoder that is the same for all tasks; one with a metric, such as protonet, has"));
        return tensors.with(
                params -> GradMode.off(() -> embedder.embed(params.child(THETA), params.child(STATISTICS), x)));
    }

    /** Pixels in [0, 1] by way of bytes, as an encoder takes pictures of any size. */
    private Tensor encoded(Tensor x) {
        int channels = (int) x.size(1);
        int size = (int) (x.numel() / x.size(0));
        float[] units = x.floats();
        List<float[]> features = new ArrayList<>();
        for (int i = 0; i < x.size(0); i++) {
            byte[] pixels = new byte[size];
            for (int j = 0; j < size; j++) {
                pixels[j] = (byte) Math.round(255 * Math.min(1, Math.max(0, units[i * size + j])));
            }
            features.add(reader.input(Picture.of(channels, (int) x.size(2), (int) x.size(3), pixels)));
        }
        return PreparedSupport.tensor(features, reader);
    }

    /**
     * Lets someone read its tensors.
     *
     * @param reader is given the meta-parameters and the running statistics, which it must neither change nor keep
     */
    public <R> R read(BiFunction<Params, Params, R> reader) {
        return tensors.with(params -> reader.apply(params.child(THETA), params.child(STATISTICS)));
    }

    /**
     * The same learner with a temperature fitted on validation tasks, so that probabilities mean what they say.
     *
     * @param validation tasks of classes that were not trained on
     * @param queries answers to fit to, at least
     * @param seed of the tasks: equal seeds give equal temperatures
     * @param threads that share the work; changes no result
     * @return a learner of its own, to be closed like this one
     */
    public TrainedLearner calibrated(TaskSource<Episodes> validation, int queries, long seed, int threads) {
        return tensors.with(params -> {
            Solver solver = new Solver(learner, params.child(THETA), params.child(STATISTICS));
            Calibration fitted = Calibrator.fit(solver, validation, queries, seed, threads);
            return of(description.with(fitted), params.child(THETA), params.child(STATISTICS));
        });
    }

    /** Writes a {@code .dtr} file, whole or not at all. */
    public void save(Path file) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("learner", DescriptionJson.toTree(description));
        tensors.with(params -> {
            new Artifact(Artifact.Kind.LEARNER, content, params).write(file);
            return null;
        });
    }

    /** What {@link #save} wrote; {@code name} is what errors call it. */
    static TrainedLearner of(Artifact artifact, String name, Scope scope) {
        return owning(ArtifactContent.description(artifact, name), scope, artifact.tensors());
    }

    /** Frees native memory, when no thread uses it any more; a second time does nothing. */
    @Override
    public void close() {
        tensors.close();
        if (!closed.getAndSet(true)) {
            reader.release();
        }
    }

    @Override
    public String toString() {
        return "TrainedLearner[" + description.method() + ", " + description.preprocessing() + "]";
    }
}
