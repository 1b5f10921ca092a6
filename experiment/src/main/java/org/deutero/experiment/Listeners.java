package org.deutero.experiment;

import java.util.List;
import java.util.function.Consumer;
import org.deutero.experiment.report.ReportData;
import org.deutero.tasks.files.LoadListener;

/** Tells several listeners, one after the other. */
record Listeners(List<RunListener> all) implements RunListener {
    Listeners {
        all = List.copyOf(all);
    }

    @Override
    public void message(String line) {
        all.forEach(one -> one.message(line));
    }

    @Override
    public LoadListener loading() {
        List<LoadListener> each = all.stream().map(RunListener::loading).toList();
        return new LoadListener() {
            @Override
            public void decoded(int done, int total) {
                each.forEach(one -> one.decoded(done, total));
            }

            @Override
            public void note(String sentence) {
                each.forEach(one -> one.note(sentence));
            }
        };
    }

    @Override
    public void opened(Experiment experiment, RunFolder folder, long iteration) {
        all.forEach(one -> one.opened(experiment, folder, iteration));
    }

    @Override
    public void started(long iteration, long total) {
        all.forEach(one -> one.started(iteration, total));
    }

    @Override
    public void progress(Progress now) {
        all.forEach(one -> one.progress(now));
    }

    @Override
    public boolean stop() {
        return all.stream().anyMatch(RunListener::stop);
    }

    @Override
    public void figure(String name, long iteration, double value) {
        all.forEach(one -> one.figure(name, iteration, value));
    }

    /** All of them, even if one fails: each may hold a file open. */
    @Override
    public void closed() {
        closed(all, RunListener::closed);
    }

    private static void closed(List<RunListener> rest, Consumer<RunListener> close) {
        if (rest.isEmpty()) {
            return;
        }
        try {
            close.accept(rest.get(0));
        } finally {
            closed(rest.subList(1, rest.size()), close);
        }
    }

    @Override
    public void evaluated(RunFolder folder, ReportData data) {
        all.forEach(one -> one.evaluated(folder, data));
    }
}
