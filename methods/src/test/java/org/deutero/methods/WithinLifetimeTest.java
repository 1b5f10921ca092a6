package org.deutero.methods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.deutero.learn.Lifetime;
import org.deutero.learn.Predictor;
import org.deutero.learn.TaskContext;
import org.deutero.learn.Trace;
import org.deutero.methods.disco.DiscoMethods;
import org.deutero.methods.lpg.LpgMethods;
import org.deutero.methods.metagenrl.MetaGenRlMethods;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tasks.bandit.ContinuousBandits;
import org.deutero.tasks.chain.DelayedChain;
import org.deutero.tasks.control.PointNavigation;
import org.deutero.tasks.kind.TaskKind;
import org.deutero.tasks.world.Dynamics;
import org.deutero.tasks.world.Lifetimes;
import org.deutero.tasks.world.Worlds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What lifetimes are too short for is refused before anything is lived or kept. */
@ExtendWith(InScope.class)
class WithinLifetimeTest {
    private static final DelayedChain CHAIN = DelayedChain.plain(3, 3);
    private static final PointNavigation POINTS = new PointNavigation(0.5, 1, 6);
    private static final int STEPS = 30;

    private static Worlds lifetimes(Dynamics dynamics) {
        return new Lifetimes(dynamics, 2, 0, STEPS).sample(1, new SplittableRandom(1));
    }

    private static Lifetime<Worlds> lifetime(Method method, Worlds tasks, Map<String, Object> keys) {
        Predictor<Worlds> learner = method.learner(
                TaskKind.WORLDS,
                Options.of(keys),
                Options.of(Map.of("hidden", List.of(4))),
                tasks.world().shape());
        return new Lifetime<>(
                learner,
                learner.metaParameters(new SplittableRandom(2)),
                tasks,
                TaskContext.training(3, 0, learner.statistics(), seen -> {}));
    }

    private static void refused(Method method, Worlds tasks, Map<String, Object> keys, String message) {
        Lifetime<Worlds> lifetime = lifetime(method, tasks, keys);
        assertThatThrownBy(() -> lifetime.run(Trace.NONE))
                .as(method.name())
                .isInstanceOf(OptionsException.class)
                .hasMessage(message);
    }

    @Test
    void rolloutsLongerThanLifetimesAreRefused() {
        String message = "method.rollout is 100000, but a lifetime has 30 steps; expected at most 30";
        for (Method method : List.of(LpgMethods.LPG, LpgMethods.ACTOR_CRITIC, DiscoMethods.DISCO)) {
            refused(method, lifetimes(CHAIN), Map.of("rollout", 100_000), message);
        }
    }

    @Test
    void agentsThatWouldNeverBeJudgedAreRefused() {
        refused(
                LpgMethods.LPG,
                lifetimes(CHAIN),
                Map.of("rollout", 10, "updates", 4),
                "method.updates is 4, but a lifetime has 3 updates; expected at most 3");
    }

    @Test
    void segmentsUpdatesAndBatchesLargerThanLifetimesAreRefused() {
        refused(
                MetaGenRlMethods.METAGENRL,
                new ContinuousBandits(2, 2, 0.1, 6, STEPS).sample(1, new SplittableRandom(1)),
                Map.of("critic", "exact", "segment", 31),
                "method.segment is 31, but a lifetime has 30 steps; expected at most 30");
        for (Method method : List.of(MetaGenRlMethods.METAGENRL, MetaGenRlMethods.TD3)) {
            Worlds points = lifetimes(POINTS);
            refused(
                    method,
                    points,
                    Map.of("segment", 31, "batch", 4),
                    "method.segment is 31, but a lifetime has 30 steps; expected at most 30");
            refused(
                    method,
                    points,
                    Map.of("segment", 4, "delay", 31),
                    "method.delay is 31, but a lifetime has 30 steps; expected at most 30");
            refused(
                    method,
                    points,
                    Map.of("segment", 4, "batch", 41, "capacity", 20),
                    "method.batch is 41, but an agent remembers 40 steps at most; expected at most 40");
            assertThatThrownBy(() -> lifetime(method, points, Map.of("segment", 4, "delay", 31, "capacity", 30)))
                    .isInstanceOf(OptionsException.class)
                    .hasMessageContaining("delay");
        }
    }

    /** A memory of a billion steps would not fit into this machine. */
    @Test
    void memoriesHoldNoMoreThanALifetime() {
        Lifetime<Worlds> lifetime = lifetime(
                MetaGenRlMethods.TD3, lifetimes(POINTS), Map.of("segment", 4, "batch", 4, "capacity", 1_000_000_000));
        assertThat(lifetime.begin(false).get("replay").size(2)).isEqualTo(STEPS);
    }
}
