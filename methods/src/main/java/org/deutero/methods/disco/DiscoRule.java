package org.deutero.methods.disco;

import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.nn.recurrent.Lstm;

/**
 * The rule of DiscoRL: from a rollout to targets, with a state of each lifetime ({@code adv} and {@code td}, running moments [lifetimes, 3]; {@code hidden} and {@code cell} of the lifetime's network, [lifetimes, units]).
 *
 * @param value how values are told
 * @param discount of rewards to come
 * @param trace lambda of the values' targets
 * @param decay of running moments
 * @param epsilon added to deviations
 * @param rootEpsilon added to variances
 * @param weights of the losses
 */
record DiscoRule(
        CategoricalValue value,
        double discount,
        double trace,
        double decay,
        double epsilon,
        double rootEpsilon,
        Losses.Weights weights) {
    /** The constants of Disco103. */
    static final DiscoRule PUBLISHED =
            new DiscoRule(CategoricalValue.PUBLISHED, 0.997, 0.95, 0.99, 1e-6, 1e-12, Losses.Weights.PUBLISHED);

    /** The state of lifetimes that begin. */
    Params begin(Params theta, int lifetimes, DType dtype) {
        Tensor start = RunningMoments.start(lifetimes, dtype);
        Lstm.State state = Lstm.State.zeros(dtype, lifetimes, DiscoWeights.lifetimeUnits(theta));
        return Params.builder()
                .put("adv", start)
                .put("td", start)
                .put("hidden", state.h())
                .put("cell", state.c())
                .build();
    }

    /**
     * What a rollout has to say.
     *
     * @param rollout as the networks see it
     * @param targets that they put out
     * @param normalisedError of values, [lifetimes, T, copies]
     * @param state of the lifetimes after it
     */
    record Verdict(Rollout rollout, Targets targets, Tensor normalisedError, Params state) {}

    /**
     * Targets of a rollout.
     *
     * @param theta the networks
     * @param state of the lifetimes before it
     * @param agent what the agent said
     * @param target what its target copy says
     */
    Verdict judge(Params theta, Params state, AgentOutputs agent, AgentOutputs target, Experience experience) {
        AgentOutputs online = agent.detach();
        AgentOutputs slow = target.detach();
        Values values = Values.of(online, slow.q(), experience, value, discount, trace);
        RunningMoments adv = moments(state.get("adv")).after(values.advantage());
        RunningMoments td = moments(state.get("td")).after(values.error());
        Rollout rollout = new Rollout(
                online,
                slow,
                experience,
                values,
                adv.normalise(values.advantage(), true),
                adv.normalise(values.actionAdvantage(), true));
        Lstm.State lifetime = new Lstm.State(state.get("hidden"), state.get("cell"));
        Targets targets = DiscoNetwork.targets(theta, rollout, lifetime);
        Lstm.State after = DiscoNetwork.after(theta, rollout, targets, lifetime);
        Params next = Params.builder()
                .put("adv", adv.state())
                .put("td", td.state())
                .put("hidden", after.h())
                .put("cell", after.c())
                .build();
        return new Verdict(rollout, targets, td.normalise(values.error(), false), next);
    }

    /** Of a state, as {@link #begin} makes it. */
    RunningMoments moments(Tensor state) {
        return new RunningMoments(state, decay, epsilon, rootEpsilon);
    }
}
