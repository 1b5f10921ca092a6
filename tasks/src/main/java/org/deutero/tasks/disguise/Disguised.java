package org.deutero.tasks.disguise;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.deutero.tasks.ArraySize;
import org.deutero.tasks.Chance;
import org.deutero.tasks.world.Foreseen;
import org.deutero.tasks.world.Frame;
import org.deutero.tasks.world.World;
import org.deutero.tasks.world.WorldShape;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * A world in disguise, be it made of arrays or of tensors: what is seen is centred, scaled, padded and shuffled, actions are shuffled, rewards change their sign. Its state is the world's own.
 */
sealed class Disguised implements World permits DisguisedBandit {
    private final World world;
    private final Mask mask;

    Disguised(World world, Mask mask) {
        this.world = world;
        this.mask = mask;
    }

    /** A world under a mask, which foresees what the world foresees. */
    static Disguised of(World world, Mask mask) {
        return world instanceof Foreseen foreseen ? new DisguisedBandit(foreseen, mask) : new Disguised(world, mask);
    }

    World world() {
        return world;
    }

    Mask mask() {
        return mask;
    }

    @Override
    public WorldShape shape() {
        return mask.shape(world.shape());
    }

    @Override
    public int size() {
        return world.size();
    }

    @Override
    public World slice(int from, int to) {
        return of(world.slice(from, to), mask.slice(from, to));
    }

    @Override
    public World repeat(int times) {
        return of(world.repeat(times), mask.repeat(times));
    }

    @Override
    public Params begin(int copies, DType dtype, Chance chance) {
        return world.begin(copies, dtype, chance);
    }

    @Override
    public Params again(int copies, DType dtype, Chance chance) {
        return world.again(copies, dtype, chance);
    }

    /** Of the world behind the mask. */
    @Override
    public Optional<Tensor> limits() {
        return world.limits();
    }

    @Override
    public Tensor observe(Params state, int copies, int step) {
        Wardrobe wardrobe = mask.wardrobe();
        Tensor seen = world.observe(state, copies, step);
        if (!wardrobe.center().isEmpty()) {
            seen = seen.sub(row(wardrobe.center(), seen.dtype()));
        }
        if (!wardrobe.scale().isEmpty()) {
            seen = seen.mul(row(wardrobe.scale(), seen.dtype()));
        }
        if (wardrobe.extra() > 0) {
            seen = Tensors.cat(List.of(seen, padding(copies, step).to(seen.dtype())), 2);
        }
        return wardrobe.shuffleObservations()
                ? seen.gather(2, mask.observations().unsqueeze(1).expand(-1, copies, -1))
                : seen;
    }

    private static Tensor row(List<Double> numbers, DType dtype) {
        return Tensor.of(numbers.stream().mapToDouble(Double::doubleValue).toArray(), 1, 1, numbers.size())
                .to(dtype);
    }

    /** What is seen besides, [lifetimes, copies, extra]. */
    private Tensor padding(int copies, int step) {
        int extra = mask.wardrobe().extra();
        double[] numbers = new double[ArraySize.of(size(), copies, extra)];
        if (mask.wardrobe().noise()) {
            Chance chance = new Chance(mask.seeds(), copies, step, Chance.Purpose.STEP);
            for (int life = 0; life < size() * copies; life++) {
                RandomGenerator rng = chance.of(life / copies, life % copies);
                for (int i = 0; i < extra; i++) {
                    numbers[life * extra + i] = rng.nextGaussian();
                }
            }
        }
        return Tensor.of(numbers, size(), copies, extra);
    }

    /** Of the world behind the mask. */
    @Override
    public Optional<Frame> picture(Params state, int lifetime, int copy) {
        return world.picture(state, lifetime, copy);
    }

    @Override
    public Outcome step(Params state, Tensor action, Chance chance) {
        Wardrobe wardrobe = mask.wardrobe();
        Tensor done =
                wardrobe.shuffleActions() ? mask.action(action, world.shape().actions()) : action;
        Outcome outcome = world.step(state, done, chance);
        return wardrobe.rewards() == Wardrobe.Rewards.KEPT
                ? outcome
                : new Outcome(outcome.state(), signed(outcome.reward()), outcome.terminated());
    }

    /** Rewards [lifetimes, ..] with the signs of their lifetimes. */
    Tensor signed(Tensor rewards) {
        return rewards.mul(mask.signs().to(rewards.dtype()));
    }

    /** One after the other. */
    @Override
    public World join(List<? extends World> others) {
        List<World> worlds = new ArrayList<>();
        List<Mask> masks = new ArrayList<>(List.of(mask));
        for (World other : others) {
            Disguised disguised = (Disguised) other;
            worlds.add(disguised.world);
            masks.add(disguised.mask);
        }
        return of(world.join(worlds), Mask.join(masks));
    }
}
