package org.deutero.tasks.disguise;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.deutero.tasks.ArraySize;
import org.deutero.tasks.TaskBatch;
import org.deutero.tasks.world.Actions;
import org.deutero.tasks.world.WorldShape;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * How some lifetimes are disguised.
 *
 * @param wardrobe what is drawn of all of them
 * @param observations for each number that is seen the number that it was, after padding, int64 [lifetimes, observations]
 * @param actions for each action, or number of one, what it does, int64 [lifetimes, outputs]
 * @param signs of rewards, float64 [lifetimes, 1]
 * @param seeds of noise
 */
@SuppressWarnings("ArrayRecordComponent") // identity is enough: nobody compares masks
record Mask(Wardrobe wardrobe, Tensor observations, Tensor actions, Tensor signs, long[] seeds)
        implements TaskBatch<Mask> {

    @Override
    public int size() {
        return seeds.length;
    }

    @Override
    public Mask slice(int from, int to) {
        Objects.checkFromToIndex(from, to, size());
        return new Mask(
                wardrobe,
                observations.slice(0, from, to),
                actions.slice(0, from, to),
                signs.slice(0, from, to),
                Arrays.copyOfRange(seeds, from, to));
    }

    @Override
    public Mask repeat(int times) {
        long[] all = new long[ArraySize.of(seeds.length, times)];
        Arrays.setAll(all, i -> seeds[i % seeds.length]);
        return new Mask(wardrobe, observations.tile(times), actions.tile(times), signs.tile(times), all);
    }

    /** Masks of one wardrobe, one after the other. */
    static Mask join(List<Mask> masks) {
        return new Mask(
                masks.get(0).wardrobe,
                Tensors.cat(masks.stream().map(Mask::observations).toList(), 0),
                Tensors.cat(masks.stream().map(Mask::actions).toList(), 0),
                Tensors.cat(masks.stream().map(Mask::signs).toList(), 0),
                masks.stream().flatMapToLong(m -> Arrays.stream(m.seeds)).toArray());
    }

    /** What agents are built for who meet a world in disguise. */
    WorldShape shape(WorldShape world) {
        return wardrobe.shape(world);
    }

    /** What an action of an agent does, of the same shape. */
    Tensor action(Tensor action, Actions kind) {
        if (kind instanceof Actions.Discrete) {
            return actions.gather(1, action);
        }
        // Number i of what an agent puts out stands where number actions[i] is expected.
        Tensor index = actions.unsqueeze(1).expand(-1, action.size(1), -1);
        return action.scatter(2, index, action);
    }
}
