package org.deutero.tasks.disguise;

import org.deutero.tasks.world.Foreseen;
import org.deutero.tensor.Tensor;

/** A world in disguise that tells what actions would pay. */
final class DisguisedBandit extends Disguised implements Foreseen {
    private final Foreseen bandit;

    DisguisedBandit(Foreseen bandit, Mask mask) {
        super(bandit, mask);
        this.bandit = bandit;
    }

    @Override
    public Tensor pays(int step) {
        return seen(bandit.pays(step));
    }

    @Override
    public Tensor expected(int step) {
        return seen(bandit.expected(step));
    }

    /** What each action of the agent pays, from what each action of the world does, [lifetimes, actions]. */
    private Tensor seen(Tensor pays) {
        return signed(pays.gather(1, mask().actions()));
    }
}
