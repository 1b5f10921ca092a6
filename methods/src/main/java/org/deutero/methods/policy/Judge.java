package org.deutero.methods.policy;

import java.util.List;
import java.util.Optional;
import org.deutero.learn.reinforcement.Advantages;
import org.deutero.tensor.DType;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * What actions are weighed by: advantages over a baseline that is fitted to the same episodes, each task's by itself. An episode whose time is up counts as one that has ended, as in rllab. All of it is constant.
 *
 * @param advantages how rewards to come are added up
 * @param baseline what they are compared with; nothing if empty
 * @param standardised whether advantages of a task get mean 0 and deviation 1
 */
public record Judge(Advantages advantages, Optional<TimePolynomial> baseline, boolean standardised) {
    /** What a policy learns from. */
    Lesson judge(Trajectories lived) {
        Tensor reward = lived.rewards().to(DType.FLOAT64);
        Tensor none = Tensors.zerosLike(reward);
        Tensor ended = lived.ended();
        Tensor toCome = new Advantages(advantages.gamma(), 1)
                .episodes(reward, none, none, ended, none, Advantages.Ends.MERGED)
                .advantage();
        Tensor value = baseline.map(b -> b.values(lived, toCome)).orElse(none);
        Tensor mask = lived.lived().to(DType.FLOAT64);
        Tensor advantage = advantages
                .episodes(reward, value, next(value), ended, none, Advantages.Ends.MERGED)
                .advantage()
                .mul(mask);
        Tensor count = mask.sum(1, 2);
        Tensor scale = Tensors.onesLike(count);
        if (standardised) {
            Tensor mean = spread(advantage.sum(1, 2).div(count));
            Tensor centred = advantage.sub(mean).mul(mask);
            Tensor deviation = centred.square().sum(1, 2).div(count).sqrt();
            scale = deviation.add(Advantages.EPSILON).pow(-1);
            advantage = centred.mul(spread(scale));
        }
        DType dtype = lived.dtype();
        return new Lesson(
                lived.moments(),
                lived.actions(),
                lived.lived(),
                advantage.to(dtype),
                lived.returns(),
                toCome.select(2, 0).to(dtype),
                scale.to(dtype));
    }

    private static Tensor next(Tensor value) {
        int steps = (int) value.size(2);
        Tensor none = Tensors.zerosLike(value.slice(2, 0, 1));
        return Tensors.cat(List.of(value.slice(2, 1, steps), none), 2);
    }

    private static Tensor spread(Tensor perTask) {
        return perTask.reshape(-1, 1, 1);
    }
}
