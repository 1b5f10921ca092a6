"""The networks in PyTorch, as functions of named weights on the items of one task; statistics of the batch."""
import functools

import torch
import torch.nn.functional as F


def mlp(weights, x):
    h = F.relu(F.linear(x, weights["l0.weight"], weights["l0.bias"]))
    h = F.relu(F.linear(h, weights["l1.weight"], weights["l1.bias"]))
    return F.linear(h, weights["l2.weight"], weights["l2.bias"])


def composed_norm(h, weight, bias):
    """Normalisation by elementary operations. Under torch.func the second derivatives of F.batch_norm are wrong (torch 2.13, float64: the loss is right and its meta-gradient off by 1e-3, and not zero for the biases before it)."""
    variance, mean = torch.var_mean(h, (0, 2, 3), keepdim=True, correction=0)
    return (h - mean) * torch.rsqrt(variance + 1e-5) * weight[:, None, None] + bias[:, None, None]


def conv_features(weights, h, running=None, composed=False):
    """`running`: averages by layer that are moved, as nn.BatchNorm2d does it."""
    for i in range(4):
        h = F.conv2d(h, weights[f"conv{i}.weight"], weights[f"conv{i}.bias"], padding=1)
        mean, variance = running[i] if running else (None, None)
        scale, shift = weights[f"norm{i}.weight"], weights[f"norm{i}.bias"]
        h = composed_norm(h, scale, shift) if composed else F.batch_norm(h, mean, variance, scale, shift, training=True)
        h = F.max_pool2d(F.relu(h), 2)
    return h.flatten(1)


def conv(weights, x, composed=False):
    return F.linear(conv_features(weights, x, composed=composed), weights["head.weight"], weights["head.bias"])


def network(given, functional=False):
    """The network and its loss."""
    if given.settings["network"] == "mlp":
        return mlp, F.mse_loss
    return functools.partial(conv, composed=functional), F.cross_entropy


def start(given):
    """Meta-parameters as leaves, batches as tensors, and the outer optimiser."""
    theta = {name: torch.tensor(value, requires_grad=True) for name, value in given.theta.items()}
    batches = [tuple(torch.tensor(part) for part in batch) for batch in given.batches]
    return theta, batches, torch.optim.Adam(theta.values(), lr=given.number("outer-rate"), eps=given.number("epsilon"))
