package org.deutero.tasks.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.deutero.options.Options;
import org.deutero.tasks.DataException;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskSource;
import org.deutero.tasks.source.TaskSet;
import org.deutero.tensor.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableSettingsTest {
    private static final int TASKS = 10;
    private static final int ROWS = 12;

    @TempDir
    private Path dir;

    /** In task t, y = 100 t + x and z = -y, so a row tells its task. */
    private Path table(String separator, boolean comma) throws IOException {
        StringBuilder text = new StringBuilder(String.join(separator, "Task", "x", "note", "y", "z")).append("\n");
        for (int t = 0; t < TASKS; t++) {
            for (int i = 0; i < ROWS; i++) {
                double x = i + 0.25;
                String line = String.format(Locale.ROOT, "%s;%.2f;n;%.2f;%.2f", "t" + t, x, 100 * t + x, -100 * t - x);
                text.append((comma ? line.replace('.', ',') : line).replace(";", separator))
                        .append("\n");
            }
        }
        return Files.write(dir.resolve("table.csv"), text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static TableSettings settings(Path path, Object... more) {
        Map<String, Object> keys = new LinkedHashMap<>(Map.of("path", path.toString(), "shot", 3, "queries", 4));
        for (int i = 0; i < more.length; i += 2) {
            keys.put((String) more[i], more[i + 1]);
        }
        return TableSettings.of(Options.at("tasks", keys));
    }

    private static Set<Integer> drawn(TaskSource<Episodes> source) {
        Set<Integer> tasks = new HashSet<>();
        try (Scope s = Scope.open()) {
            Episodes batch = source.sample(200, new SplittableRandom(1));
            double[] x = batch.supportX().doubles();
            double[] y = batch.supportY().doubles();
            double[] qx = batch.queryX().doubles();
            double[] qy = batch.queryY().doubles();
            int queries = qx.length / 200;
            for (int t = 0; t < 200; t++) {
                int task = (int) Math.round((y[3 * t] - x[3 * t]) / 100);
                tasks.add(task);
                Set<Double> rows = new HashSet<>();
                for (int i = 0; i < 3; i++) {
                    assertThat(y[3 * t + i]).isEqualTo(100 * task + x[3 * t + i]);
                    assertThat(rows.add(x[3 * t + i])).isTrue();
                }
                for (int i = queries * t; i < queries * (t + 1); i++) {
                    assertThat(qy[i]).isEqualTo(100 * task + qx[i]);
                    assertThat(rows.add(qx[i]))
                            .as("support and queries share no row")
                            .isTrue();
                }
            }
        }
        return tasks;
    }

    @Test
    void tasksAreValuesOfTheColumnAndNoneIsInTwoParts() throws IOException {
        for (Path path : List.of(table(",", false), table(";", true), table("\t", false))) {
            TaskSet set = settings(path).load();
            Set<Integer> train = drawn(set.train());
            Set<Integer> validation = drawn(set.validation().orElseThrow());
            Set<Integer> test = drawn(set.test());
            assertThat(train).hasSize(6);
            assertThat(validation).hasSize(2);
            assertThat(test).hasSize(2);
            train.addAll(validation);
            train.addAll(test);
            assertThat(train).hasSize(TASKS);
        }
    }

    @Test
    void severalColumns() throws IOException {
        TableSettings settings = settings(table(",", false), "x", List.of("x", "z"), "y", List.of("y"));
        assertThat(settings.shape().features()).isEqualTo(2);
        try (Scope s = Scope.open()) {
            Episodes batch = settings.load().train().sample(2, new SplittableRandom(1));
            assertThat(batch.supportX().shape()).containsExactly(2, 3, 2);
            assertThat(batch.queryY().shape()).containsExactly(2, 3, 1);
            double[] x = batch.supportX().doubles();
            assertThat(x[1]).isEqualTo(-batch.supportY().doubles()[0]);
        }
    }

    private static void refused(TableSettings settings, String... words) {
        assertThatThrownBy(settings::load)
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll(words)
                .message()
                .hasLineCount(1);
    }

    @Test
    void whatDoesNotFitIsNamed() throws IOException {
        Path path = table(";", true);
        refused(settings(dir.resolve("gone.csv")), "gone.csv", "tasks.path");
        refused(settings(path, "y", List.of("height")), "no column \"height\"", "Task;x;note;y;z");
        refused(settings(path, "x", List.of("note")), "line 2", "\"n\"", "finite number");
        refused(settings(path, "shot", 9), "'t0'", "12 rows", "needs 18", "tasks.unusable=skip");
        refused(settings(path, "shot", 9, "unusable", "skip"), "0 usable tasks", "Task".toLowerCase(Locale.ROOT));
        Files.writeString(path, "task,x,y\na,1,\n");
        refused(settings(path), "line 2", "no value in the column \"y\"");
        Files.writeString(path, "task,x,y\na,1,1e999\n");
        refused(settings(path), "line 2", "1e999");
        Files.writeString(path, "");
        refused(settings(path), "no column \"x\"");
    }
}
