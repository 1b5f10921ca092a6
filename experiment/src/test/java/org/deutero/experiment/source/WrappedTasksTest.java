package org.deutero.experiment.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.serve.TrainedLearner;
import org.deutero.tasks.key.KeyedSettings;
import org.deutero.tasks.source.ForwardingSettings;
import org.deutero.tasks.source.SequenceSettings;
import org.deutero.tasks.source.TaskSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings that stand before other settings answer for them, or refuse what they cannot answer for. */
class WrappedTasksTest {
    private static TrainedLearner none(String name) {
        throw new AssertionError("no learner is needed, but " + name + " was asked for");
    }

    /** By what all of them have in common, or by themselves. */
    @ParameterizedTest
    @ValueSource(classes = {SequenceSettings.class, KeyedSettings.class})
    void everyQuestionIsAnswered(Class<? extends ForwardingSettings> settings) {
        List<String> answered = Stream.of(ForwardingSettings.class, settings)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
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
