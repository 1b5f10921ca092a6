package org.deutero.tasks.function;

import java.util.List;
import java.util.Optional;
import org.deutero.options.Options;
import org.deutero.tasks.TaskShape;
import org.deutero.tasks.files.LoadListener;
import org.deutero.tasks.kind.TaskKind;
import org.deutero.tasks.sequence.Sequences;
import org.deutero.tasks.source.OtherSettings;
import org.deutero.tasks.source.TaskSet;
import org.deutero.tasks.source.Tasks;
import org.deutero.tensor.DType;

/**
 * Functions as sequences.
 *
 * @param train functions of meta-training
 * @param test functions to validate and test on, of the same family
 */
public record FunctionSettings(FunctionSequences train, FunctionSequences test)
        implements OtherSettings<Sequences, TaskShape> {
    /** Reads the keys. */
    public static FunctionSettings of(Options o) {
        FunctionFamily family = o.choice("family", FunctionFamily.QUADRATIC, "what functions are drawn from");
        int length = o.integer("length", 60, 1, 1_000_000, "points of a function, one after the other");
        int trained = o.integer("train-length", length, 1, 1_000_000, "the same in meta-training");
        int inputs = family == FunctionFamily.LINEAR
                ? o.integer("inputs", family.inputs(), 1, 10_000, "numbers in a point, of linear functions")
                : family.inputs();
        return new FunctionSettings(
                new FunctionSequences(family, inputs, trained, DType.FLOAT32),
                new FunctionSequences(family, inputs, length, DType.FLOAT32));
    }

    @Override
    public TaskKind<Sequences, TaskShape> kind() {
        return TaskKind.SEQUENCES;
    }

    @Override
    public TaskShape task() {
        return TaskShape.regression(test.inputs(), 1);
    }

    @Override
    public int convenientShard() {
        return 128;
    }

    /** Points are measured as they come. */
    @Override
    public boolean streams() {
        return true;
    }

    @Override
    public List<String> measures() {
        return List.of("mse");
    }

    @Override
    public Tasks<Sequences> tasks(Optional<TaskSet> none, LoadListener listener) {
        return Tasks.of(train, test);
    }
}
