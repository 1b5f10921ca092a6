package org.deutero.experiment.measure;

import org.deutero.learn.Predictor;
import org.deutero.learn.TaskContext;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.GradMode;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;

/** Use of a trained learner. */
public final class Learning {
    private Learning() {}

    /** The fast state after all steps on some tasks; it belongs to the innermost open scope. */
    public static Params adapt(Predictor<Episodes> learner, Params theta, Episodes tasks, TaskContext context) {
        return GradMode.off(() -> {
            Params phi = learner.begin(theta, tasks, context.at(0, false));
            int steps = learner.evaluationSteps(tasks);
            for (int t = 0; t < steps; t++) {
                // Each step's own tensors go with it: only the state is kept.
                try (Scope s = Scope.open()) {
                    phi = s.keep(learner.step(theta, phi, tasks, context.at(t, false))
                            .state()
                            .detach());
                }
            }
            return phi;
        });
    }
}
