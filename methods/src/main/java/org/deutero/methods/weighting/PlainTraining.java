package org.deutero.methods.weighting;

import java.util.random.RandomGenerator;
import org.deutero.learn.StepContext;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/**
 * A classifier trained on all examples alike: what weights of examples have to beat. The clean set is not looked at.
 *
 * @param classifier the classifier
 */
public record PlainTraining(Classifier classifier) implements TrainedClassifier {
    @Override
    public Params metaParameters(RandomGenerator rng) {
        return classifier.init(rng).under(MODEL);
    }

    @Override
    public Tensor innerLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
        return classifier
                .observedLosses(phi, tasks.supportX(), tasks.supportY(), context)
                .mean(1);
    }
}
