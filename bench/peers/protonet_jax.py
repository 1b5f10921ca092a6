"""Prototypical networks in JAX: vmap over episodes, one jit around the whole update with Adam and running averages."""
import jax
import jax.numpy as jnp

from common import serve
from nets_jax import adam, conv_features, cross_entropy, start


def episode_loss(theta, sx, sy, qx, qy):
    """Support and query images pass as one batch; logits are minus squared distances to the shots, each the mean of its class."""
    moments = []
    features = conv_features(theta, jnp.concatenate((sx, qx)), moments)
    support, queries = features[: len(sx)], features[len(sx):]
    return cross_entropy(-jnp.square(queries[:, None] - support[None]).sum(2), qy), moments


def make(given):
    state, batches = start(given)
    running = [(jnp.zeros(64), jnp.ones(64)) for _ in range(4)]

    @jax.jit
    def update(state, running, batch):
        def loss(theta):
            losses, moments = jax.vmap(episode_loss, (None, 0, 0, 0, 0))(theta, *batch)
            return losses.mean(), moments

        (value, moments), gradient = jax.value_and_grad(loss, has_aux=True)(state[0])
        running = jax.tree.map(lambda old, new: 0.9 * old + 0.1 * new.mean(0), running, moments)
        return adam(state, gradient, given), running, value

    def step(i):
        nonlocal state, running
        state, running, value = update(state, running, batches[i % len(batches)])
        return value

    return step


if __name__ == "__main__":
    serve(make)
