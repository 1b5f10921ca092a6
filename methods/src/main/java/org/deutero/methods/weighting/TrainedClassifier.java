package org.deutero.methods.weighting;

import java.util.Optional;
import org.deutero.learn.StepContext;
import org.deutero.learn.capability.BilevelLearner;
import org.deutero.learn.capability.FixedFunction;
import org.deutero.learn.capability.FrozenNetwork;
import org.deutero.learn.capability.ModelTraining;
import org.deutero.learn.capability.Servable;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.Losses;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/** What all learners of this package have in common: a classifier whose training batch is the support set, judged by the query set, and used as it is. */
interface TrainedClassifier extends BilevelLearner<Episodes>, Servable<Episodes>, FixedFunction {
    /** The classifier. */
    Classifier classifier();

    @Override
    default ModelTraining modelTraining() {
        return classifier().training();
    }

    @Override
    default Params statistics() {
        return classifier().network().initialMoments(classifier().dtype());
    }

    @Override
    default Tensor metaLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
        return context.training()
                ? classifier()
                        .losses(weights(phi), tasks.queryX(), tasks.queryY())
                        .mean(1)
                : Losses.crossEntropy(predict(theta, phi, tasks, context), tasks.queryY());
    }

    @Override
    default Tensor predict(Params theta, Params phi, Episodes tasks, StepContext context) {
        return classifier().logits(weights(phi), tasks.queryX(), context.statistics());
    }

    @Override
    default Params solution(Params theta, Params phi, Episodes tasks, StepContext context) {
        return Params.builder()
                .put("weights", weights(phi).task(0))
                .put("moments", context.statistics())
                .build();
    }

    @Override
    default Tensor answer(Params solution, Tensor x) {
        return classifier()
                .logits(solution.child("weights"), x.unsqueeze(0), solution.child("moments"))
                .squeeze(0);
    }

    @Override
    default Optional<FrozenNetwork> frozen(Params solution) {
        return Optional.of(
                FrozenNetwork.whole(classifier().network(), solution.child("weights"), solution.child("moments")));
    }

    @Override
    default boolean fixedOutputs() {
        return true;
    }
}
