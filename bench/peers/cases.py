"""What is compared: for each case its configurations, the numbers that all start from, and the programs that take part."""
import math
import os
from dataclasses import dataclass, field

import numpy as np

import common

HERE = os.path.dirname(os.path.abspath(__file__))
OURS = "Deutero"
DEUTERO = os.environ.get("DEUTERO_COMMAND", "{root}/deutero")
FIRST = os.path.join(HERE, "first_step.py")


@dataclass(eq=False)
class Configuration:
    """One row of a case. `make(path)` writes its file; `without` names those who do not take part, with the reason; `known`: losses that must come out; `checked`: whether values are compared; `memory`: inner steps of which memory is measured; `commands`: what is started, where the start itself is measured;
    `digits` and `later`: how far the first loss and those after updates may differ, relative."""

    name: str
    make: object
    units: int
    without: dict = field(default_factory=dict)
    known: tuple = ()
    commands: dict = field(default_factory=dict)
    digits: float = 5e-6
    later: float = 5e-6
    checked: bool = True
    memory: int = 0


@dataclass(eq=False)
class Case:
    """`sides`: script and arguments by name, besides ours; `unit` is what a configuration has `units` of in each step."""

    key: str
    title: str
    unit: str
    text: str
    sides: dict
    configurations: list
    target: str = ""


def _counted(steps):
    return f"{steps} step{'s' if steps > 1 else ''}"


def _recipe(name):
    return os.path.join(HERE, "recipes", name + ".yaml")


def _write(path, theta, batches, recipe, overrides, **settings):
    tensors = {"theta." + name: np.asarray(value) for name, value in theta.items()}
    for i, name in enumerate(("supportX", "supportY", "queryX", "queryY")):
        tensors[name] = np.stack([batch[i] for batch in batches])
    settings = {"kind": "meta-training", "recipe": _recipe(recipe), "overrides": "\n".join(overrides), **settings}
    common.write(path, tensors, {name: str(value) for name, value in settings.items()})


def sinusoid_weights():
    """A perceptron 1-40-40-1 as PyTorch makes it from seed 1."""
    import torch

    torch.manual_seed(1)
    layers = [torch.nn.Linear(1, 40), torch.nn.Linear(40, 40), torch.nn.Linear(40, 1)]
    parts = (("weight", lambda l: l.weight), ("bias", lambda l: l.bias))
    return {f"l{i}.{n}": of(layer).detach().numpy() for i, layer in enumerate(layers) for n, of in parts}


def sinusoids(rng, tasks):
    amplitude, phase = rng.uniform(0.1, 5, (tasks, 1, 1)), rng.uniform(0, np.pi, (tasks, 1, 1))
    x = rng.uniform(-5, 5, (tasks, 20, 1))
    y = amplitude * np.sin(x - phase)
    return tuple(a.astype(np.float32) for a in (x[:, :10], y[:, :10], x[:, 10:], y[:, 10:]))


def sinusoid_memory(steps, estimator):
    """For case e: small steps, so that hundreds of them stay finite, and all tasks at once on all sides."""
    def make(path):
        overrides = [f"method.inner-steps={steps}", "training.shard=25", f"meta-gradient.name={estimator}"]
        _write(path, sinusoid_weights(), [sinusoids(np.random.RandomState(0), 25)], "sinusoid-maml", overrides, **{
            "network": "mlp", "steps": steps, "inner-rate": 0.01, "outer-rate": 0.001, "epsilon": 1e-8})

    return make


def _sinusoid_maml(steps, tasks):
    def make(path):
        rng = np.random.RandomState(0)
        batches = [sinusoids(rng, tasks) for _ in range(20 if tasks < 100 else 4)]
        overrides = [f"method.inner-steps={steps}", f"training.meta-batch={tasks}"]
        _write(path, sinusoid_weights(), batches, "sinusoid-maml", overrides, **{
            "network": "mlp", "steps": steps, "inner-rate": 0.01, "outer-rate": 0.001, "epsilon": 1e-8})

    return make


def _predictions(path):
    rng = np.random.RandomState(0)
    _write(path, conv_weights(rng, False), [drawings(rng, 1)], "conv4-protonet", [], kind="predictions", way=5)


def _sinusoid_es(path):
    rng = np.random.RandomState(0)
    batches = [sinusoids(rng, 25) for _ in range(8)]
    _write(path, sinusoid_weights(), batches, "sinusoid-es", [], **{"network": "mlp", "pairs": 256, "std": 0.02, "outer-rate": 0.001, "epsilon": 1e-8})


def conv_weights(rng, head):
    """Conv-4 of 64 filters: uniform within one over the root of the inputs, as PyTorch has it."""
    theta, channels = {}, 1
    for i in range(4):
        bound = 1 / math.sqrt(channels * 9)
        theta[f"conv{i}.weight"] = rng.uniform(-bound, bound, (64, channels, 3, 3))
        theta[f"conv{i}.bias"] = rng.uniform(-bound, bound, 64)
        theta[f"norm{i}.weight"] = np.ones(64)
        theta[f"norm{i}.bias"] = np.zeros(64)
        channels = 64
    if head:
        theta["head.weight"] = rng.uniform(-1 / 8, 1 / 8, (5, 64))
        theta["head.bias"] = rng.uniform(-1 / 8, 1 / 8, 5)
    return {name: value.astype(np.float32) for name, value in theta.items()}


def drawings(rng, tasks, queries=15, way=5):
    """White pages with three black strokes a class, moved and disturbed a little from item to item; class-major as ours are."""
    at = np.arange(28)
    pages = np.zeros((tasks, way, 1 + queries, 28, 28))
    for t, c in np.ndindex(tasks, way):
        for start, end in zip(rng.uniform(4, 24, (3, 2)), rng.uniform(4, 24, (3, 2))):
            for item in range(1 + queries):
                a, b = start + rng.normal(0, 1, 2), end + rng.normal(0, 1, 2)
                for s in np.linspace(0, 1, 12):
                    p = a + s * (b - a)
                    ink = np.exp(-((at - p[0])[:, None] ** 2 + (at - p[1])[None, :] ** 2) / 2)
                    pages[t, c, item] = np.maximum(pages[t, c, item], ink)
    pages = pages.astype(np.float32)[:, :, :, None]

    def part(items):
        labels = np.tile(np.repeat(np.arange(way), items.shape[2]), (tasks, 1))
        return items.reshape(tasks, -1, 1, 28, 28), labels

    return part(pages[:, :, :1]) + part(pages[:, :, 1:])


def _conv(recipe, head, batches, tasks=16, way=5, queries=15, **settings):
    def make(path):
        rng = np.random.RandomState(0)
        theta = conv_weights(rng, head)
        given = [drawings(rng, tasks, queries, way) for _ in range(batches)]
        overrides = [f"training.meta-batch={tasks}", f"tasks.way={way}", f"tasks.queries={queries}"]
        overrides += [f"method.inner-steps={settings['steps']}"] if "steps" in settings else []
        _write(path, theta, given, recipe, overrides, way=way, network="conv", **{"inner-rate": 0.1, "outer-rate": 0.001, "epsilon": 0.001, **settings})

    return make


FORWARD = "PyTorch, forward pass"
FUNC, LOOP, COMPILED, JAX = "torch.func + vmap", "PyTorch loop", "torch.func, compiled", "JAX jit + vmap"
MAML = {
    LOOP: ["maml_torch.py"],
    FUNC: ["maml_torch_func.py"],
    COMPILED: ["maml_torch_func.py", "--compile"],
    JAX: ["maml_jax.py"],
}
# Pooling and ReLU choose between numbers that may differ by rounding only, and each other choice is another gradient: measured, float32 with the normalisation of PyTorch itself is 2e-4 from float64 after one step.
# Ours runs channels-last, where libtorch's float32 batch normalisation is off by up to 5e-4 in channels that hardly vary (6e-7 in the other layout); in float64 features agree to 1e-12.
KINKS = {"digits": 2e-3, "later": 3e-2}
LONG = {COMPILED: "compiling takes minutes"}
MANY = {**LONG, LOOP: "a loop takes forty times as long for forty times the tasks"}

CASES = [
    Case(
        "a",
        "Sinusoid MAML",
        "meta-step",
        "Second order, 10 support and 10 query points, network 1-40-40-1 with ReLU, inner rate 0.01, Adam of 0.001 outside.",
        MAML,
        [
            Configuration(
                f"{_counted(steps)}, {tasks:,} tasks",
                _sinusoid_maml(steps, tasks),
                1,
                MANY if tasks > 25 else LONG if steps > 5 else {},
                known if tasks == 25 else (),
            )
            for tasks in (25, 1000)
            for steps, known in (
                (1, (5.361512, 5.426761, 4.259671)),
                (5, (5.305056, 5.049108, 4.618570)),
                (10, ()),
            )
        ],
        "5 steps: at most 1.0 times JAX, with 25 and with 1,000 tasks",
    ),
    Case(
        "b",
        "Conv-4 MAML",
        "task",
        "Second order, 64 filters, max-pooling, statistics of the batch, 28x28 drawings, 5 classes, 1 shot, 15 queries a class, 16 tasks an update.",
        MAML,
        [
            Configuration("1 step", _conv("conv4-maml", True, 2, steps=1), 16, **KINKS),
            Configuration("5 steps", _conv("conv4-maml", True, 2, steps=5), 16, {**LONG, JAX: "takes ten times as long as PyTorch, see 1 step"}, **KINKS),
        ],
        "at most 0.5 times the best of the peers",
    ),
    Case(
        "c",
        "Prototypical network",
        "episode",
        "Conv-4 of 64 filters, support and query images as one batch, running averages of its statistics kept; forward, backward and Adam. 1 shot.",
        {"PyTorch": ["protonet_torch.py"], "PyTorch, compiled": ["protonet_torch.py", "--compile"], JAX: ["protonet_jax.py"]},
        [
            Configuration("16 episodes of 5 classes, 15 queries each", _conv("conv4-protonet", False, 2), 16, **KINKS),
            Configuration("1 episode of 60 classes, 5 queries each", _conv("conv4-protonet", False, 8, 1, 60, 5), 1, **KINKS),
        ],
        "at most 0.5 times PyTorch",
    ),
    Case(
        "g",
        "Evolution strategies",
        "perturbed copy",
        "A generation of 256 mirrored pairs of the network 1-40-40-1, judged on 250 points, the estimate and Adam; no gradients. Each side draws its own noise.",
        {"functional_call + vmap": ["es_torch.py"], JAX: ["es_jax.py"]},
        [Configuration("512 copies", _sinusoid_es, 512, later=0.1)],
        "at most a third of functional_call + vmap",
    ),
    Case(
        "f",
        "Start",
        "command",
        "From the command to the end of its process: the first update of sinusoid MAML (ours makes a run folder with two checkpoints, a report and an evaluation on one task, too), and `--help`. After one start that is not counted.",
        {},
        [
            Configuration("first update", None, 1, commands={
                OURS: [DEUTERO, "train", "sinusoid-10shot-maml", "--out", "{out}", "--set", "training.iterations=1",
                       "--set", "training.validate-every=0", "--set", "evaluation.tasks=1"],
                FUNC: ["{python}", FIRST, "maml_torch_func", "{file}"],
                JAX: ["{python}", FIRST, "maml_jax", "{file}"],
            }),
            Configuration("--help", None, 1, commands={OURS: [DEUTERO, "--help"]}),
        ],
        "4 s and 0.5 s",
    ),
    Case(
        "h",
        "Predictions after adapt",
        "prediction",
        "One picture at a time through the Conv-4 of a prototypical network that was shown 5 classes. Ours is `FewShotClassifier.predict` with all that it does to users' pictures; PyTorch gets them as it needs them and does the forward pass only.",
        {FORWARD: ["predict_torch.py"]},
        [Configuration("28x28 pixels", _predictions, 1, checked=False)],
    ),
    Case(
        "e",
        "Peak memory against the number of inner steps",
        "memory",
        "Sinusoid MAML, 25 tasks at once, one update: how far resident memory rises above what the process had after an update with one inner step. MiB.",
        {OURS + ", unroll": None, OURS + ", sweep": None, OURS + ", mixed-mode": None,
         "PyTorch, graph over all steps": ["unroll_torch.py"], "PyTorch, checkpoints": ["unroll_torch.py", "--checkpoint"]},
        [Configuration(f"T = {steps}", None, 1, memory=steps) for steps in (1, 5, 20, 50, 100, 200)],
        "at T = 100 at most a tenth of PyTorch's graph",
    ),
]
CASES.sort(key=lambda case: case.key)
