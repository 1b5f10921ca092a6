"""MAML by torch.func: grad inside, vmap over tasks, grad outside. With --compile under torch.compile."""
import sys

import torch
from torch.func import grad, grad_and_value, vmap

from common import Skip, serve
from nets_torch import network, start


def make(given):
    theta, batches, adam = start(given)
    apply, loss = network(given, functional=True)
    rate, steps = given.number("inner-rate"), given.whole("steps")
    inner = grad(lambda weights, x, y: loss(apply(weights, x), y))

    def task_loss(weights, sx, sy, qx, qy):
        for _ in range(steps):
            gradient = inner(weights, sx, sy)
            weights = {n: w - rate * gradient[n] for n, w in weights.items()}
        return loss(apply(weights, qx), qy)

    def meta_loss(weights, batch):
        return vmap(task_loss, (None, 0, 0, 0, 0))(weights, *batch).mean()

    gradient_and_loss = grad_and_value(meta_loss)
    if "--compile" in sys.argv:
        gradient_and_loss = torch.compile(gradient_and_loss)

    def step(i):
        plain = {n: w.detach() for n, w in theta.items()}
        try:
            gradient, value = gradient_and_loss(plain, batches[i % len(batches)])
        except Exception as e:  # of many kinds, all of which mean that it cannot be compiled
            if "--compile" not in sys.argv:
                raise
            raise Skip(f"torch.compile: {type(e).__name__}: {str(e)[:200]}") from e
        for n, w in theta.items():
            w.grad = gradient[n]
        adam.step()
        return value

    return step


if __name__ == "__main__":
    serve(make)
