"""The picture of docs/BENCHMARKS.md: a row for each configuration, a mark for each peer at its time in units of ours."""
import statistics

from cases import OURS

COLOURS = {"PyTorch": "#d95f02", "torch": "#7570b3", "compiled": "#e7298a", "JAX": "#1b9e77"}


def colour(name):
    return next((c for word, c in COLOURS.items() if word in name and ("compiled" not in name or word == "compiled")), "#666666")


def draw(everything, path):
    try:
        import matplotlib
    except ImportError:
        print("matplotlib is not there: the picture stays as it was")
        return
    matplotlib.use("svg")
    import matplotlib.pyplot as plt

    matplotlib.rcParams["svg.hashsalt"] = "deutero"  # equal results are equal bytes
    labels, marks = [], []
    for case, results in everything.items():
        for r in results:
            sides = {n: s for n, s in r["sides"].items() if s.get("wall")}
            if OURS not in sides or len(sides) < 2:
                continue
            labels.append(f"{case.title}, {r['configuration']}, {r['threads']} core{'s' if r['threads'] == 'all' else ''}")
            ours = sides[OURS]["wall"]
            marks += [(len(labels) - 1, n, statistics.median(b / a for a, b in zip(ours, s["wall"])))
                      for n, s in sides.items() if n != OURS]
    figure, axes = plt.subplots(figsize=(9, 0.9 + 0.24 * len(labels)))
    seen = set()
    for row, name, value in marks:
        axes.plot(value, row, "o", color=colour(name), label=None if name in seen else name)
        seen.add(name)
    axes.axvline(1, color="black", linewidth=1)
    axes.set_xscale("log")
    axes.set_yticks(range(len(labels)), labels, fontsize=8)
    axes.invert_yaxis()
    axes.grid(axis="x", color="#dddddd")
    axes.set_xlabel("time of the peer, in units of Deutero's (right of the line Deutero is faster)")
    if labels:
        axes.legend(loc="upper center", bbox_to_anchor=(0.4, -3.2 / (len(labels) + 3)), ncols=4, fontsize=8, frameon=False)
    figure.savefig(path, bbox_inches="tight", metadata={"Date": None})
