package org.deutero.serve;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.deutero.learn.Capability;
import org.deutero.learn.capability.Servable;
import org.deutero.methods.Method;
import org.deutero.methods.Methods;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tasks.DataException;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskShape;

/**
 * All that is known of a trained learner besides its tensors.
 *
 * @param method name of the published system, as recipes have it
 * @param methodOptions the {@code method} section of its recipe, with all defaults
 * @param networkOptions the {@code network} section of its recipe, with all defaults
 * @param way outputs of its network in meta-training
 * @param preprocessing what it takes as input
 * @param calibration of its probabilities, if it was calibrated
 * @param encoder from elsewhere whose features it learns from, if there is one
 * @param provenance where it comes from: recipe, checksum of the data, seed, versions, estimator; free text and numbers
 */
public record LearnerDescription(
        String method,
        Map<String, Object> methodOptions,
        Map<String, Object> networkOptions,
        int way,
        Preprocessing preprocessing,
        Optional<Calibration> calibration,
        Optional<EncoderReference> encoder,
        Map<String, Object> provenance) {
    private static final String STATISTICS = "query-statistics";

    /** Copies the maps. */
    public LearnerDescription {
        methodOptions = copy(methodOptions);
        networkOptions = copy(networkOptions);
        provenance = copy(provenance);
    }

    /** A learner of pictures themselves. */
    public LearnerDescription(
            String method,
            Map<String, Object> methodOptions,
            Map<String, Object> networkOptions,
            int way,
            Preprocessing preprocessing,
            Optional<Calibration> calibration,
            Map<String, Object> provenance) {
        this(method, methodOptions, networkOptions, way, preprocessing, calibration, Optional.empty(), provenance);
    }

    private static Map<String, Object> copy(Map<String, Object> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    /** The same learner with probabilities calibrated. */
    public LearnerDescription with(Calibration fitted) {
        return new LearnerDescription(
                method, methodOptions, networkOptions, way, preprocessing, Optional.of(fitted), encoder, provenance);
    }

    /** The same learner for pictures that are prepared so. */
    LearnerDescription with(Preprocessing other) {
        return new LearnerDescription(
                method, methodOptions, networkOptions, way, other, calibration, encoder, provenance);
    }

    /** What logits are divided by. */
    double temperature() {
        return calibration.map(Calibration::temperature).orElse(1.0);
    }

    /**
     * The learner, ready for its tensors. One that was measured with transductive statistics is used with those of the support set, since
     * an answer must not depend on what else is asked.
     *
     * @throws DataException if this version has no such method, or one that cannot serve
     */
    Servable<Episodes> learner() {
        Method known = Methods.named(method)
                .orElseThrow(() -> new DataException(
                        "the learner was made by the method \"" + method + "\", which this version does not know"));
        Map<String, Object> options = new LinkedHashMap<>(methodOptions);
        if ("batch".equals(options.get(STATISTICS))) {
            options.put(STATISTICS, "support");
        }
        try {
            var format = preprocessing.format();
            var learner = known.learner(
                    Options.at("method", options),
                    Options.at("network", networkOptions),
                    encoder.map(e -> TaskShape.classes(e.width(), way))
                            .orElseGet(() -> TaskShape.images(format.channels(), format.height(), way)));
            Optional<Servable<Episodes>> servable = Capability.of(learner, Servable.class);
            if (servable.isPresent()) {
                return servable.get();
            }
        } catch (OptionsException e) {
            throw new DataException("the learner does not fit this version: " + e.getMessage(), e);
        }
        throw new DataException("learners of the method \"" + method + "\" cannot label single pictures");
    }
}
