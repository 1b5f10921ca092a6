package org.deutero.methods.maml;

import org.deutero.tensor.nn.Network;

/** Which layers the inner loop moves; the outer loop always trains all. */
public enum Adaptation {
    /** All layers: MAML. */
    ALL,
    /** The last layer only: ANIL (Raghu, Raghu, Bengio, Vinyals 2020). Features of the support set are computed once a task. */
    HEAD,
    /** All but the last layer: BOIL (Oh, Yoo, Kim, Yun 2021). */
    BODY;

    /** Whether the inner loop moves the parameter {@code layer.something} of this network. */
    public boolean moves(Network network, String parameter) {
        boolean head = parameter.startsWith(network.headLayer() + ".");
        return switch (this) {
            case ALL -> true;
            case HEAD -> head;
            case BODY -> !head;
        };
    }
}
