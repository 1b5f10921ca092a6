"""Evolution strategies in JAX: mirrored copies by vmap, one jit around noise, fitness, estimate and Adam."""
import jax
import jax.numpy as jnp

from common import serve
from nets_jax import adam, mlp, squared_error, start


def make(given):
    state, batches = start(given)
    pairs, std = given.whole("pairs"), given.number("std")

    def fitness(weights, x, y):
        return squared_error(mlp(weights, x), y)

    @jax.jit
    def generation(state, key, batch):
        x, y = (part.reshape(-1, 1) for part in batch[2:])
        theta = state[0]
        keys = dict(zip(theta, jax.random.split(key, len(theta))))
        noise = {n: jax.random.normal(keys[n], (pairs, *w.shape)) for n, w in theta.items()}
        copies = {n: jnp.concatenate((w + std * noise[n], w - std * noise[n])) for n, w in theta.items()}
        values = jax.vmap(fitness, (0, None, None))(copies, x, y)
        weights = (values[:pairs] - values[pairs:]) / (2 * pairs * std)
        estimate = {n: jnp.tensordot(weights, e, 1) for n, e in noise.items()}
        return adam(state, estimate, given), fitness(theta, x, y)

    def step(i):
        nonlocal state
        state, value = generation(state, jax.random.key(i), batches[i % len(batches)])
        return value

    return step


if __name__ == "__main__":
    serve(make)
