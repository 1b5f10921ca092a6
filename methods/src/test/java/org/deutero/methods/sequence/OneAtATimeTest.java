package org.deutero.methods.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.deutero.methods.TestTasks.assertNear;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.deutero.learn.Capability;
import org.deutero.learn.Lifetime;
import org.deutero.learn.Passage;
import org.deutero.learn.TaskContext;
import org.deutero.learn.Trace;
import org.deutero.learn.capability.AsEpisodes;
import org.deutero.learn.capability.ProbabilisticLearner;
import org.deutero.learn.capability.SequenceLearner;
import org.deutero.learn.capability.Servable;
import org.deutero.learn.evaluate.Measure;
import org.deutero.learn.evaluate.SequenceMeasures;
import org.deutero.learn.gradient.Unroll;
import org.deutero.learn.gradient.adjoint.Sweep;
import org.deutero.learn.meta.Estimate;
import org.deutero.methods.InScope;
import org.deutero.methods.mann.LeastRecentlyUsed;
import org.deutero.methods.mann.MannMethods;
import org.deutero.methods.mann.MemoryCell;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.InRandomOrder;
import org.deutero.tasks.TaskShape;
import org.deutero.tasks.kind.TaskKind;
import org.deutero.tasks.sequence.Sequences;
import org.deutero.tasks.synthetic.GaussianClasses;
import org.deutero.tasks.synthetic.NormalPairs;
import org.deutero.tensor.DType;
import org.deutero.tensor.Losses;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.recurrent.LstmStart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Memory networks learn sequences, and what they learn so they know of episodes. */
@ExtendWith(InScope.class)
class OneAtATimeTest {
    private static final TaskContext CONTEXT = TaskContext.evaluation(1, Params.EMPTY);

    private static SequenceNetwork network(Targets targets, double queryWeight) {
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
                false,
                queryWeight,
                LstmStart.GLOROT,
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
            SequenceNetwork learner = network(targets, 0);
            Sequences tasks = Sequences.of(episodes()).withoutQuestions();
            Params theta = theta(learner);
            List<Tensor> each = new ArrayList<>();
            Params phi = learner.begin(theta, tasks, CONTEXT.at(0, false));
            for (int t = 0; t < tasks.length(); t++) {
                each.add(learner.predict(theta, phi, tasks, CONTEXT.at(t, false)));
                phi = learner.step(theta, phi, tasks, CONTEXT.at(t, false)).state();
            }
            Tensor all = learner.answers(theta, tasks, CONTEXT);
            assertThat(all.size(1)).isEqualTo(6);
            assertNear(all, Tensors.cat(each, 1), 1e-13);
        }
    }

    /** No answer depends on what is told after it, its own included. */
    @Test
    void nothingIsToldBeforehand() {
        SequenceNetwork learner = network(ClassCodes.oneHot(2), 0);
        Sequences tasks = Sequences.of(episodes());
        Tensor swapped = tasks.answers().neg().add(1).to(DType.INT64);
        Tensor late = Tensors.cat(List.of(tasks.answers().slice(1, 0, 3), swapped.slice(1, 3, 6)), 1);
        Params theta = theta(learner);
        Tensor all = learner.answers(theta, tasks, CONTEXT);
        Tensor changed = learner.answers(theta, new Sequences(tasks.items(), late, 2), CONTEXT);
        assertNear(changed.slice(1, 0, 4), all.slice(1, 0, 4), 0);
        assertThat(changed.slice(1, 4, 6).sub(all.slice(1, 4, 6)).abs().sum().item())
                .isPositive();
    }

    /** Training on sequences is training on the episodes that they are, the questions' loss included. */
    @Test
    void episodesAreSequencesWithQuestions() {
        for (double weight : new double[] {0, 0.5}) {
            SequenceNetwork network = network(ClassCodes.oneHot(2), weight);
            Params theta = theta(network);
            TaskContext context = TaskContext.training(1);
            Estimate asEpisodes = Unroll.FULL.estimate(new AsEpisodes(network), theta, episodes(), context);
            Estimate asSequences = Unroll.FULL.estimate(network, theta, Sequences.of(episodes()), context);
            assertNear(asSequences.losses(), asEpisodes.losses(), 0);
            assertNear(asSequences.gradient(), asEpisodes.gradient(), 0);
            Estimate swept = Sweep.SQRT.estimate(network, theta, Sequences.of(episodes()), context);
            assertNear(swept.gradient(), asEpisodes.gradient(), 1e-11);
        }
    }

    /** Queries are asked each for itself, from the state after the last item that was told. */
    @Test
    void queriesAreItemsThatCouldComeNext() {
        SequenceNetwork network = network(ClassCodes.oneHot(2), 0);
        Params theta = theta(network);
        Episodes tasks = episodes();
        Passage end = new Lifetime<>(new AsEpisodes(network), theta, tasks, CONTEXT).run(Trace.NONE);
        Tensor asked = new AsEpisodes(network).predict(theta, end.state(), tasks, CONTEXT.at(6, false));
        for (int q = 0; q < tasks.querySize(); q++) {
            Tensor x = Tensors.cat(List.of(tasks.supportX(), tasks.queryX().slice(1, q, q + 1)), 1);
            Tensor y = Tensors.cat(List.of(tasks.supportY(), tasks.queryY().slice(1, q, q + 1)), 1);
            Tensor last =
                    network.answers(theta, new Sequences(x, y, 2), CONTEXT).slice(1, 6, 7);
            assertNear(asked.slice(1, q, q + 1), last, 1e-13);
        }
    }

    /** What serving and evaluation ask of a learner of episodes. */
    @Test
    void whatANetworkCanDoItCanDoWithEpisodes() {
        SequenceNetwork network = network(new NormalValues(1), 0);
        Params theta = theta(network);
        AsEpisodes learner = new AsEpisodes(new UncertainSequence(network));
        Episodes tasks =
                new NormalPairs(4, 1, 6, 3).sample(1, new SplittableRandom(1)).to(DType.FLOAT64);
        Passage end = new Lifetime<>(learner, theta, tasks, CONTEXT).run(Trace.NONE);
        Tensor expected = learner.predict(theta, end.state(), tasks, CONTEXT.at(6, false));
        Servable<Episodes> servable = Capability.<Episodes, Servable<Episodes>>of(learner, Servable.class)
                .orElseThrow();
        Params solution = servable.solution(theta, end.state(), tasks, CONTEXT.at(6, false));
        assertNear(servable.answer(solution, tasks.queryX().squeeze(0)), expected.squeeze(0), 1e-13);
        ProbabilisticLearner<Episodes> sure = Capability.<Episodes, ProbabilisticLearner<Episodes>>of(
                        learner, ProbabilisticLearner.class)
                .orElseThrow();
        assertNear(
                sure.predictive(theta, end.state(), tasks, CONTEXT.at(6, false)).mean(), expected, 0);
        assertThat(new AsEpisodes(network(ClassCodes.oneHot(2), 0)).as(ProbabilisticLearner.class))
                .isEmpty();
        assertThat(learner.as(SequenceLearner.class)).isEmpty();
    }

    /** Questions if there are any, else the coming item, else all items again. */
    @Test
    void measuresLookAtWhatIsAsked() {
        SequenceNetwork network = network(ClassCodes.oneHot(2), 0);
        Params theta = theta(network);
        Sequences tasks = Sequences.of(episodes());
        Sequences bare = tasks.withoutQuestions();
        var measure = SequenceMeasures.of(Measure.CROSS_ENTROPY);
        Tensor all = network.answers(theta, tasks, CONTEXT);
        Passage third = new Lifetime<>(network, theta, tasks, CONTEXT)
                .run(
                        new Lifetime<>(network, theta, tasks, CONTEXT).start(Trace.NONE),
                        2,
                        Trace.NONE,
                        Lifetime.Visitor.NONE);
        Passage end = new Lifetime<>(network, theta, tasks, CONTEXT).run(Trace.NONE);
        Tensor coming = measure.outputs(network, theta, third.state(), bare, CONTEXT.at(2, false));
        assertNear(
                coming, Losses.crossEntropy(all.slice(1, 2, 3), tasks.answers().slice(1, 2, 3)), 1e-13);
        assertNear(
                measure.outputs(network, theta, third.state(), tasks.upcoming(2, 6), CONTEXT.at(2, false)), coming, 0);
        Tensor over = measure.outputs(network, theta, end.state(), bare, CONTEXT.at(6, false));
        assertNear(over, Losses.crossEntropy(all, tasks.answers()), 0);
        Tensor asked = network.predict(theta, end.state(), tasks, CONTEXT.at(6, false));
        assertNear(
                measure.outputs(network, theta, end.state(), tasks, CONTEXT.at(6, false)),
                Losses.crossEntropy(asked, tasks.episodes().queryY()),
                0);
    }

    @Test
    void whatSequencesDoNotHaveIsRefused() {
        assertThatThrownBy(() -> MannMethods.MANN.learner(
                        TaskKind.SEQUENCES,
                        Options.at("method", Map.of("shuffle", true)),
                        Options.at("network", Map.of()),
                        TaskShape.classes(4, 2)))
                .isInstanceOf(OptionsException.class)
                .hasMessage("method.shuffle is true, but sequences have an order of their own; expected false");
        SequenceNetwork asking = network(ClassCodes.oneHot(2), 0.5);
        Sequences bare = Sequences.of(episodes()).withoutQuestions();
        assertThatThrownBy(() -> Unroll.FULL.estimate(asking, theta(asking), bare, TaskContext.training(1)))
                .hasMessageContaining("query-weight is 0.5, but these sequences have no queries");
    }
}
