"""MAML in JAX: grad inside, vmap over tasks, grad outside, one jit around the whole meta-step with Adam."""
import jax

from common import serve
from nets_jax import adam, network, start


def make(given):
    state, batches = start(given)
    apply, loss = network(given)
    rate, steps = given.number("inner-rate"), given.whole("steps")
    inner = jax.grad(lambda weights, x, y: loss(apply(weights, x), y))

    def task_loss(weights, sx, sy, qx, qy):
        for _ in range(steps):
            weights = jax.tree.map(lambda w, g: w - rate * g, weights, inner(weights, sx, sy))
        return loss(apply(weights, qx), qy)

    @jax.jit
    def meta_step(state, batch):
        def meta_loss(theta):
            return jax.vmap(task_loss, (None, 0, 0, 0, 0))(theta, *batch).mean()

        value, gradient = jax.value_and_grad(meta_loss)(state[0])
        return adam(state, gradient, given), value

    def step(i):
        nonlocal state
        state, value = meta_step(state, batches[i % len(batches)])
        return value

    return step


if __name__ == "__main__":
    serve(make)
