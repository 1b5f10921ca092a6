package org.deutero.bench.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deutero.experiment.TrainingSettings;
import org.deutero.learn.meta.MetaAlgorithm;
import org.deutero.learn.meta.MetaState;
import org.deutero.learn.run.Checkpoints;
import org.deutero.learn.run.Plan;
import org.deutero.learn.run.Trainer;
import org.deutero.learn.run.TrainingListener;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.kind.TaskKind;

/** Meta-training as a recipe has it, by the trainer, on tasks and from meta-parameters that are given. It does an update whenever it is its turn; what comes out of each is the meta-loss. */
final class MetaTraining implements TrainingListener {
    private final Talk talk;
    private final List<Double> losses = new ArrayList<>();
    private int turn;

    private MetaTraining(Talk talk) {
        this.talk = talk;
    }

    /** Trains until something else is opened. */
    static void take(Given given, Talk talk) {
        var experiment = given.experiment();
        MetaAlgorithm<Episodes> algorithm = experiment
                .metaGradient()
                .algorithm(
                        experiment
                                .joint()
                                .as(TaskKind.EPISODES, experiment.method().name())
                                .learner(),
                        experiment.optimizer());
        TrainingSettings schedule = experiment.schedule();
        Plan plan = Plan.builder(Long.MAX_VALUE)
                .metaBatch(schedule.metaBatch())
                .shard(schedule.shard())
                .threads(schedule.workers())
                .build();
        Trainer<Episodes> trainer = Trainer.builder(algorithm, new DealtTasks(given), plan)
                .listener(new MetaTraining(talk))
                .build();
        trainer.resume(new Checkpoints.Loaded(start(algorithm, given), Map.of()))
                .close();
    }

    private static MetaState start(MetaAlgorithm<Episodes> algorithm, Given given) {
        MetaState drawn = algorithm.init(new java.util.SplittableRandom(1));
        MetaState start = new MetaState(0, given.theta(), drawn.slots(), drawn.statistics(), drawn.carry()).detach();
        drawn.close();
        return start;
    }

    @Override
    public void started(Plan plan, long iteration) {
        talk.ready();
        turn = talk.run();
    }

    @Override
    public void iteration(long iteration, MetaAlgorithm.Outcome outcome) {
        losses.add(outcome.loss());
        if (losses.size() == turn) {
            talk.answer(losses);
            losses.clear();
            turn = talk.run();
        }
    }

    @Override
    public boolean stop() {
        return turn == 0;
    }
}
