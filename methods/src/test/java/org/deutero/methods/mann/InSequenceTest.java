package org.deutero.methods.mann;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.deutero.methods.TestTasks.assertNear;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.deutero.learn.TaskContext;
import org.deutero.learn.gradient.Unroll;
import org.deutero.learn.gradient.adjoint.Sweep;
import org.deutero.learn.meta.Estimate;
import org.deutero.methods.InScope;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.InRandomOrder;
import org.deutero.tasks.sequence.Sequences;
import org.deutero.tasks.synthetic.GaussianClasses;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Memory networks on sequences as a kind of their own. */
@ExtendWith(InScope.class)
class InSequenceTest {
    private static SequenceNetwork network(Targets targets, boolean shuffled) {
        return new SequenceNetwork(
                new MemoryCell(
                        4 + targets.told(),
                        5,
                        new LeastRecentlyUsed(4, 3, 2, 0.9, true),
                        MemoryCell.Controller.LSTM,
                        true,
                        true,
                        true),
                targets,
                shuffled,
                0,
                true,
                DType.FLOAT64);
    }

    private static Episodes episodes() {
        return new InRandomOrder(new GaussianClasses(4, 2, 6, 2))
                .sample(3, new SplittableRandom(1))
                .to(DType.FLOAT64);
    }

    private static Params theta(SequenceNetwork network) {
        return network.metaParameters(new SplittableRandom(2));
    }

    /** One at a time, or all positions in one pass: the same numbers. */
    @Test
    void allAtOnceAreTheAnswersOneAtATime() {
        for (Targets targets : List.of(ClassCodes.oneHot(2), new ClassCodes(2, 3, true))) {
            InSequence learner = new InSequence(network(targets, false));
            Sequences tasks = Sequences.of(episodes());
            TaskContext context = TaskContext.evaluation(1, Params.EMPTY);
            Params theta = theta(learner.network());
            List<Tensor> each = new ArrayList<>();
            Params phi = learner.begin(theta, tasks, context.at(0, false));
            for (int t = 0; t < tasks.length(); t++) {
                each.add(learner.predict(theta, phi, tasks, context.at(t, false)));
                phi = learner.step(theta, phi, tasks, context.at(t, false)).state();
            }
            Tensor all = learner.answers(theta, tasks, context);
            assertThat(all.size(1)).isEqualTo(6);
            assertNear(all, Tensors.cat(each, 1), 1e-13);
        }
    }

    /** No answer depends on what is told after it, its own included. */
    @Test
    void nothingIsToldBeforehand() {
        InSequence learner = new InSequence(network(ClassCodes.oneHot(2), false));
        Sequences tasks = Sequences.of(episodes());
        Tensor swapped = tasks.answers().neg().add(1).to(DType.INT64);
        Tensor late = Tensors.cat(List.of(tasks.answers().slice(1, 0, 3), swapped.slice(1, 3, 6)), 1);
        Sequences other = new Sequences(tasks.items(), late, 2);
        TaskContext context = TaskContext.evaluation(1, Params.EMPTY);
        Params theta = theta(learner.network());
        Tensor all = learner.answers(theta, tasks, context);
        Tensor changed = learner.answers(theta, other, context);
        assertNear(changed.slice(1, 0, 4), all.slice(1, 0, 4), 0);
        assertThat(changed.slice(1, 4, 6).sub(all.slice(1, 4, 6)).abs().sum().item())
                .isPositive();
    }

    /** Training on sequences is training on the support sets that they are. */
    @Test
    void sequencesAreSupportSetsWithoutQueries() {
        SequenceNetwork network = network(ClassCodes.oneHot(2), false);
        Params theta = theta(network);
        Episodes episodes = episodes();
        Estimate asEpisodes = Unroll.FULL.estimate(network, theta, episodes, TaskContext.training(1));
        Estimate asSequences =
                Unroll.FULL.estimate(new InSequence(network), theta, Sequences.of(episodes), TaskContext.training(1));
        assertNear(asSequences.losses(), asEpisodes.losses(), 0);
        assertNear(asSequences.gradient(), asEpisodes.gradient(), 0);
        Estimate swept =
                Sweep.SQRT.estimate(new InSequence(network), theta, Sequences.of(episodes), TaskContext.training(1));
        assertNear(swept.gradient(), asEpisodes.gradient(), 1e-11);
    }

    @Test
    void whatOnlyEpisodesHaveIsRefused() {
        assertThatThrownBy(() -> new InSequence(network(ClassCodes.oneHot(2), true)))
                .hasMessageContaining("expected shuffle: false");
    }
}
