package org.deutero.learn.meta;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.deutero.learn.Capability;
import org.deutero.learn.InScope;
import org.deutero.learn.Learner;
import org.deutero.learn.StepContext;
import org.deutero.learn.TaskContext;
import org.deutero.learn.capability.BilevelLearner;
import org.deutero.learn.capability.DenseLearner;
import org.deutero.learn.capability.ForwardingLearner;
import org.deutero.learn.capability.GradientLearner;
import org.deutero.learn.capability.Level;
import org.deutero.learn.capability.LevelledLearner;
import org.deutero.learn.capability.LocalRule;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskBatch;
import org.deutero.tasks.bandit.BernoulliArms;
import org.deutero.tasks.problem.Problems;
import org.deutero.tasks.sequence.Sequences;
import org.deutero.tasks.training.Quadratics;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a learner can do survives wrapping, whatever it is. */
@ExtendWith(InScope.class)
class CapabilitiesTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.deutero.learn");

    /** A stranger's capability, which takes no meta-parameters. */
    interface Loud extends Capability {
        /** How loud. */
        int volume();
    }

    /** A stranger's capability that takes something which may be meta-parameters. */
    interface Odd extends Capability {
        /** Of whatever tree. */
        Params oddities(Params tree);
    }

    static Stream<Class<?>> capabilities() {
        return CLASSES.that(assignableTo(Capability.class)).stream()
                .filter(JavaClass::isInterface)
                .map(JavaClass::reflect)
                .filter(c -> c != Capability.class && c != DenseLearner.class);
    }

    /** A learner of all capabilities, which writes down what it is asked and with which theta. */
    private static final class Witness implements InvocationHandler {
        private final List<String> calls = new ArrayList<>();
        private final List<Params> thetas = new ArrayList<>();

        @SuppressWarnings("unchecked")
        Learner<Episodes> learner(Class<?>... others) {
            Class<?>[] all =
                    Stream.concat(capabilities(), Arrays.stream(others)).toArray(Class<?>[]::new);
            return (Learner<Episodes>) Proxy.newProxyInstance(getClass().getClassLoader(), all, this);
        }

        @Override
        public Object invoke(Object proxy, Method method, Object[] args) throws Throwable {
            if (method.getName().equals("as")) {
                return InvocationHandler.invokeDefault(proxy, method, args);
            }
            calls.add(method.getName());
            for (Object arg : args == null ? new Object[0] : args) {
                if (arg instanceof Params params && (params.has("moves") || params.has("rests"))) {
                    thetas.add(params);
                }
            }
            return value(method);
        }

        private static Object value(Method method) {
            Class<?> type = method.getReturnType();
            if (type == Optional.class) {
                boolean rule = ((ParameterizedType) method.getGenericReturnType()).getActualTypeArguments()[0]
                        instanceof ParameterizedType;
                return rule
                        ? Optional.of((LocalRule<Episodes>) (theta, phi, tasks, context, strength) -> theta)
                        : Optional.of("a word");
            }
            if (type == Params.class) {
                return theta();
            }
            if (type == int.class) {
                return 7;
            }
            if (type == long.class) {
                return 8L;
            }
            if (type == double.class) {
                return 0.5;
            }
            if (type == Map.class) {
                return Map.of();
            }
            return type == boolean.class ? (Object) true : type == List.class ? List.of() : null;
        }
    }

    private static Params theta() {
        return Params.builder()
                .put("moves", Tensor.scalar(1))
                .put("rests", Tensor.scalar(2))
                .build();
    }

    private static Params part() {
        return theta().filter("moves"::equals);
    }

    private static ForwardingLearner<Episodes> plain(Learner<Episodes> learner) {
        return new ForwardingLearner<>(learner) {};
    }

    private static PartLearner<Episodes> part(Learner<Episodes> learner) {
        return new PartLearner<>(new Level<>("level", learner, "moves"::equals), theta());
    }

    private static Stream<Class<?>> survivors() {
        return capabilities().filter(c -> c != LevelledLearner.class && c != BilevelLearner.class);
    }

    @ParameterizedTest
    @MethodSource("capabilities")
    void everyCapabilityIsForwarded(Class<?> capability) {
        Learner<Episodes> learner = new Witness().learner();
        assertThat(plain(learner).as(capability)).containsInstanceOf(capability);
    }

    /** Only a graph knows how the tensors of a learner behind came from those of the one in front. */
    @Test
    void derivativesInClosedFormAreNotForwarded() {
        Learner<Episodes> learner = new Witness().learner(DenseLearner.class);
        assertThat(learner.as(DenseLearner.class)).isPresent();
        assertThat(plain(learner).as(DenseLearner.class)).isEmpty();
        assertThat(part(learner).as(DenseLearner.class)).isEmpty();
    }

    /** The part that a level moves has no levels of its own, nor a model beside its hyper-parameters. */
    @Test
    void aPartHasAllCapabilitiesButLevels() {
        Learner<Episodes> learner = new Witness().learner();
        assertThat(capabilities().filter(c -> part(learner).as(c).isEmpty()))
                .containsExactlyInAnyOrder(LevelledLearner.class, BilevelLearner.class);
    }

    /** Methods whose first tree is not theta. */
    private static final Set<String> WITHOUT_THETA = Set.of(
            "weights",
            "answer",
            "surrogate",
            "divergence",
            "losses",
            "shown",
            "inseparable",
            "joined",
            "kept",
            "frozen");

    /** A part of theta is one's own, whatever the learner behind can do. */
    private static ForwardingLearner<Episodes> owner(Learner<Episodes> learner) {
        return new ForwardingLearner<>(learner) {
            @Override
            protected Params whole(Params theta, int tasks) {
                return theta().with(theta);
            }

            @Override
            protected Params own(Params whole) {
                return whole.filter("moves"::equals);
            }
        };
    }

    /** Each method of a capability, those with a default not excepted, asks the same of the learner behind, and of all of its meta-parameters. */
    @ParameterizedTest
    @MethodSource("capabilities")
    void theLearnerBehindIsAskedUnderAllOfItsTheta(Class<?> capability) throws Exception {
        askedUnderAllOfItsTheta(capability, CapabilitiesTest::owner);
    }

    @ParameterizedTest
    @MethodSource("survivors")
    void behindAPartAsWell(Class<?> capability) throws Exception {
        askedUnderAllOfItsTheta(capability, CapabilitiesTest::part);
    }

    private static void askedUnderAllOfItsTheta(
            Class<?> capability, Function<Learner<Episodes>, ForwardingLearner<Episodes>> front) throws Exception {
        for (Method method : capability.getMethods()) {
            if (Modifier.isStatic(method.getModifiers()) || method.getName().equals("as")) {
                continue;
            }
            Witness witness = new Witness();
            Object view = front.apply(witness.learner()).as(capability).orElseThrow();
            method.setAccessible(true);
            method.invoke(view, arguments(method));
            assertThat(witness.calls).as(method.toString()).containsExactly(method.getName());
            assertThat(witness.thetas)
                    .as(method.toString())
                    .allSatisfy(theta -> assertThat(theta.names()).containsExactlyInAnyOrder("moves", "rests"));
            boolean asked = Arrays.asList(method.getParameterTypes()).contains(Params.class)
                    && !WITHOUT_THETA.contains(method.getName());
            assertThat(witness.thetas).as(method.toString()).hasSize(asked ? 1 : 0);
        }
    }

    private static Object[] arguments(Method method) {
        boolean first = !WITHOUT_THETA.contains(method.getName());
        Object[] arguments = new Object[method.getParameterCount()];
        for (int i = 0; i < arguments.length; i++) {
            Class<?> type = method.getParameterTypes()[i];
            if (type == Params.class) {
                arguments[i] = first ? part() : Params.of("phi", Tensor.scalar(3));
                first = false;
            } else if (type == Worlds.class) {
                arguments[i] = new BernoulliArms(List.of(2), 3).sample(2, new SplittableRandom(1));
            } else if (type == Problems.class) {
                arguments[i] = new Quadratics(2, 2, 3).sample(2, new SplittableRandom(1));
            } else if (type == Sequences.class) {
                Tensor x = Tensors.zeros(DType.FLOAT32, 2, 1, 1);
                arguments[i] = new Sequences(x, x, 0);
            } else if (TaskBatch.class.isAssignableFrom(type)) {
                Tensor x = Tensors.zeros(DType.FLOAT32, 2, 1, 1);
                arguments[i] = new Episodes(x, x, x, x, 0);
            } else if (type == StepContext.class) {
                arguments[i] = TaskContext.training(1).at(0, false);
            } else if (type == TaskContext.class) {
                arguments[i] = TaskContext.training(1);
            } else if (type == long.class) {
                arguments[i] = 3L;
            } else if (type == int.class) {
                arguments[i] = 4;
            } else if (type == boolean.class) {
                arguments[i] = true;
            } else if (type == double.class) {
                arguments[i] = 0.5;
            }
        }
        return arguments;
    }

    @Test
    void aRuleOfItsOwnIsFollowedUnderTheWholeTheta() {
        GradientLearner<Episodes> descends = Capability.<Episodes, GradientLearner<Episodes>>of(
                        part(new Witness().learner()), GradientLearner.class)
                .orElseThrow();
        Tensor x = Tensors.zeros(DType.FLOAT32, 2, 1, 1);
        Params theta = descends.localRule()
                .orElseThrow()
                .gradient(
                        part(),
                        Params.EMPTY,
                        new Episodes(x, x, x, x, 0),
                        TaskContext.training(1).at(0, false),
                        0);
        assertThat(theta.names()).containsExactlyInAnyOrder("moves", "rests");
    }

    @Test
    void whatALearnerLacksNobodyGainsByWrapping() {
        Learner<Episodes> bare = plain(new Witness().learner());
        Learner<Episodes> lacking = new ForwardingLearner<>(bare) {
            @Override
            public <C> Optional<C> as(Class<C> capability) {
                return Optional.empty();
            }
        };
        assertThat(capabilities().filter(c -> plain(lacking).as(c).isPresent())).isEmpty();
    }

    @Test
    void capabilitiesOfStrangersAreForwardedWhereThatIsSafe() {
        Learner<Episodes> learner = new Witness().learner(Loud.class, Odd.class);
        assertThat(part(learner).as(Loud.class).orElseThrow().volume()).isEqualTo(7);
        assertThatThrownBy(() -> part(learner).as(Odd.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Odd of a learner cannot be forwarded");
    }

    /** Whoever stands before another learner does so as a forwarding learner; an ensemble is not one learner but several, and a learner of sequences as one of episodes has other tasks. */
    @Test
    void everyWrapperForwards() {
        Set<String> wrappers = CLASSES.that(assignableTo(Learner.class)).stream()
                .filter(c ->
                        c.getAllFields().stream().anyMatch(f -> f.getRawType().isAssignableTo(Learner.class)))
                .filter(c -> !c.isAssignableTo(ForwardingLearner.class))
                .map(JavaClass::getName)
                .filter(name -> !name.startsWith("org.deutero.learn.capability.Forwarded"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(wrappers)
                .containsExactly(
                        "org.deutero.learn.capability.AsEpisodes",
                        "org.deutero.learn.capability.AsEpisodes$Doubting",
                        "org.deutero.learn.capability.AsEpisodes$Serving",
                        "org.deutero.learn.evaluate.Ensemble");
    }

    /** A wrapped learner would be overlooked. */
    @Test
    void nobodyAsksByInstanceof() {
        assertThat(CLASSES.stream()
                        .flatMap(c -> c.getInstanceofChecks().stream())
                        .filter(check -> check.getRawType().isAssignableTo(Capability.class))
                        .map(Object::toString))
                .isEmpty();
    }
}
