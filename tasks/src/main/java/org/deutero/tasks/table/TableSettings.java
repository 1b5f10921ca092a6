package org.deutero.tasks.table;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tasks.ClassSplit;
import org.deutero.tasks.DataException;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.SplitSizes;
import org.deutero.tasks.TaskShape;
import org.deutero.tasks.TaskSource;
import org.deutero.tasks.files.CsvTable;
import org.deutero.tasks.files.LoadListener;
import org.deutero.tasks.files.Unusable;
import org.deutero.tasks.source.Offer;
import org.deutero.tasks.source.OrderedEpisodes;
import org.deutero.tasks.source.TaskSet;
import org.deutero.tasks.source.TaskSettings;

/**
 * Regression on a table of the user's: every value of one column is a task, whose rows are points. Tasks are dealt out to training, validation and testing, so
 * what is tested on was never trained on.
 *
 * @param path the CSV file
 * @param x columns of inputs
 * @param y columns of targets
 * @param task the column that names the task of a row
 * @param shot rows to learn from
 * @param trainQueries rows to be judged on, in meta-training
 * @param queries rows to be judged on otherwise
 * @param trainShare of the tasks
 * @param validationShare of the tasks
 * @param seed of the split
 * @param unusable what to do about tasks with too few rows
 */
public record TableSettings(
        Path path,
        List<String> x,
        List<String> y,
        String task,
        int shot,
        int trainQueries,
        int queries,
        double trainShare,
        double validationShare,
        long seed,
        Unusable unusable)
        implements TaskSettings {

    /** Reads the keys. */
    public static TableSettings of(Options o) {
        Path path = Path.of(o.required("path", "CSV file with a header; values between commas, semicolons or tabs"));
        int shot = o.integer("shot", 10, 1, 100_000, "rows to learn from");
        TableSettings settings = new TableSettings(
                path,
                o.texts("x", List.of("x"), "columns of inputs"),
                o.texts("y", List.of("y"), "columns of targets"),
                o.text("task", "task", "column that says to which task a row belongs"),
                shot,
                o.integer("train-queries", shot, 1, 100_000, "rows to be judged on, in meta-training"),
                o.integer("queries", shot, 1, 100_000, "rows to be judged on"),
                o.number("train-share", 0.6, 0, 1, "share of the tasks to train on"),
                o.number("validation-share", 0.2, 0, 1, "share of the tasks to validate on; 0 for none"),
                o.longInteger("split-seed", 1, "seed by which tasks are dealt out"),
                o.choice("unusable", Unusable.REFUSE, "whether tasks with too few rows are refused or left out"));
        if (settings.x.isEmpty() || settings.y.isEmpty()) {
            throw new OptionsException(
                    o.path(settings.x.isEmpty() ? "x" : "y") + " names no column; expected at least one");
        }
        return settings;
    }

    @Override
    public List<Offer<?, ?>> offers() {
        return List.of(new OrderedEpisodes(this));
    }

    @Override
    public TaskShape shape() {
        return TaskShape.regression(x.size(), y.size());
    }

    @Override
    public int trainWay() {
        return 0;
    }

    @Override
    public int supportSize() {
        return shot;
    }

    @Override
    public int convenientShard() {
        return 50;
    }

    @Override
    public TaskSet load(LoadListener listener) {
        if (!Files.isRegularFile(path)) {
            throw new DataException("there is no table " + path
                    + " (tasks.path); if it has moved, say where it is with --set tasks.path=FILE");
        }
        Map<String, TableTasks.Rows> all = read();
        List<TableTasks.Rows> fit = enough(all, listener);
        boolean validated = validationShare > 0;
        int least = validated ? 3 : 2;
        if (fit.size() < least) {
            throw new DataException(path + " has " + fit.size() + " usable tasks (values of the column \"" + task
                    + "\"), but at least " + least + " are needed: to train, " + (validated ? "to validate " : "")
                    + "and to test on");
        }
        SplitSizes sizes =
                SplitSizes.of(path.toString(), fit.size(), new SplitSizes.Needs(1, 1), trainShare, validationShare);
        ClassSplit split = ClassSplit.random(fit.size(), seed, sizes.train(), sizes.validation(), sizes.test());
        listener.note("Tasks of " + path + " by chance: " + sizes.train() + " to train, " + sizes.validation()
                + " to validate and " + sizes.test() + " to test on.");
        TaskSource<Episodes> test = tasks(fit, split.test(), queries);
        return new TaskSet(
                tasks(fit, split.train(), trainQueries),
                validated ? Optional.of(tasks(fit, split.validation(), queries)) : Optional.empty(),
                test,
                test,
                Optional.empty());
    }

    private TaskSource<Episodes> tasks(List<TableTasks.Rows> fit, List<Integer> part, int points) {
        return new TableTasks(part.stream().map(fit::get).toList(), shot, points);
    }

    /** Rows by task, in the order of the tasks' names. */
    private Map<String, TableTasks.Rows> read() {
        List<String> columns = new ArrayList<>(x);
        columns.addAll(y);
        columns.add(task);
        CsvTable table = CsvTable.read(path, columns);
        Map<String, TableTasks.Rows> tasks = new TreeMap<>();
        for (int row = 0; row < table.rows().size(); row++) {
            TableTasks.Rows rows = tasks.computeIfAbsent(
                    table.rows().get(row).get(columns.size() - 1),
                    name -> new TableTasks.Rows(new ArrayList<>(), new ArrayList<>()));
            rows.x().add(numbers(table, row, 0, x.size()));
            rows.y().add(numbers(table, row, x.size(), y.size()));
        }
        return tasks;
    }

    private static float[] numbers(CsvTable table, int row, int from, int n) {
        float[] numbers = new float[n];
        for (int i = 0; i < n; i++) {
            numbers[i] = (float) table.number(row, from + i);
        }
        return numbers;
    }

    private List<TableTasks.Rows> enough(Map<String, TableTasks.Rows> all, LoadListener listener) {
        int least = shot + Math.max(trainQueries, queries);
        List<String> small = all.entrySet().stream()
                .filter(entry -> entry.getValue().size() < least)
                .map(Map.Entry::getKey)
                .toList();
        if (!small.isEmpty() && unusable == Unusable.REFUSE) {
            throw new DataException(
                    "task '" + small.get(0) + "' of " + path + " has "
                            + all.get(small.get(0)).size() + " rows, but with so many shots and queries a task needs "
                            + least
                            + (small.size() > 1 ? " (so do " + (small.size() - 1) + " other tasks)" : "")
                            + "; add rows, lower tasks.shot or tasks.queries, or leave such tasks out with tasks.unusable=skip");
        }
        if (!small.isEmpty()) {
            listener.note("Tasks with fewer than " + least + " rows are left out: " + small.size() + ", such as '"
                    + small.get(0) + "'.");
        }
        return all.values().stream().filter(rows -> rows.size() >= least).toList();
    }
}
