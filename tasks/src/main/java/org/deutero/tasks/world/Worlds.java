package org.deutero.tasks.world;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.deutero.tasks.ArraySize;
import org.deutero.tasks.Chance;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * Lifetimes to be lived: a task is a lifetime, which some copies of the same world go through side by side, each with chance of its own, under one learner.
 *
 * <p>A lifetime is a trial of so many episodes, or so many steps in which episodes begin again without end. An episode ends where the world terminates it or where its time is up. Who lives keeps the lives in its fast state, a tree made by {@link #begin} and moved by {@link #step}: {@code state}, what the world
 * keeps; and, [lifetimes, copies], {@code time}, steps of the present episode, {@code episode}, its number from 0, {@code return}, the sum of rewards so far. A life that is over stands still, and pays nothing.
 *
 * @param world to live in
 * @param seeds of what is random in each lifetime
 * @param copies of every lifetime
 * @param episodes of a trial; 0 for episodes without end
 * @param steps of a lifetime at most
 */
@SuppressWarnings("ArrayRecordComponent") // identity is enough: nobody compares batches
public record Worlds(World world, long[] seeds, int copies, int episodes, int steps) implements TaskBatch<Worlds> {
    /** Name of the sum of rewards so far, [lifetimes, copies]. */
    public static final String RETURN = "return";

    static final String STATE = "state";
    static final String TIME = "time";
    static final String EPISODE = "episode";

    /** Refuses empty lifetimes. */
    public Worlds {
        if (seeds.length != world.size() || copies < 1 || episodes < 0 || steps < 1) {
            throw new IllegalArgumentException(seeds.length + " seeds for " + world.size() + " lifetimes of " + copies
                    + " copies, " + episodes + " episodes and " + steps + " steps do not make a batch of worlds");
        }
    }

    /** A trial of a single episode for each lifetime, in a world that needs no chance. */
    public static Worlds episode(World world, int copies) {
        return new Worlds(
                world, new long[world.size()], copies, 1, world.shape().limit());
    }

    @Override
    public int size() {
        return seeds.length;
    }

    @Override
    public Worlds slice(int from, int to) {
        Objects.checkFromToIndex(from, to, size());
        return new Worlds(world.slice(from, to), Arrays.copyOfRange(seeds, from, to), copies, episodes, steps);
    }

    @Override
    public Worlds repeat(int times) {
        long[] all = new long[ArraySize.of(seeds.length, times)];
        Arrays.setAll(all, i -> seeds[i % seeds.length]);
        return new Worlds(world.repeat(times), all, copies, episodes, steps);
    }

    private Chance chance(int step, Chance.Purpose purpose) {
        return new Chance(seeds, copies, step, purpose);
    }

    /**
     * Lives before their first step.
     *
     * @param dtype of all numbers, those excepted that a world keeps in a type of its own
     */
    public Params begin(DType dtype) {
        return begun(world.begin(copies, dtype, chance(0, Chance.Purpose.START)), dtype);
    }

    /** Lives before their first step that begin as a later episode of a lifetime does, where that is another matter. */
    public Params beginAgain(DType dtype) {
        return begun(world.again(copies, dtype, chance(0, Chance.Purpose.START)), dtype);
    }

    private Params begun(Params state, DType dtype) {
        Tensor none = Tensors.zeros(dtype, size(), copies);
        return Params.builder()
                .put(STATE, state)
                .put(TIME, none)
                .put(EPISODE, none)
                .put(RETURN, none)
                .build();
    }

    /** What is seen before step {@code step} of the lifetime, [lifetimes, copies, observations]. */
    public Tensor observe(Params lives, int step) {
        return world.observe(lives.child(STATE), copies, step)
                .to(lives.get(TIME).dtype());
    }

    /** A picture of a life for people, of worlds that can be drawn. */
    public Optional<Frame> picture(Params lives, int lifetime, int copy) {
        return world.picture(lives.child(STATE), lifetime, copy);
    }

    /** 1 for lives that go on, 0 for those that are over, [lifetimes, copies]. */
    public Tensor alive(Params lives) {
        Tensor episode = lives.get(EPISODE);
        return episodes == 0 ? Tensors.onesLike(episode) : flag(episode.lt(episodes), episode);
    }

    private static Tensor flag(Tensor condition, Tensor like) {
        return condition.to(DType.INT64).to(like.dtype());
    }

    /**
     * One step of all lives.
     *
     * @param lives before it
     * @param action int64 [lifetimes, copies], or vectors [lifetimes, copies, numbers]
     * @param step of the lifetime, from 0
     */
    public Transition step(Params lives, Tensor action, int step) {
        Params state = lives.child(STATE);
        Tensor alive = alive(lives);
        World.Outcome outcome = world.step(state, action, chance(step, Chance.Purpose.STEP));
        Tensor reward = outcome.reward().to(alive.dtype()).mul(alive);
        Tensor terminated = outcome.terminated().to(alive.dtype()).mul(alive);
        Tensor time = lives.get(TIME).add(alive);
        Tensor late = flag(late(time), time);
        Tensor truncated = late.mul(alive).mul(terminated.neg().add(1));
        Tensor ended = terminated.add(truncated);
        Params counted = Params.builder()
                .put(TIME, time.mul(ended.neg().add(1)))
                .put(EPISODE, lives.get(EPISODE).add(ended))
                .put(RETURN, lives.get(RETURN).add(reward))
                .build();
        Params reached = choose(alive, outcome.state(), state);
        Params moved = reached;
        boolean again = episodes != 1
                && !reached.isEmpty()
                && ended.gt(0).to(DType.INT64).sum().item() > 0;
        if (again) {
            Params fresh = world.again(copies, time.dtype(), chance(step + 1, Chance.Purpose.START));
            moved = choose(ended.mul(alive(counted)), fresh, reached);
        }
        return new Transition(
                moved.under(STATE).with(counted), reached.under(STATE).with(counted), reward, terminated, truncated);
    }

    private Tensor late(Tensor time) {
        return world.limits()
                .map(limits -> time.sub(limits.to(time.dtype())).gt(-0.5))
                .orElseGet(() -> time.gt(world.shape().limit() - 0.5));
    }

    /**
     * Of each life one or the other.
     *
     * @param which above 0 for the first, [lifetimes, copies]
     */
    private static Params choose(Tensor which, Params first, Params second) {
        return first.zip(second, (a, b) -> {
            Tensor condition = which.gt(0);
            while (condition.rank() < a.rank()) {
                condition = condition.unsqueeze(condition.rank());
            }
            return Tensors.where(condition, a, b);
        });
    }

    /** What the world keeps of lives. */
    public static Params state(Params lives) {
        return lives.child(STATE);
    }

    /** Steps of the present episode, [lifetimes, copies]. */
    public static Tensor time(Params lives) {
        return lives.get(TIME);
    }

    /** Numbers of the present episodes, from 0, [lifetimes, copies]. */
    public static Tensor episode(Params lives) {
        return lives.get(EPISODE);
    }

    /** Sums of rewards so far, [lifetimes, copies]. */
    public static Tensor returns(Params lives) {
        return lives.get(RETURN);
    }
}
