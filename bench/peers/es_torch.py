"""Evolution strategies in PyTorch: mirrored copies of a module's parameters, all at once by functional_call and vmap, no gradients."""
import torch
from torch.func import functional_call, vmap

from common import serve


def make(given):
    net = torch.nn.Sequential(
        torch.nn.Linear(1, 40), torch.nn.ReLU(), torch.nn.Linear(40, 40), torch.nn.ReLU(), torch.nn.Linear(40, 1))
    layers = dict(zip(("l0", "l1", "l2"), ("0", "2", "4")))
    net.load_state_dict({layers[n[:2]] + n[2:]: torch.tensor(v) for n, v in given.theta.items()})
    theta = dict(net.named_parameters())
    batches = [tuple(torch.tensor(part) for part in batch) for batch in given.batches]
    adam = torch.optim.Adam(theta.values(), lr=given.number("outer-rate"))
    pairs, std = given.whole("pairs"), given.number("std")

    def fitness(weights, x, y):
        return torch.nn.functional.mse_loss(functional_call(net, weights, (x,)), y)

    @torch.no_grad()
    def step(i):
        x, y = batches[i % len(batches)][2:]
        x, y = x.reshape(-1, 1), y.reshape(-1, 1)
        noise = {n: torch.randn(pairs, *w.shape) for n, w in theta.items()}
        copies = {n: torch.cat((w + std * noise[n], w - std * noise[n])) for n, w in theta.items()}
        values = vmap(fitness, (0, None, None))(copies, x, y)
        weights = (values[:pairs] - values[pairs:]) / (2 * pairs * std)
        value = fitness(theta, x, y)
        for n, w in theta.items():
            w.grad = torch.tensordot(weights, noise[n], 1)
        adam.step()
        return value

    return step


if __name__ == "__main__":
    serve(make)
