package org.deutero.tasks.control;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.deutero.tasks.ArraySize;
import org.deutero.tasks.Chance;
import org.deutero.tasks.world.Actions;
import org.deutero.tasks.world.Canvas;
import org.deutero.tasks.world.Frame;
import org.deutero.tasks.world.World;
import org.deutero.tasks.world.WorldShape;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * A pole on a cart that is pushed left or right (Barto, Sutton, Anderson 1983) with the constants that have become customary: cart of 1 kg, pole of 0.1 kg and half length 0.5 m, 10 N, Euler steps of 0.02 s. An episode ends beyond 2.4 m or 12
 * degrees; every step of 0.02 s until then, the last included, is rewarded with 1.
 *
 * <p>Tensors throughout, in any floating-point type. State {@code cart} [lifetimes, copies, 5]: x in m, speed in m/s, angle to the vertical in radians, angular speed in rad/s, polarity, which is -1 for lives in which the two actions are swapped; agents see nothing of that. Observations: x, speed, 5 times the angle,
 * angular speed.
 *
 * @param start where lives begin, [lifetimes, copies, 5]; later episodes begin with the first four numbers uniform in [-0.05, 0.05)
 * @param horizon steps of an episode at most
 */
public record CartPole(Tensor start, int horizon) implements World {
    /** Beyond this angle, in radians, the pole has fallen. */
    public static final double LARGEST_ANGLE = Math.toRadians(12);

    /** Beyond this place, in metres, the cart has left the track. */
    public static final double LARGEST_PLACE = 2.4;

    /** Numbers that describe where a life begins. */
    static final int FEATURES = 5;

    private static final double LARGEST_START = 0.05;
    private static final double GRAVITY = 9.8;
    private static final double POLE_MASS = 0.1;
    private static final double MASS = 1 + POLE_MASS;
    private static final double HALF_LENGTH = 0.5;
    private static final double FORCE = 10;
    private static final double SECONDS = 0.02;
    private static final double SEEN_ANGLE = 5;
    private static final int POLARITY = 4;
    private static final String CART = "cart";

    /** Refuses starts of other numbers. */
    public CartPole {
        if (start.rank() != 3 || start.size(2) != FEATURES) {
            throw new IllegalArgumentException("starts are " + Arrays.toString(start.shape())
                    + ", but [lifetimes, copies, " + FEATURES + "] was expected");
        }
    }

    /** What agents are built for. */
    public static WorldShape shape(int horizon) {
        return new WorldShape(4, new Actions.Discrete(2), horizon);
    }

    /** A number that lives begin with: uniform in [-0.05, 0.05). */
    static double drawn(RandomGenerator rng) {
        return LARGEST_START * (2 * rng.nextDouble() - 1);
    }

    @Override
    public WorldShape shape() {
        return shape(horizon);
    }

    @Override
    public int size() {
        return Math.toIntExact(start.size(0));
    }

    @Override
    public CartPole slice(int from, int to) {
        Objects.checkFromToIndex(from, to, size());
        return new CartPole(start.slice(0, from, to), horizon);
    }

    @Override
    public CartPole repeat(int times) {
        return new CartPole(start.tile(times), horizon);
    }

    @Override
    public World join(List<? extends World> others) {
        List<Tensor> starts = new ArrayList<>(List.of(start));
        for (World other : others) {
            CartPole cart = (CartPole) other;
            if (cart.horizon != horizon || cart.start.size(1) != start.size(1)) {
                throw new IllegalArgumentException("carts with " + horizon + " steps and " + start.size(1)
                        + " copies cannot be joined with some of " + cart.horizon + " and " + cart.start.size(1));
            }
            starts.add(cart.start);
        }
        return new CartPole(Tensors.cat(starts, 0), horizon);
    }

    @Override
    public Params begin(int copies, DType dtype, Chance chance) {
        return Params.of(CART, start.to(dtype));
    }

    @Override
    public Params again(int copies, DType dtype, Chance chance) {
        double[] numbers = new double[ArraySize.of(size(), copies, POLARITY)];
        for (int life = 0; life < size() * copies; life++) {
            RandomGenerator rng = chance.of(life / copies, life % copies);
            for (int i = 0; i < POLARITY; i++) {
                numbers[life * POLARITY + i] = drawn(rng);
            }
        }
        Tensor fresh = Tensor.of(numbers, size(), copies, POLARITY).to(dtype).to(start.device());
        Tensor polarity = start.slice(2, POLARITY, FEATURES).to(dtype);
        return Params.of(CART, Tensors.cat(List.of(fresh, polarity), 2));
    }

    @Override
    public Tensor observe(Params state, int copies, int step) {
        Tensor cart = state.get(CART);
        return Tensors.cat(List.of(cart.slice(2, 0, 2), cart.slice(2, 2, 3).mul(SEEN_ANGLE), cart.slice(2, 3, 4)), 2);
    }

    @Override
    public Outcome step(Params state, Tensor action, Chance chance) {
        Tensor cart = state.get(CART);
        Tensor x = cart.select(2, 0);
        Tensor speed = cart.select(2, 1);
        Tensor angle = cart.select(2, 2);
        Tensor turning = cart.select(2, 3);
        Tensor polarity = cart.select(2, POLARITY);
        Tensor force = action.to(cart.dtype()).mul(2).sub(1).mul(polarity).mul(FORCE);
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
                        polarity),
                2);
        Tensor stands = within(nextX, LARGEST_PLACE).mul(within(nextAngle, LARGEST_ANGLE));
        return new Outcome(
                Params.of(CART, moved), Tensors.onesLike(x), stands.neg().add(1));
    }

    @Override
    public Optional<Frame> picture(Params state, int lifetime, int copy) {
        double[] cart =
                state.get(CART).select(0, lifetime).select(0, copy).reshape(-1).doubles();
        double ground = 40;
        double x = 32 + 28 * Math.max(-1, Math.min(1, cart[0] / LARGEST_PLACE));
        return Optional.of(new Canvas(48, 64)
                .line(ground + 3, 0, ground + 3, 64, Canvas.INK)
                .line(ground, x, ground - 28 * Math.cos(cart[2]), x + 28 * Math.sin(cart[2]), Canvas.HARM)
                .rectangle((int) ground - 2, (int) Math.round(x) - 6, 5, 12, Canvas.AGENT)
                .frame());
    }

    private static Tensor within(Tensor value, double bound) {
        return value.abs().sub(bound).gt(0).to(DType.INT64).neg().add(1).to(value.dtype());
    }
}
