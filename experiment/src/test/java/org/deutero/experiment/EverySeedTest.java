package org.deutero.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.deutero.experiment.recipe.RecipeFile;
import org.deutero.learn.Seeds;
import org.deutero.learn.meta.MetaState;
import org.deutero.options.OptionsException;
import org.deutero.tasks.DataException;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.DType;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.junit.jupiter.api.Test;

/**
 * Another seed changes what every bundled recipe trains or is measured on, so that figures over seeds are not one figure several times: the meta-parameters at the start, or else a seed of the learner's own that follows the recipe's, or else the tasks. Reduced twins stand for the recipes that they extend, which
 * differ in sizes, and one recipe for the tasks of its source; a source whose data are not on this machine goes unseen.
 */
@SuppressWarnings("try") // scopes work by being open
class EverySeedTest {
    private static Experiment experiment(String name, int seed) {
        return Experiment.of(RecipeFile.load(name, List.of("seed=" + seed)));
    }

    static Stream<String> names() {
        List<String> all = RecipeFile.names();
        return all.stream().filter(name -> !all.contains(name + "-small"));
    }

    private static <T extends TaskBatch<T>> String start(Experiment experiment, Joint<T> joint) {
        try (MetaState state =
                experiment.algorithm(joint).init(Seeds.generator(experiment.seed(), "meta-parameters"))) {
            return told(state.theta().values());
        }
    }

    private static <T extends TaskBatch<T>> String tasks(Experiment experiment, Joint<T> joint) {
        return told(experiment.load(joint).test().sample(1, Seeds.generator(experiment.seed(), "test")));
    }

    /** The numbers of tensors, arrays and records, in short. */
    private static String told(Object of) {
        if (of instanceof Tensor tensor) {
            return String.valueOf(
                    Arrays.hashCode(tensor.detach().to(DType.FLOAT64).flatten(0).doubles()));
        }
        if (of instanceof long[] numbers) {
            return Arrays.toString(numbers);
        }
        if (of instanceof Iterable<?> several) {
            StringBuilder all = new StringBuilder();
            several.forEach(one -> all.append(told(one)).append(' '));
            return all.toString();
        }
        if (!(of instanceof Record)) {
            return "";
        }
        StringBuilder all = new StringBuilder();
        for (RecordComponent part : of.getClass().getRecordComponents()) {
            try {
                part.getAccessor().setAccessible(true);
                all.append(told(part.getAccessor().invoke(of))).append(' ');
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(e);
            }
        }
        return all.toString();
    }

    private static String source(String name) {
        return String.valueOf(((Map<?, ?>) RecipeFile.bundled(name).tree().get("tasks")).get("source"));
    }

    private static Map<String, Object> withoutSeed(Experiment experiment) {
        Map<String, Object> resolved = new LinkedHashMap<>(experiment.resolved());
        resolved.remove("seed");
        return resolved;
    }

    @Test
    void anotherSeedIsAnotherResult() {
        List<String> same = new ArrayList<>();
        Set<String> drawn = new TreeSet<>(); // sources of which tasks were drawn: one recipe speaks for all
        for (String name : names().toList()) {
            try (Scope s = Scope.open()) {
                Experiment one = experiment(name, 1);
                Experiment two = experiment(name, 2);
                if (withoutSeed(one).equals(withoutSeed(two))
                        && start(one, one.joint()).equals(start(two, two.joint()))
                        && drawn.add(source(name))
                        && tasks(one, one.joint()).equals(tasks(two, two.joint()))) {
                    same.add(name);
                }
            } catch (DataException elsewhere) {
                assertThat(elsewhere)
                        .as(name + ", whose source is " + source(name))
                        .hasMessageNotContaining("null");
            } catch (OptionsException noFile) { // a recipe that needs a file of somebody else
                assertThat(noFile).as(name).hasMessageContaining("there is no file");
            }
        }
        assertThat(same).isEmpty();
    }
}
