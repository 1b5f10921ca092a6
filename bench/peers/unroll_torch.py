"""MAML in plain PyTorch with all tasks in one batched product, for memory: a graph over all steps, with --checkpoint re-run step by step on the way back."""
import sys

import torch
from torch.utils.checkpoint import checkpoint

from common import serve
from nets_torch import start


def apply(weights, x):
    """x [tasks, n, 1] through the perceptrons of all tasks."""
    for i in range(3):
        x = torch.baddbmm(weights[2 * i + 1][:, None], x, weights[2 * i].transpose(1, 2))
        x = torch.relu(x) if i < 2 else x
    return x


def make(given):
    theta, batches, adam = start(given)
    rate, steps = given.number("inner-rate"), given.whole("steps")

    def inner(x, y, *weights):
        loss = (apply(weights, x) - y).square().mean((1, 2)).sum()
        gradient = torch.autograd.grad(loss, weights, create_graph=True)
        return tuple(w - rate * g for w, g in zip(weights, gradient))

    def step(i):
        adam.zero_grad()
        sx, sy, qx, qy = batches[i % len(batches)]
        weights = tuple(w.expand(len(sx), *w.shape) for w in theta.values())
        for _ in range(steps):
            if "--checkpoint" in sys.argv:
                weights = checkpoint(inner, sx, sy, *weights, use_reentrant=False)
            else:
                weights = inner(sx, sy, *weights)
        loss = (apply(weights, qx) - qy).square().mean()
        loss.backward()
        adam.step()
        return loss.detach()

    return step


if __name__ == "__main__":
    serve(make)
