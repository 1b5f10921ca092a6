package org.deutero.tasks.bandit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.deutero.tasks.Chance;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.world.Actions;
import org.deutero.tasks.world.Foreseen;
import org.deutero.tasks.world.World;
import org.deutero.tasks.world.WorldShape;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * Rounds of a bandit, as many as there are in a lifetime: each shows something and pays for the arm that is pulled. What every arm would pay is drawn beforehand, so that all who play meet the same luck.
 *
 * <p>An episode is one round, and there is no state.
 *
 * @param shown [lifetimes, rounds, features]
 * @param table what arms pay, [lifetimes, rounds, arms]
 * @param means what they are expected to pay, of the same shape
 */
public record Rounds(Tensor shown, Tensor table, Tensor means) implements Foreseen {
    /** Refuses tensors that do not belong together. */
    public Rounds {
        long[] x = shown.shape();
        long[] y = table.shape();
        if (x.length != 3 || y.length != 3 || !Arrays.equals(x, 0, 2, y, 0, 2) || !Arrays.equals(y, means.shape())) {
            throw new IllegalArgumentException("what is shown, " + Arrays.toString(x) + ", what is paid, "
                    + Arrays.toString(y) + ", and what is expected, " + Arrays.toString(means.shape())
                    + ", are not of the same rounds");
        }
    }

    /** Lifetimes of all their rounds; bandits need no chance of their own. */
    public static Worlds lifetimes(Rounds rounds) {
        int n = Math.toIntExact(rounds.shown.size(1));
        return new Worlds(rounds, new long[rounds.size()], 1, n, n);
    }

    /** Classifications as bandits: the support set is a lifetime, a round shows an item, and the arm of its class pays 1. */
    public static Worlds of(Episodes tasks) {
        if (!tasks.classification()) {
            throw new IllegalArgumentException("only classes can be arms, but these tasks are a regression");
        }
        Tensor x = tasks.supportX();
        Tensor pays = tasks.supportY().oneHot(tasks.way(), x.dtype());
        return lifetimes(new Rounds(x.rank() > 3 ? x.flatten(2) : x, pays, pays));
    }

    /** The same in another floating-point type. */
    public Rounds to(DType dtype) {
        return new Rounds(shown.to(dtype), table.to(dtype), means.to(dtype));
    }

    @Override
    public WorldShape shape() {
        return new WorldShape(Math.toIntExact(shown.size(2)), new Actions.Discrete(Math.toIntExact(table.size(2))), 1);
    }

    @Override
    public int size() {
        return Math.toIntExact(shown.size(0));
    }

    @Override
    public Rounds slice(int from, int to) {
        Objects.checkFromToIndex(from, to, size());
        return new Rounds(shown.slice(0, from, to), table.slice(0, from, to), means.slice(0, from, to));
    }

    @Override
    public Rounds repeat(int times) {
        return new Rounds(shown.tile(times), table.tile(times), means.tile(times));
    }

    @Override
    public World join(List<? extends World> others) {
        List<Rounds> all = new ArrayList<>(List.of(this));
        others.forEach(other -> all.add((Rounds) other));
        if (all.stream().anyMatch(rounds -> rounds.table.size(2) != table.size(2))) {
            throw new IllegalArgumentException("bandits of different numbers of arms cannot be joined in one batch");
        }
        return new Rounds(
                Tensors.cat(all.stream().map(Rounds::shown).toList(), 0),
                Tensors.cat(all.stream().map(Rounds::table).toList(), 0),
                Tensors.cat(all.stream().map(Rounds::means).toList(), 0));
    }

    @Override
    public Params begin(int copies, DType dtype, Chance chance) {
        return Params.EMPTY;
    }

    @Override
    public Tensor observe(Params state, int copies, int step) {
        Tensor now = shown.slice(1, step, step + 1);
        return copies == 1 ? now : now.expand(-1, copies, -1);
    }

    @Override
    public Tensor pays(int step) {
        return table.select(1, step);
    }

    @Override
    public Tensor expected(int step) {
        return means.select(1, step);
    }

    @Override
    public Outcome step(Params state, Tensor action, Chance chance) {
        Tensor reward = pays(chance.step()).gather(1, action);
        return new Outcome(state, reward, Tensors.onesLike(reward));
    }
}
