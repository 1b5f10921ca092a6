package org.deutero.experiment.rule;

import java.util.ArrayList;
import java.util.List;
import org.deutero.experiment.Experiment;
import org.deutero.experiment.report.RuleData.Gene;
import org.deutero.learn.Learner;
import org.deutero.learn.Seeds;
import org.deutero.learn.capability.ReadableRule;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;

/** The meta-parameters of a run as numbers to look at. */
final class Genes {
    private Genes() {}

    /** What was learned, beside where meta-training started. */
    @SuppressWarnings("try") // the scope works by being open
    static List<Gene> of(Experiment run, Params theta) {
        try (Scope s = Scope.open()) {
            Learner<?> learner = run.joint().learner();
            Params start = genes(learner, learner.metaParameters(Seeds.generator(run.seed(), "meta-parameters")));
            Params learned = genes(learner, theta);
            List<Gene> genes = new ArrayList<>();
            learned.forEach((name, value) -> genes.add(new Gene(
                    name,
                    value.shape(),
                    start.has(name) ? start.get(name).doubles() : new double[0],
                    value.doubles())));
            return genes;
        }
    }

    private static Params genes(Learner<?> learner, Params theta) {
        return learner.as(ReadableRule.class).map(rule -> rule.genes(theta)).orElse(theta);
    }
}
