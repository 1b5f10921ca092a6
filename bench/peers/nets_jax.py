"""The networks in JAX, as functions of named weights on the items of one task; statistics of the batch. Adam."""
import jax
import jax.numpy as jnp
from jax import lax


def mlp(weights, x):
    h = jax.nn.relu(x @ weights["l0.weight"].T + weights["l0.bias"])
    h = jax.nn.relu(h @ weights["l1.weight"].T + weights["l1.bias"])
    return h @ weights["l2.weight"].T + weights["l2.bias"]


def conv_features(weights, h, moments=None):
    """`moments`: a list to which mean and unbiased variance of each layer are added."""
    for i in range(4):
        h = lax.conv_general_dilated(h, weights[f"conv{i}.weight"], (1, 1), "SAME", dimension_numbers=("NCHW", "OIHW", "NCHW"))
        h = h + weights[f"conv{i}.bias"][:, None, None]
        mean, variance = h.mean((0, 2, 3)), h.var((0, 2, 3))
        if moments is not None:
            count = h.size / h.shape[1]
            moments.append((mean, variance * (count / (count - 1))))
        scale = weights[f"norm{i}.weight"] * lax.rsqrt(variance + 1e-5)
        h = (h - mean[:, None, None]) * scale[:, None, None] + weights[f"norm{i}.bias"][:, None, None]
        h = lax.reduce_window(jax.nn.relu(h), -jnp.inf, lax.max, (1, 1, 2, 2), (1, 1, 2, 2), "VALID")
    return h.reshape(h.shape[0], -1)


def conv(weights, x):
    return conv_features(weights, x) @ weights["head.weight"].T + weights["head.bias"]


def squared_error(outputs, targets):
    return jnp.square(outputs - targets).mean()


def cross_entropy(outputs, labels):
    return -jnp.take_along_axis(jax.nn.log_softmax(outputs), labels[:, None], 1).mean()


def network(given):
    """The network and its loss."""
    return (mlp, squared_error) if given.settings["network"] == "mlp" else (conv, cross_entropy)


def start(given):
    """Meta-parameters with Adam's moments and count, and batches."""
    theta = {name: jnp.asarray(value) for name, value in given.theta.items()}
    zeros = jax.tree.map(jnp.zeros_like, theta)
    batches = [tuple(jnp.asarray(part) for part in batch) for batch in given.batches]
    return (theta, zeros, zeros, jnp.zeros((), jnp.float32)), batches


def adam(state, gradient, given):
    theta, first, second, count = state
    rate, epsilon = given.number("outer-rate"), given.number("epsilon")
    count = count + 1
    first = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, first, gradient)
    second = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * g * g, second, gradient)
    a, b = 1 - 0.9**count, 1 - 0.999**count
    theta = jax.tree.map(lambda p, m, v: p - rate * (m / a) / (jnp.sqrt(v / b) + epsilon), theta, first, second)
    return theta, first, second, count
