package org.deutero.tasks.control;

import java.util.List;
import org.deutero.tasks.Environment;
import org.deutero.tensor.DType;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * A pole on a cart that is pushed left or right (Barto, Sutton, Anderson 1983) with the constants that have become customary: cart of 1 kg, pole of 0.1 kg and half length 0.5 m, 10 N, Euler steps of 0.02 s. A life ends beyond 2.4 m or 12
 * degrees; every step until then, the last included, is rewarded with 1.
 *
 * <p>A life begins at (x, speed, angle, angular speed, polarity), polarity -1 for one in which the two actions are swapped, of which the agent sees nothing. States: the same five numbers, then 1 as long as life lasts. Observations: x, speed, 5
 * times the angle, angular speed.
 *
 * @param horizon steps of a life at most
 */
public record CartPole(int horizon) implements Environment {
    /** Beyond this angle, in radians, the pole has fallen. */
    public static final double LARGEST_ANGLE = Math.toRadians(12);

    /** Beyond this place, in metres, the cart has left the track. */
    public static final double LARGEST_PLACE = 2.4;

    private static final double GRAVITY = 9.8;
    private static final double POLE_MASS = 0.1;
    private static final double MASS = 1 + POLE_MASS;
    private static final double HALF_LENGTH = 0.5;
    private static final double FORCE = 10;
    private static final double SECONDS = 0.02;
    private static final double SEEN_ANGLE = 5;
    private static final int POLARITY = 4;
    private static final int ALIVE = 5;

    /** Refuses lives without a step. */
    public CartPole {
        if (horizon < 1) {
            throw new IllegalArgumentException("a life needs at least 1 step, not " + horizon);
        }
    }

    @Override
    public int features() {
        return 5;
    }

    @Override
    public int observations() {
        return 4;
    }

    @Override
    public int actions() {
        return 2;
    }

    @Override
    public Tensor begin(Tensor start) {
        int last = start.rank() - 1;
        return Tensors.cat(List.of(start, Tensors.onesLike(start.slice(last, 0, 1))), last);
    }

    @Override
    public Tensor observe(Tensor state) {
        int last = state.rank() - 1;
        return Tensors.cat(
                List.of(state.slice(last, 0, 2), state.slice(last, 2, 3).mul(SEEN_ANGLE), state.slice(last, 3, 4)),
                last);
    }

    @Override
    public Outcome step(Tensor state, Tensor action) {
        int last = state.rank() - 1;
        Tensor x = state.select(last, 0);
        Tensor speed = state.select(last, 1);
        Tensor angle = state.select(last, 2);
        Tensor turning = state.select(last, 3);
        Tensor polarity = state.select(last, POLARITY);
        Tensor alive = state.select(last, ALIVE);
        Tensor force = action.to(state.dtype()).mul(2).sub(1).mul(polarity).mul(FORCE);
        Tensor sine = angle.sin();
        Tensor cosine = angle.cos();
        Tensor push = force.add(turning.square().mul(sine).mul(POLE_MASS * HALF_LENGTH))
                .div(MASS);
        Tensor inertia = cosine.square().mul(-POLE_MASS / MASS).add(4.0 / 3).mul(HALF_LENGTH);
        Tensor turn = sine.mul(GRAVITY).sub(cosine.mul(push)).div(inertia);
        Tensor acceleration = push.sub(turn.mul(cosine).mul(POLE_MASS * HALF_LENGTH / MASS));
        Tensor nextX = x.addScaled(speed, SECONDS);
        Tensor nextAngle = angle.addScaled(turning, SECONDS);
        Tensor moved = Tensors.stack(
                List.of(
                        nextX,
                        speed.addScaled(acceleration, SECONDS),
                        nextAngle,
                        turning.addScaled(turn, SECONDS),
                        polarity,
                        alive.mul(within(nextX, LARGEST_PLACE)).mul(within(nextAngle, LARGEST_ANGLE))),
                last);
        // What has ended stands still, or numbers of the fallen would grow without bound.
        return new Outcome(Tensors.where(alive.gt(0).unsqueeze(last), moved, state), alive);
    }

    private static Tensor within(Tensor value, double bound) {
        return value.abs().sub(bound).gt(0).to(DType.INT64).neg().add(1).to(value.dtype());
    }
}
