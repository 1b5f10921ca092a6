package org.deutero.serve;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deutero.learn.Capability;
import org.deutero.learn.capability.OptimizerLearner;
import org.deutero.methods.Method;
import org.deutero.methods.Methods;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tasks.DataException;
import org.deutero.tasks.kind.TaskKind;
import org.deutero.tasks.problem.ProblemShape;

/**
 * What a file tells of a trained optimiser.
 *
 * @param method that made it
 * @param methodOptions settings of the method, which fix the rule and its sizes
 * @param provenance where it comes from: recipe, seed, iteration and whatever else is known
 */
public record OptimizerDescription(String method, Map<String, Object> methodOptions, Map<String, Object> provenance) {
    /** A rule knows no names and shapes; this stands in for whatever it will train. */
    private static final ProblemShape ANY = new ProblemShape(Map.of("x", List.of(1L)));

    private static final String NOTE = "note";

    /** Copies the maps. */
    public OptimizerDescription {
        methodOptions = copy(methodOptions);
        provenance = copy(provenance);
    }

    private static Map<String, Object> copy(Map<String, Object> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    /** What whoever exported it has to say, such as what it was trained on and where it fails; or else the description of its recipe, or the empty string. */
    public String note() {
        Object said = provenance.get(NOTE);
        if (said == null && provenance.get("recipe") instanceof Map<?, ?> recipe) {
            said = recipe.get("description");
        }
        return said == null ? "" : said.toString();
    }

    /** The same with a note. */
    public OptimizerDescription noted(String text) {
        Map<String, Object> facts = new LinkedHashMap<>(provenance);
        facts.put(NOTE, text);
        return new OptimizerDescription(method, methodOptions, facts);
    }

    /**
     * The rule, ready for its meta-parameters.
     *
     * @throws DataException if this version has no such method, or one whose meta-parameters are no rule of descent
     */
    OptimizerLearner learner() {
        Method known = Methods.named(method)
                .orElseThrow(() -> new DataException(
                        "the optimiser was made by the method \"" + method + "\", which this version does not know"));
        if (known.kinds().contains(TaskKind.PROBLEMS)) {
            try {
                var learner = known.learner(
                        TaskKind.PROBLEMS, Options.at("method", methodOptions), Options.at("network", Map.of()), ANY);
                var rule = Capability.of(learner, OptimizerLearner.class);
                if (rule.isPresent()) {
                    return rule.get();
                }
            } catch (OptionsException e) {
                throw new DataException("the optimiser does not fit this version: " + e.getMessage(), e);
            }
        }
        throw new DataException("what the method \"" + method + "\" learns is no rule of descent for any weights");
    }
}
