package org.deutero.server;

import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.deutero.serve.FewShotClassifier;
import org.deutero.serve.Prediction;
import org.deutero.serve.Support;
import org.deutero.serve.TrainedLearner;

/** What the server does for each of its routes under {@code /v1}. Answers are JSON objects; refusals are {@link Problem}s. */
final class Api {
    private static final String STEPS = "steps";

    private static final String TEMPORARY = "temporary";
    private static final String REJECT = "reject";
    private static final String TOP = "top";

    private final Map<String, TrainedLearner> learners;
    private final Handles handles;
    private final Workshop workshop;
    private final Telemetry telemetry;
    private final ServerLimits limits;

    Api(
            Map<String, TrainedLearner> learners,
            Handles handles,
            Workshop workshop,
            Telemetry telemetry,
            ServerLimits limits) {
        this.learners = new TreeMap<>(learners);
        this.handles = handles;
        this.workshop = workshop;
        this.telemetry = telemetry;
        this.limits = limits;
    }

    // ------------------------------------------------------------------ learners

    /** GET /v1/learners. */
    void listLearners(Context ctx) {
        noQuery(ctx);
        List<LearnerView> views = new ArrayList<>();
        learners.forEach((name, learner) -> views.add(LearnerView.of(name, learner)));
        answer(ctx, 200, Map.of("learners", views));
    }

    /** GET /v1/learners/{learner}. */
    void getLearner(Context ctx) {
        noQuery(ctx);
        String name = name(ctx);
        answer(ctx, 200, LearnerView.of(name, learner(name)));
    }

    /** POST /v1/learners/{learner}/embeddings: features of pictures. */
    void embed(Context ctx) {
        noQuery(ctx);
        TrainedLearner learner = learner(name(ctx));
        List<byte[]> files = Pictures.pictures(body(ctx), ctx.contentType(), limits);
        List<float[]> features = workshop.work(() -> {
            PixelBudget budget = new PixelBudget(limits);
            List<float[]> all = new ArrayList<>();
            for (int i = 0; i < files.size(); i++) {
                all.add(learner.features(budget.decode(files.get(i), "picture " + (i + 1))));
            }
            return all;
        });
        telemetry.pictures("embedding", files.size());
        answer(ctx, 200, Map.of("features", features));
    }

    // ------------------------------------------------------------------ classifiers

    /** POST /v1/learners/{learner}/classifiers. */
    void create(Context ctx) {
        onlyQuery(ctx, STEPS, TEMPORARY, REJECT);
        String name = name(ctx);
        TrainedLearner learner = learner(name);
        Integer steps = number(ctx, STEPS, 0);
        boolean temporary = truth(ctx, TEMPORARY);
        boolean reject = truth(ctx, REJECT);
        if (reject && steps != null) {
            throw Problem.malformed("the parameters steps and reject do not go together; give one of them");
        }
        Map<String, List<byte[]>> files = Pictures.classes(body(ctx), ctx.contentType(), limits);
        int count = files.values().stream().mapToInt(List::size).sum();
        Handle handle = handles.create(
                name,
                temporary,
                () -> workshop.work(() -> {
                    Support support = support(files);
                    if (reject) {
                        return learner.adaptRejecting(support);
                    }
                    return steps == null ? learner.adapt(support) : learner.adapt(support, steps);
                }));
        telemetry.pictures("support", count);
        ctx.header("Location", "/v1/learners/" + name + "/classifiers/" + handle.id());
        answer(ctx, 201, handle.view());
    }

    private Support support(Map<String, List<byte[]>> files) {
        PixelBudget budget = new PixelBudget(limits);
        Support.Builder support = Support.builder();
        files.forEach((name, pictures) -> {
            for (int i = 0; i < pictures.size(); i++) {
                byte[] file = pictures.get(i);
                String what = "picture " + (i + 1) + " of class '" + name + "'";
                support.add(name, () -> budget.decode(file, what));
            }
        });
        return support.build();
    }

    /** GET /v1/learners/{learner}/classifiers. */
    void list(Context ctx) {
        noQuery(ctx);
        String name = name(ctx);
        learner(name);
        answer(
                ctx,
                200,
                Map.of(
                        "classifiers",
                        handles.of(name).stream().map(Handle::view).toList()));
    }

    /** GET /v1/learners/{learner}/classifiers/{classifier}. */
    void get(Context ctx) {
        noQuery(ctx);
        answer(ctx, 200, handle(ctx).view());
    }

    /** DELETE /v1/learners/{learner}/classifiers/{classifier}. */
    void delete(Context ctx) {
        noQuery(ctx);
        handles.delete(handle(ctx));
        ctx.status(204);
    }

    /** POST /v1/learners/{learner}/classifiers/{classifier}/classes: more classes, or more pictures of those that are there. */
    void extend(Context ctx) {
        noQuery(ctx);
        Handle handle = handle(ctx);
        Map<String, List<byte[]>> files = Pictures.classes(body(ctx), ctx.contentType(), limits);
        int count = files.values().stream().mapToInt(List::size).sum();
        handles.change(handle, classifier -> {
            checkChangeable(classifier);
            long all = classifier.classes().size()
                    + files.keySet().stream()
                            .filter(name -> !classifier.classes().contains(name))
                            .count();
            if (all > limits.classes()) {
                throw Problem.limit("there would be " + all + " classes, but the limit is " + limits.classes());
            }
            return workshop.work(() -> classifier.with(support(files)));
        });
        telemetry.pictures("support", count);
        answer(ctx, 200, handle.view());
    }

    /** DELETE /v1/learners/{learner}/classifiers/{classifier}/classes/{class}. */
    void shrink(Context ctx) {
        noQuery(ctx);
        Handle handle = handle(ctx);
        String name = ctx.pathParam("class");
        handles.change(handle, classifier -> {
            checkChangeable(classifier);
            if (!classifier.classes().contains(name)) {
                throw Problem.missing("the classifier has no class of that name");
            }
            return workshop.work(() -> classifier.without(List.of(name)));
        });
        answer(ctx, 200, handle.view());
    }

    private static void checkChangeable(FewShotClassifier classifier) {
        classifier.fixedClasses().ifPresent(why -> {
            throw new Problem(409, "fixed-classes", why);
        });
    }

    /** POST /v1/learners/{learner}/classifiers/{classifier}/predict. */
    void predict(Context ctx) {
        onlyQuery(ctx, TOP);
        Handle handle = handle(ctx);
        Integer top = number(ctx, TOP, 1);
        List<byte[]> files = Pictures.pictures(body(ctx), ctx.contentType(), limits);
        List<Answer> answers = workshop.work(() -> answers(handle, files, top == null ? Integer.MAX_VALUE : top));
        telemetry.pictures("question", files.size());
        answer(ctx, 200, Map.of("answers", answers));
    }

    private List<Answer> answers(Handle handle, List<byte[]> files, int top) {
        FewShotClassifier classifier = handle.classifier();
        PixelBudget budget = new PixelBudget(limits);
        List<Answer> answers = new ArrayList<>();
        try {
            for (int i = 0; i < files.size(); i++) {
                answers.add(Answer.of(classifier.predict(budget.decode(files.get(i), "picture " + (i + 1))), top));
            }
        } catch (IllegalStateException closed) {
            throw new Problem(404, "not-found", "the classifier was deleted or changed meanwhile", closed);
        }
        return answers;
    }

    // ------------------------------------------------------------------ parts of requests

    private static String name(Context ctx) {
        return ctx.pathParam("learner");
    }

    private TrainedLearner learner(String name) {
        TrainedLearner learner = learners.get(name);
        if (learner == null) {
            throw Problem.missing("there is no learner of that name, only " + String.join(", ", learners.keySet()));
        }
        return learner;
    }

    private Handle handle(Context ctx) {
        String name = name(ctx);
        learner(name);
        return handles.get(name, ctx.pathParam("classifier"));
    }

    private byte[] body(Context ctx) {
        return RequestBody.read(ctx.req(), limits);
    }

    private static void noQuery(Context ctx) {
        onlyQuery(ctx);
    }

    private static void onlyQuery(Context ctx, String... known) {
        Set<String> names = Set.of(known);
        for (var parameter : ctx.queryParamMap().entrySet()) {
            if (!names.contains(parameter.getKey())) {
                throw Problem.malformed("the query has a parameter that is not known here; "
                        + (names.isEmpty() ? "there are none" : "there are " + String.join(", ", known)));
            }
            if (parameter.getValue().size() > 1) {
                throw Problem.malformed("the parameter " + parameter.getKey() + " is given more than once");
            }
        }
    }

    private static Integer number(Context ctx, String name, int least) {
        String text = ctx.queryParam(name);
        if (text == null) {
            return null;
        }
        if (!text.matches("[0-9]{1,6}") || Integer.parseInt(text) < least) {
            throw Problem.malformed("the parameter " + name + " must be a whole number from " + least + " to 999999");
        }
        return Integer.valueOf(text);
    }

    private static boolean truth(Context ctx, String name) {
        String text = ctx.queryParam(name);
        if (text == null || text.equals("false")) {
            return false;
        }
        if (!text.equals("true")) {
            throw Problem.malformed("the parameter " + name + " must be true or false");
        }
        return true;
    }

    private static void answer(Context ctx, int status, Object value) {
        ctx.status(status).contentType("application/json").result(Json.write(value));
    }

    /** A learner in JSON. */
    record LearnerView(
            String name, String method, int steps, Integer mostClasses, boolean embeds, Map<String, Object> input) {
        static LearnerView of(String name, TrainedLearner learner) {
            var preprocessing = learner.description().preprocessing();
            Map<String, Object> input = new LinkedHashMap<>();
            input.put("shows", preprocessing.kind().name().toLowerCase(Locale.ROOT));
            input.put("channels", preprocessing.format().channels());
            input.put("height", preprocessing.format().height());
            input.put("width", preprocessing.format().width());
            int most = learner.mostClasses();
            return new LearnerView(
                    name,
                    learner.description().method(),
                    learner.steps(),
                    most == Integer.MAX_VALUE ? null : most,
                    learner.embeds(),
                    input);
        }
    }

    /** A class and how likely it is. */
    record Chance(String name, double probability) {}

    /** What a classifier makes of a picture, in JSON. */
    record Answer(String label, double probability, boolean blank, boolean rejected, List<Chance> classes) {
        static Answer of(Prediction prediction, int top) {
            return new Answer(
                    prediction.label(),
                    prediction.probability(),
                    prediction.blank(),
                    prediction.rejected(),
                    prediction.probabilities().entrySet().stream()
                            .limit(top)
                            .map(e -> new Chance(e.getKey(), e.getValue()))
                            .toList());
        }
    }
}
