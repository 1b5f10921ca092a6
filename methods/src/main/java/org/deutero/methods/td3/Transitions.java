package org.deutero.methods.td3;

import org.deutero.tensor.Tensor;

/**
 * Steps of lives, in no order.
 *
 * @param observation before the action, [tasks, n, observations]
 * @param action [tasks, n, numbers]
 * @param reward [tasks, n]
 * @param terminated 1 where nothing more came, [tasks, n]
 * @param mask 0 where there is no step, but padding, [tasks, n]
 * @param next what was seen where the step has led, like {@code observation}
 */
public record Transitions(
        Tensor observation, Tensor action, Tensor reward, Tensor terminated, Tensor mask, Tensor next) {}
