package org.deutero.methods.disco;

import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Linear;

/**
 * An agent that the rule can teach. The rule leaves its body open; this one is a perceptron of rectified units (layers {@code torso0}, ...) with linear heads {@code policy} and {@code y}, and for each action rectified units that see the torso and which action it is
 * ({@code model.state}, {@code model.action}), with heads {@code z}, {@code aux_pi} and {@code q} which all actions share.
 *
 * @param observations numbers that are seen
 * @param actions A
 * @param hidden units of the torso
 * @param model units of an action
 * @param predictions numbers of y and of z
 * @param bins of values
 */
record AgentNetwork(int observations, int actions, List<Integer> hidden, int model, int predictions, int bins) {
    /** Heads start so small that all their distributions are nearly uniform. */
    private static final double HEAD = 0.01;

    /** Each of so many agents' own weights, [agents, ...]: normal within two deviations of 1/sqrt(inputs), heads of 0.01; biases 0. */
    Params init(RandomGenerator rng, DType dtype, int agents) {
        Params.Builder params = Params.builder();
        int in = observations;
        for (int i = 0; i < hidden.size(); i++) {
            params.put("torso" + i, layer(rng, dtype, agents, in, hidden.get(i), 1 / Math.sqrt(in)));
            in = hidden.get(i);
        }
        return params.put("policy", layer(rng, dtype, agents, in, actions, HEAD))
                .put("y", layer(rng, dtype, agents, in, predictions, HEAD))
                .put("model.state", layer(rng, dtype, agents, in, model, 1 / Math.sqrt(in)))
                .put("model.action", weight(rng, dtype, 1, agents, actions, model))
                .put("z", layer(rng, dtype, agents, model, predictions, HEAD))
                .put("aux_pi", layer(rng, dtype, agents, model, actions, HEAD))
                .put("q", layer(rng, dtype, agents, model, bins, HEAD))
                .build();
    }

    private static Params layer(RandomGenerator rng, DType dtype, int agents, int in, int out, double deviation) {
        return Params.builder()
                .put("weight", weight(rng, dtype, deviation, agents, out, in))
                .put("bias", Tensors.zeros(dtype, agents, out))
                .build();
    }

    private static Tensor weight(RandomGenerator rng, DType dtype, double deviation, long... shape) {
        return Tensors.truncatedNormal(rng, DType.FLOAT64, shape).mul(deviation).to(dtype);
    }

    private Tensor torso(Params agent, Tensor seen) {
        Tensor h = seen;
        for (int i = 0; i < hidden.size(); i++) {
            h = Linear.apply(agent.child("torso" + i), h).relu();
        }
        return h;
    }

    /** The policy alone: what is seen, [lifetimes, n, observations], to logits [lifetimes, n, actions]. */
    Tensor policy(Params agent, Tensor seen) {
        return Linear.apply(agent.child("policy"), torso(agent, seen));
    }

    /** All outputs for what is seen, [lifetimes, time, copies, observations]. */
    AgentOutputs apply(Params agent, Tensor seen) {
        long[] s = seen.shape();
        Tensor h = torso(agent, seen.reshape(s[0], -1, s[3]));
        Tensor state = Linear.apply(agent.child("model.state"), h).unsqueeze(2);
        Tensor action = agent.get("model.action").unsqueeze(1);
        Tensor each = state.add(action).relu().reshape(s[0], -1, model);
        return new AgentOutputs(
                Linear.apply(agent.child("policy"), h).reshape(s[0], s[1], s[2], actions),
                Linear.apply(agent.child("y"), h).reshape(s[0], s[1], s[2], predictions),
                head(agent, "z", each, s),
                head(agent, "aux_pi", each, s),
                head(agent, "q", each, s));
    }

    private Tensor head(Params agent, String name, Tensor each, long... s) {
        return Linear.apply(agent.child(name), each).reshape(s[0], s[1], s[2], actions, -1);
    }
}
