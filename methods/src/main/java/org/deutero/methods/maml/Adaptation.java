package org.deutero.methods.maml;

import org.deutero.tensor.nn.Network;

/** Which layers the inner loop moves; the outer loop always trains all. */
public enum Adaptation {
    /** All layers: MAML. */
    ALL,
    /** All but batch normalisation's scale and shift, which stay as meta-learned: the image networks of cbfinn/maml. */
    ALL_BUT_NORM,
    /** The last layer only: ANIL (Raghu, Raghu, Bengio, Vinyals 2020). Features of the support set are computed once a task. */
    HEAD,
    /** All but the last layer: BOIL (Oh, Yoo, Kim, Yun 2021). */
    BODY;

    /** Whether the inner loop moves the parameter {@code layer.something} of this network. */
    public boolean moves(Network network, String parameter) {
        boolean head = parameter.startsWith(network.headLayer() + ".");
        return switch (this) {
            case ALL -> true;
            case ALL_BUT_NORM -> !parameter.startsWith("norm");
            case HEAD -> head;
            case BODY -> !head;
        };
    }
}
