package org.deutero.methods.disco;

import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/**
 * What an agent says of what it sees, all as logits; steps stand for [lifetimes, time, copies].
 *
 * @param logits of the policy, [steps, actions]
 * @param y prediction of a state, [steps, predictions]
 * @param z prediction of a state and an action, [steps, actions, predictions]
 * @param auxPi the policy of the next step after each action, [steps, actions, actions]
 * @param q value of each action, a categorical distribution, [steps, actions, bins]
 */
record AgentOutputs(Tensor logits, Tensor y, Tensor z, Tensor auxPi, Tensor q) {
    static AgentOutputs of(Params tree) {
        return new AgentOutputs(tree.get("logits"), tree.get("y"), tree.get("z"), tree.get("aux_pi"), tree.get("q"));
    }

    /** By name, such as for derivatives. */
    Params tree() {
        return Params.builder()
                .put("logits", logits)
                .put("y", y)
                .put("z", z)
                .put("aux_pi", auxPi)
                .put("q", q)
                .build();
    }

    /** The same values, cut off from the graph. */
    AgentOutputs detach() {
        return of(tree().detach());
    }
}
