"""MAML in plain PyTorch: a loop over tasks, second order by create_graph."""
import torch

from common import serve
from nets_torch import network, start


def make(given):
    theta, batches, adam = start(given)
    apply, loss = network(given)
    rate, steps = given.number("inner-rate"), given.whole("steps")

    def task_loss(sx, sy, qx, qy):
        weights = theta
        for _ in range(steps):
            gradient = torch.autograd.grad(loss(apply(weights, sx), sy), list(weights.values()), create_graph=True)
            weights = {n: w - rate * g for (n, w), g in zip(weights.items(), gradient)}
        return loss(apply(weights, qx), qy)

    def step(i):
        adam.zero_grad()
        batch = batches[i % len(batches)]
        total = torch.zeros(())
        for task in zip(*batch):
            value = task_loss(*task) / len(batch[0])
            value.backward()
            total += value.detach()
        adam.step()
        return total

    return step


if __name__ == "__main__":
    serve(make)
