package org.deutero.learn.reinforcement;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deutero.learn.StepContext;
import org.deutero.learn.capability.AdaptivePolicy;
import org.deutero.learn.meta.Contribution;
import org.deutero.learn.meta.Estimate;
import org.deutero.learn.meta.ShardWork;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.Autograd;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/** What meta-algorithms have in common that go several steps on the episodes of an {@link AdaptivePolicy}: the first round stores them, each shard its own. */
final class StoredEpisodes {
    /** Mean surrogate before the first step, among diagnostics. */
    static final String BEFORE = "before";

    private static final String DIAGNOSTICS = "diagnostics";

    private StoredEpisodes() {}

    /** Acts and learns, and takes the gradient of the surrogate through all inner updates; episodes are what the shard carries. */
    static Contribution gathered(AdaptivePolicy policy, ShardWork work, Params theta, Worlds tasks) {
        Params experience = policy.experience(theta, tasks, at(work, false));
        Params leaf = theta.leaf();
        Tensor surrogate = policy.surrogate(policy.relive(leaf, experience, tasks, at(work, true)), experience, 0);
        Params gradient = Autograd.gradient(surrogate.sum(), leaf, false);
        Estimate estimate = new Estimate(policy.losses(experience), gradient, Params.of(BEFORE, surrogate.detach()));
        return work.contribution(tasks.size(), estimate, experience);
    }

    static StepContext at(ShardWork work, boolean differentiable) {
        return work.context().at(0, differentiable);
    }

    /** The episodes of all shards. */
    static Params of(List<Contribution> shards) {
        Params.Builder experience = Params.builder();
        for (int i = 0; i < shards.size(); i++) {
            experience.put(Integer.toString(i), shards.get(i).carry());
        }
        return experience.build();
    }

    /** For logs, without what is not meant for them. */
    static Map<String, Double> diagnostics(Params mean) {
        Map<String, Double> diagnostics = new LinkedHashMap<>();
        mean.child(DIAGNOSTICS).forEach((name, value) -> {
            if (!name.equals(BEFORE)) {
                diagnostics.put(name, value.item());
            }
        });
        return diagnostics;
    }

    /** The mean surrogate before the first step, []. */
    static Tensor before(Params mean) {
        return mean.child(DIAGNOSTICS).get(BEFORE);
    }
}
