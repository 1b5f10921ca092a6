package org.deutero.example;

import java.util.random.RandomGenerator;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.capability.Servable;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.DType;
import org.deutero.tensor.Losses;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Network;
import org.deutero.tensor.nn.Normalization;

/** Learned features, and ridge regression onto the labels as the whole of learning (Bertinetto et al. 2019, arXiv 1805.08136). */
record RidgeLearner(Network encoder) implements Servable<Episodes> {
    // guide: start
    @Override
    public Params metaParameters(RandomGenerator rng) { // what is meta-learned: the encoder, and two numbers
        return encoder.init(rng, DType.FLOAT32)
                .with(Params.of("log_ridge", Tensors.zeros(DType.FLOAT32, 1)))
                .with(Params.of("scale", Tensors.ones(DType.FLOAT32, 1)));
    }

    @Override
    public Params begin(Params theta, Episodes tasks, StepContext context) { // nothing is known before the first step
        return Params.EMPTY;
    }

    @Override
    public Step step(Params theta, Params phi, Episodes tasks, StepContext context) { // W = Z'(ZZ' + lambda I)^-1 Y
        Tensor z = features(theta, tasks.supportX()); // [tasks, n, width]
        Tensor y = tasks.supportY().oneHot(tasks.way(), DType.FLOAT32); // [tasks, n, way]
        Tensor ridge = Tensors.eye(tasks.supportSize(), DType.FLOAT32)
                .mul(theta.get("log_ridge").exp());
        Tensor gram = z.matmul(z.transpose(1, 2)).add(ridge);
        return Step.of(Params.of("weights", z.transpose(1, 2).matmul(Tensors.solve(gram, y))));
    }

    @Override
    public int steps(Episodes tasks) {
        return 1;
    }

    @Override
    public Tensor metaLoss(Params theta, Params phi, Episodes tasks, StepContext context) { // one number a task
        return Losses.crossEntropy(predict(theta, phi, tasks, context), tasks.queryY());
    }

    @Override
    public Tensor predict(Params theta, Params phi, Episodes tasks, StepContext context) {
        if (phi.isEmpty()) {
            return Tensors.zeros(DType.FLOAT32, tasks.size(), tasks.querySize(), tasks.way());
        }
        return features(theta, tasks.queryX()).matmul(phi.get("weights")).mul(theta.get("scale"));
    }

    @Override
    public Params solution(Params theta, Params phi, Episodes tasks, StepContext context) { // all that answers need
        return theta.with(phi.task(0));
    }

    @Override
    public Tensor answer(Params solution, Tensor x) { // [n, features...] to [n, way]
        Tensor z = features(solution, x.unsqueeze(0)).squeeze(0);
        return z.matmul(solution.get("weights")).mul(solution.get("scale"));
    }

    @Override
    public boolean fixedOutputs() { // any number of classes
        return false;
    }

    private Tensor features(Params theta, Tensor x) {
        return encoder.features(theta, x, Normalization.batch());
    }
    // guide: end
}
