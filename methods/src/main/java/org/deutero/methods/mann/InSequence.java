package org.deutero.methods.mann;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.TaskContext;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.sequence.Sequences;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * A memory network on sequences: it answers each item before it is told the item's answer. The same network, meta-parameters and fast state as a {@link SequenceLearner}, to which a sequence is a support set in order.
 *
 * @param network that is not shuffled and asks no queries
 */
record InSequence(SequenceLearner network) implements org.deutero.learn.capability.SequenceLearner {
    /** Refuses what only episodes have. */
    InSequence {
        if (network.shuffled() || network.queryWeight() != 0) {
            throw new IllegalArgumentException(
                    "sequences have an order of their own and no queries; expected shuffle: false and query-weight: 0");
        }
    }

    /** As a support set; the single query is there because episodes have some. */
    private static Episodes support(Sequences tasks) {
        return new Episodes(tasks.items(), tasks.answers(), tasks.item(0), tasks.answer(0), tasks.way());
    }

    @Override
    public Params metaParameters(RandomGenerator rng) {
        return network.metaParameters(rng);
    }

    @Override
    public Params begin(Params theta, Sequences tasks, StepContext context) {
        return network.begin(theta, support(tasks), context);
    }

    @Override
    public Step step(Params theta, Params phi, Sequences tasks, StepContext context) {
        return network.step(theta, phi, support(tasks), context);
    }

    /** 0: all losses are met on the way. */
    @Override
    public Tensor metaLoss(Params theta, Params phi, Sequences tasks, StepContext context) {
        return network.metaLoss(theta, phi, support(tasks), context);
    }

    @Override
    public Tensor predict(Params theta, Params phi, Sequences tasks, StepContext context) {
        return network.answers(phi, network.ask(theta, phi, tasks.item(context.step()), context));
    }

    /** In one pass: what is asked of an item is what the network puts out as it takes the item in. */
    @Override
    public Tensor answers(Params theta, Sequences tasks, TaskContext context) {
        Episodes support = support(tasks);
        List<Tensor> answers = new ArrayList<>();
        Params phi = network.begin(theta, support, context.at(0, false));
        for (int t = 0; t < tasks.length(); t++) {
            // A step's own tensors go with it, unless they are part of a graph.
            try (Scope s = Scope.open()) {
                phi = s.keep(
                        network.step(theta, phi, support, context.at(t, false)).state());
                answers.add(s.keep(network.answers(phi, network.said(theta, phi))));
            }
        }
        return Tensors.cat(answers, 1);
    }
}
