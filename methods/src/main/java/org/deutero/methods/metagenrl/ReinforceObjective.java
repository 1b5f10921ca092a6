package org.deutero.methods.metagenrl;

import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.learn.reinforcement.Advantages;
import org.deutero.methods.td3.Segments;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * The hand-made objective that a learned one is compared with: the squared distance of what the policy would do to what was done, times the advantage of what was done (REINFORCE off policy, with a normal distribution around the policy). In bandits the advantage is the reward less the value.
 *
 * @param advantages generalised advantages; discount 0.99 and lambda 0.97 in print
 */
public record ReinforceObjective(Advantages advantages) implements Objective {
    @Override
    public Params init(RandomGenerator rng, DType dtype) {
        return Params.EMPTY;
    }

    @Override
    public Tensor losses(Params alpha, Segments segments, Tensor policy, Tensor values) {
        int steps = segments.steps();
        Tensor mask = segments.mask();
        Tensor goesOn = Tensors.cat(List.of(mask.slice(2, 1, steps), Tensors.zerosLike(mask.slice(2, 0, 1))), 2);
        Tensor advantage = advantages
                .episodes(
                        segments.reward(),
                        values.slice(2, 0, steps),
                        values.slice(2, 1, steps + 1L),
                        segments.terminated(),
                        mask.sub(goesOn), // where a segment ends, so does the trace
                        Advantages.Ends.SEPARATE)
                .advantage();
        return segments.action().sub(policy).square().sum(3).mul(advantage).mul(mask);
    }
}
