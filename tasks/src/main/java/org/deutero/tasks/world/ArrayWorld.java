package org.deutero.tasks.world;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.deutero.tasks.ArraySize;
import org.deutero.tasks.Chance;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/**
 * Lifetimes in a world of primitive arrays. All arithmetic is in double; the state is one tensor {@code life}, float64 [lifetimes, copies, k].
 */
public sealed class ArrayWorld implements World permits TableWorld {
    static final String LIFE = "life";

    private final Dynamics dynamics;
    private final int lifetimes;
    private final double[] given;

    /**
     * Lifetimes in a world, {@link Tabular} if the dynamics can be written down as tables.
     *
     * @param given numbers of all lifetimes, one after the other; not copied
     */
    public static ArrayWorld of(Dynamics dynamics, int lifetimes, double[] given) {
        return dynamics instanceof TabularDynamics tabular
                ? new TableWorld(tabular, lifetimes, given)
                : new ArrayWorld(dynamics, lifetimes, given);
    }

    ArrayWorld(Dynamics dynamics, int lifetimes, double[] given) {
        if (given.length != ArraySize.of(lifetimes, dynamics.given())) {
            throw new IllegalArgumentException(
                    given.length + " numbers are not " + dynamics.given() + " for each of " + lifetimes + " lifetimes");
        }
        this.dynamics = dynamics;
        this.lifetimes = lifetimes;
        this.given = given;
    }

    double[] given() {
        return given;
    }

    @Override
    public WorldShape shape() {
        return dynamics.shape();
    }

    /** The world as one for each of its lives. */
    public Dynamics dynamics() {
        return dynamics;
    }

    @Override
    public int size() {
        return lifetimes;
    }

    @Override
    public Optional<Tensor> limits() {
        double[] limits = new double[lifetimes];
        boolean differ = false;
        for (int i = 0; i < lifetimes; i++) {
            limits[i] = dynamics.limit(given, i * dynamics.given());
            differ |= limits[i] != shape().limit();
        }
        return differ ? Optional.of(Tensor.of(limits, lifetimes, 1)) : Optional.empty();
    }

    @Override
    public ArrayWorld slice(int from, int to) {
        Objects.checkFromToIndex(from, to, lifetimes);
        return of(dynamics, to - from, Arrays.copyOfRange(given, from * dynamics.given(), to * dynamics.given()));
    }

    @Override
    public ArrayWorld repeat(int times) {
        double[] all = new double[ArraySize.of(given.length, times)];
        for (int i = 0; i < times; i++) {
            System.arraycopy(given, 0, all, i * given.length, given.length);
        }
        return of(dynamics, lifetimes * times, all);
    }

    @Override
    public World join(List<? extends World> others) {
        List<double[]> all = new ArrayList<>(List.of(given));
        for (World other : others) {
            ArrayWorld same = (ArrayWorld) other;
            if (!dynamics.equals(same.dynamics)) {
                throw new IllegalArgumentException("lifetimes in " + dynamics + " cannot be joined with some in "
                        + same.dynamics + ": expected the same dynamics");
            }
            all.add(same.given);
        }
        double[] joined = all.stream().flatMapToDouble(Arrays::stream).toArray();
        return of(dynamics, lifetimes + others.stream().mapToInt(World::size).sum(), joined);
    }

    @Override
    public Params begin(int copies, DType dtype, Chance chance) {
        int k = dynamics.state();
        double[] state = new double[ArraySize.of(lifetimes, copies, k)];
        for (int life = 0; life < lifetimes * copies; life++) {
            int lifetime = life / copies;
            dynamics.begin(given, lifetime * dynamics.given(), state, life * k, chance.of(lifetime, life % copies));
        }
        return tree(state, copies);
    }

    private Params tree(double[] state, int copies) {
        return Params.of(LIFE, Tensor.of(state, lifetimes, copies, dynamics.state()));
    }

    @Override
    public Tensor observe(Params state, int copies, int step) {
        int k = dynamics.state();
        int n = shape().observations();
        double[] lives = state.get(LIFE).doubles();
        double[] seen = new double[ArraySize.of(lifetimes, copies, n)];
        for (int life = 0; life < lifetimes * copies; life++) {
            dynamics.observe(given, life / copies * dynamics.given(), lives, life * k, seen, life * n);
        }
        return Tensor.of(seen, lifetimes, copies, n);
    }

    @Override
    public Optional<Frame> picture(Params state, int lifetime, int copy) {
        double[] life =
                state.get(LIFE).select(0, lifetime).select(0, copy).reshape(-1).doubles();
        return dynamics.picture(given, lifetime * dynamics.given(), life, 0);
    }

    @Override
    public Outcome step(Params state, Tensor action, Chance chance) {
        int k = dynamics.state();
        int copies = chance.copies();
        double[] lives = state.get(LIFE).doubles();
        double[] actions = action.to(DType.FLOAT64).doubles();
        int n = actions.length / (lifetimes * copies);
        double[] reward = new double[ArraySize.of(lifetimes, copies)];
        double[] terminated = new double[reward.length];
        for (int life = 0; life < reward.length; life++) {
            int lifetime = life / copies;
            int g = lifetime * dynamics.given();
            reward[life] =
                    dynamics.step(given, g, lives, life * k, actions, life * n, chance.of(lifetime, life % copies));
            terminated[life] = dynamics.terminated(given, g, lives, life * k) ? 1 : 0;
        }
        return new Outcome(
                tree(lives, copies), Tensor.of(reward, lifetimes, copies), Tensor.of(terminated, lifetimes, copies));
    }
}
