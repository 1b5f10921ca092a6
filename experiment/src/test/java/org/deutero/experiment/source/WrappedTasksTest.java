package org.deutero.experiment.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.serve.TrainedLearner;
import org.deutero.tasks.source.SequenceSettings;
import org.deutero.tasks.source.TaskSettings;
import org.junit.jupiter.api.Test;

/** Settings that stand before other settings answer for them, or refuse what they cannot answer for. */
class WrappedTasksTest {
    private static TrainedLearner none(String name) {
        throw new AssertionError("no learner is needed, but " + name + " was asked for");
    }

    @Test
    void sequencesAnswerEveryQuestion() {
        List<String> answered = Arrays.stream(SequenceSettings.class.getDeclaredMethods())
                .map(Method::getName)
                .toList();
        for (Method question : TaskSettings.class.getDeclaredMethods()) {
            boolean asked = !Modifier.isStatic(question.getModifiers())
                    && !Modifier.isPrivate(question.getModifiers())
                    && !(question.getName().equals("load") && question.getParameterCount() == 0);
            if (asked) {
                assertThat(answered).contains(question.getName());
            }
        }
    }

    @Test
    void sequencesOfClassesStillPretrain() {
        TaskSettings tasks = TaskSection.of(
                Options.at("tasks", Map.of("source", "omniglot", "train-form", "classes", "sequence", true)),
                WrappedTasksTest::none);
        assertThat(tasks.sequences()).isTrue();
        assertThat(tasks.pretrains()).isTrue();
    }

    @Test
    void anEmbeddingIsForTasksOfAFewClasses() {
        Options o = Options.at(
                "tasks", Map.of("source", "omniglot", "train-form", "classes", "embedding", "builtin:omniglot-narrow"));
        assertThatThrownBy(() -> TaskSection.of(o, WrappedTasksTest::none))
                .isInstanceOf(OptionsException.class)
                .hasMessage(
                        "tasks.train-form is classes, but an embedding makes features for tasks of a few classes; expected episodes");
    }
}
