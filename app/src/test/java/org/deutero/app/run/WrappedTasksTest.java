package org.deutero.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.junit.jupiter.api.Test;

/** Settings that stand before other settings answer for them, or refuse what they cannot answer for. */
class WrappedTasksTest {
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
        TaskSettings tasks = TaskSettings.of(
                Options.at("tasks", Map.of("source", "omniglot", "train-form", "classes", "sequence", true)));
        assertThat(tasks.sequences()).isTrue();
        assertThat(tasks.pretrains()).isTrue();
    }

    @Test
    void anEmbeddingIsForTasksOfAFewClasses() {
        Options o = Options.at(
                "tasks", Map.of("source", "omniglot", "train-form", "classes", "embedding", "builtin:omniglot-narrow"));
        assertThatThrownBy(() -> TaskSettings.of(o))
                .isInstanceOf(OptionsException.class)
                .hasMessage(
                        "tasks.train-form is classes, but an embedding makes features for tasks of a few classes; expected episodes");
    }
}
