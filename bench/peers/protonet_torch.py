"""Prototypical networks in plain PyTorch: episode after episode, one update for all. With --compile under torch.compile."""
import sys

import torch
import torch.nn.functional as F

from common import Skip, serve
from nets_torch import conv_features, start


def episode_loss(theta, running, sx, sy, qx, qy):
    """Support and query images pass as one batch; logits are minus squared distances to the class means."""
    features = conv_features(theta, torch.cat((sx, qx)), running)
    support, queries = features[: len(sx)], features[len(sx):]
    return F.cross_entropy(-((queries[:, None] - support[None]) ** 2).sum(2), qy)  # one shot: each is its class's mean


def make(given):
    theta, batches, adam = start(given)
    running = [(torch.zeros(64), torch.ones(64)) for _ in range(4)]
    loss = torch.compile(episode_loss) if "--compile" in sys.argv else episode_loss

    def step(i):
        adam.zero_grad()
        batch = batches[i % len(batches)]
        total = torch.zeros(())
        for episode in zip(*batch):
            try:
                value = loss(theta, running, *episode) / len(batch[0])
                value.backward()
            except Exception as e:
                if "--compile" not in sys.argv:
                    raise
                raise Skip(f"torch.compile: {type(e).__name__}: {str(e)[:200]}") from e
            total += value.detach()
        adam.step()
        return total

    return step


if __name__ == "__main__":
    serve(make)
