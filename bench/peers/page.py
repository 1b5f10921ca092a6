"""Writes docs/BENCHMARKS.md and its picture from the results of all cases."""
import importlib.metadata
import json
import os
import platform
import re
import statistics
import subprocess

from cases import CASES, OURS
from workers import ROOT

PAGE = os.path.join(ROOT, "docs", "BENCHMARKS.md")
PICTURE = os.path.join("images", "benchmarks.svg")


def shown(seconds):
    """A time in the unit that suits it, to three digits."""
    for factor, unit in ((1, "s"), (1e3, "ms"), (1e6, "us")):
        if seconds * factor >= 1:
            value = seconds * factor
            return f"{value:.{max(0, 3 - len(str(int(value))))}f} {unit}"
    return f"{seconds * 1e6:.3f} us"


def ratio(ours, other, clock):
    """The median over rounds of our time by theirs in the same round."""
    return statistics.median(a / b for a, b in zip(ours[clock], other[clock]))


def timed(result):
    return {name: side for name, side in result["sides"].items() if side.get("wall")}


def best(result):
    """The fastest of the peers."""
    peers = {name: side for name, side in timed(result).items() if name != OURS}
    return min(peers, key=lambda name: statistics.median(peers[name]["wall"])) if peers else None


def rows(case, results):
    yield f"| {case.unit.capitalize()} | cores | {OURS} | best peer | ours / peer, wall | processor |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for r in results:
        sides, name = timed(r), best(r)
        if OURS in sides and name is None:
            yield f"| {r['configuration']} | {r['threads']} | {shown(statistics.median(sides[OURS]['wall']))} | | | |"
        if OURS not in sides or name is None:
            continue
        ours, peer = sides[OURS], sides[name]
        yield (f"| {r['configuration']} | {r['threads']} | {shown(statistics.median(ours['wall']))} | {name} {shown(statistics.median(peer['wall']))}"
               f" | **{ratio(ours, peer, 'wall'):.2f}** | {ratio(ours, peer, 'cpu'):.2f} |")


def grown(results):
    """Memory, a row for each number of steps."""
    names = list(results[0]["sides"])
    yield "| | " + " | ".join(names) + " |"
    yield "| --- |" + " --- |" * len(names)
    for r in results:
        yield f"| {r['configuration']} | " + " | ".join(f"{r['sides'][n]['peak'] / 2**20:.1f}" for n in names) + " |"


def details(case, results):
    yield f"| {case.unit.capitalize()} | cores | | wall, median | best | spread | processor | peak memory | first loss | differs | ours / it |"
    yield "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |"
    for r in results:
        sides = timed(r)
        for name, side in r["sides"].items():
            start = f"| {r['configuration']} | {r['threads']} | {name} | "
            if name not in sides:
                yield start + f"left out: {side['skip'][:120]} |" + " |" * 7
                continue
            wall = side["wall"]
            middle = statistics.median(wall)
            against = f"{ratio(sides[OURS], side, 'wall'):.2f}" if name != OURS and OURS in sides else ""
            yield start + " | ".join((
                shown(middle), shown(min(wall)), f"{100 * (max(wall) - min(wall)) / middle:.0f} %",
                shown(statistics.median(side["cpu"])), f"{side['peak'] / 2**20:.0f} MiB" if side["peak"] else "",
                f"{side['losses'][0]:.6g}" if side.get("losses") else "", f"{side['difference']:.0e}" if "difference" in side and name != OURS else "", against)) + " |"


def speedups(results):
    """Ours on all cores by ours on one."""
    by = {(r["configuration"], r["threads"]): timed(r)[OURS]["wall"] for r in results if OURS in timed(r)}
    pairs = [(name, statistics.median(by[name, "one"]) / statistics.median(by[name, "all"]))
             for name, threads in by if threads == "all" and (name, "one") in by]
    return "; ".join(f"{name} {speed:.2f}" for name, speed in pairs)


def machine():
    with open("/proc/cpuinfo") as file:
        model = re.search(r"model name\s*:\s*(.*)", file.read()).group(1)
    with open("/proc/meminfo") as file:
        memory = int(re.search(r"MemTotal:\s*(\d+)", file.read()).group(1)) / 2**20
    return f"{model}, {len(os.sched_getaffinity(0))} cores, {memory:.0f} GiB, {platform.system()} {platform.release()}"


def versions():
    """Of the peers, of Java, and of these sources."""
    found = [f"{name} {importlib.metadata.version(name)}" for name in ("torch", "jax", "jaxlib", "numpy")]
    home = os.environ.get("JAVA_HOME")
    java = subprocess.run([os.path.join(home, "bin", "java") if home else "java", "-version"], capture_output=True, text=True).stderr.splitlines()[0]
    revision = subprocess.run(["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True).stdout.strip()
    return ", ".join([f"Python {platform.python_version()}", *found, java, f"Deutero at {revision}"])


def load(folder):
    everything = {}
    for case in CASES:
        path = os.path.join(folder, case.key + ".json")
        if os.path.exists(path):
            with open(path) as file:
                everything[case] = json.load(file)
    return everything


HEAD = """# Side by side with peers

Made by `bench/peers/compare`; not edited by hand. The same mathematics in Deutero, PyTorch and JAX, each as its users would write it: ours is a recipe in the trainer with the defaults for everything that is not a
matter of the comparison. All sides start from the same file of numbers, and their first losses are compared before a clock runs (to six digits on sinusoids; for convolutions `cases.py` says why fewer). Then they take turns: a process is stopped while it is not its turn. Times are
medians over rounds; a ratio is the median over rounds of ours by theirs in the same round, so **below 1 ours is faster**. Wall and processor time are read from outside, the same way for all. On one core a process is pinned to it;
on all it has its own defaults. [bench/peers](../bench/peers/README.md) says how to repeat it.

![Time of the peers in units of ours](images/benchmarks.svg)
"""


def write(folder):
    everything = load(folder)
    text = [HEAD]
    for case, results in everything.items():
        text += [f"## {case.key}. {case.title}", "", case.text, ""]
        text += [f"Target: {case.target}.", ""] if case.target else []
        text += list(grown(results) if case.unit == "memory" else rows(case, results)) + [""]
        speed = speedups(results)
        text += [f"Ours on all cores against one, times as fast: {speed}.", ""] if speed else []
        if case.unit != "memory":
            text += ["<details><summary>All sides</summary>", "", *details(case, results), "", "</details>", ""]
        runs = sorted({(r["date"], r["command"], r["machine"], r["versions"]) for r in results})
        text += [f"Measured {date} by `{command}` on {where}; {what}." for date, command, where, what in runs] + [""]
    with open(PAGE, "w") as file:
        file.write("\n".join(text).rstrip() + "\n")
    import picture

    picture.draw(everything, os.path.join(ROOT, "docs", PICTURE))
