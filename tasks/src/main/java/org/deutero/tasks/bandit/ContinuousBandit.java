package org.deutero.tasks.bandit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.deutero.tasks.ArraySize;
import org.deutero.tasks.Chance;
import org.deutero.tasks.world.Actions;
import org.deutero.tasks.world.Valued;
import org.deutero.tasks.world.World;
import org.deutero.tasks.world.WorldShape;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * Contextual bandits whose actions are vectors: in context s, standard normal, an action within [-1, 1] pays -||action - tanh(A s + b)||^2 and normal noise. Every step is an episode, which shows a new context.
 *
 * @param matrix A, [lifetimes, numbers, observations]
 * @param shift b, [lifetimes, numbers]
 * @param noise standard deviation of rewards
 */
public record ContinuousBandit(Tensor matrix, Tensor shift, double noise) implements Valued {
    private static final String CONTEXT = "context";

    /** Refuses tensors that do not belong together. */
    public ContinuousBandit {
        if (matrix.rank() != 3
                || shift.rank() != 2
                || matrix.size(0) != shift.size(0)
                || matrix.size(1) != shift.size(1)
                || !(noise >= 0)) {
            throw new IllegalArgumentException("A " + Arrays.toString(matrix.shape()) + ", b "
                    + Arrays.toString(shift.shape()) + " and noise of " + noise + " do not make bandits");
        }
    }

    /** What agents are built for. */
    public static WorldShape shape(int observations, int numbers) {
        return new WorldShape(observations, new Actions.Box(numbers, 1), 1);
    }

    @Override
    public WorldShape shape() {
        return shape(Math.toIntExact(matrix.size(2)), Math.toIntExact(matrix.size(1)));
    }

    @Override
    public int size() {
        return Math.toIntExact(matrix.size(0));
    }

    @Override
    public ContinuousBandit slice(int from, int to) {
        Objects.checkFromToIndex(from, to, size());
        return new ContinuousBandit(matrix.slice(0, from, to), shift.slice(0, from, to), noise);
    }

    @Override
    public ContinuousBandit repeat(int times) {
        return new ContinuousBandit(matrix.tile(times), shift.tile(times), noise);
    }

    @Override
    public ContinuousBandit join(List<? extends World> others) {
        List<ContinuousBandit> all = new ArrayList<>(List.of(this));
        others.forEach(other -> all.add((ContinuousBandit) other));
        if (all.stream()
                .anyMatch(bandit -> bandit.noise != noise || !bandit.shape().equals(shape()))) {
            throw new IllegalArgumentException("bandits of different sizes or noise cannot be joined in one batch");
        }
        return new ContinuousBandit(
                Tensors.cat(all.stream().map(ContinuousBandit::matrix).toList(), 0),
                Tensors.cat(all.stream().map(ContinuousBandit::shift).toList(), 0),
                noise);
    }

    @Override
    public Params begin(int copies, DType dtype, Chance chance) {
        return Params.of(CONTEXT, normal(chance, copies, shape().observations()).to(dtype));
    }

    /** Standard normal numbers of every life, [lifetimes, copies, some]. */
    private Tensor normal(Chance chance, int copies, int some) {
        double[] all = new double[ArraySize.of(size(), copies, some)];
        for (int life = 0; life < size() * copies; life++) {
            RandomGenerator rng = chance.of(life / copies, life % copies);
            for (int i = 0; i < some; i++) {
                all[life * some + i] = rng.nextGaussian();
            }
        }
        return Tensor.of(all, size(), copies, some);
    }

    @Override
    public Tensor observe(Params state, int copies, int step) {
        return state.get(CONTEXT);
    }

    @Override
    public Outcome step(Params state, Tensor action, Chance chance) {
        Tensor context = state.get(CONTEXT);
        Tensor worth = value(context, action.to(context.dtype()).clamp(-1, 1));
        Tensor luck = normal(chance, chance.copies(), 1).squeeze(2).mul(noise).to(worth.dtype());
        return new Outcome(state, worth.add(luck), worth.mul(0).add(1));
    }

    @Override
    public Tensor value(Tensor observations, Tensor actions) {
        DType dtype = actions.dtype();
        Tensor best = observations
                .to(dtype)
                .matmul(matrix.to(dtype).transpose(1, 2))
                .add(shift.to(dtype).unsqueeze(1))
                .tanh();
        return actions.sub(best).square().sum(2).neg();
    }
}
