"""Case e: how much more memory an update takes than the process had after an update with one inner step, each in a process of its own."""
import os

from workers import cores, ours, peer

C1 = "-XX:TieredStopAtLevel=1 -Xmn16m"  # neither the second compiler's memory nor garbage is to count, as for `deutero gradcheck`


def take(sides, files, one, threads, folder):
    """`sides`: script by name, or None for ours; `files`: the file of each. Peak by name, and losses."""
    results = {}
    for name, script in sides.items():
        log = os.path.join(folder, "memory.log")
        where = cores(threads)
        worker = peer(script, where, log) if script else ours(where, log, C1, {"MALLOC_ARENA_MAX": "1"})
        try:
            for line in ("open " + one[name], "run 3", "open " + files[name]):
                worker.ask(line)
            worker.forget_peak()
            before = worker.peak()
            answer, wall, cpu = worker.ask("run 2")
            grown = max(0, worker.peak() - before)
        finally:
            worker.close()
        losses = [float(word) for word in answer.split()]
        results[name] = {"wall": [wall / 2], "cpu": [cpu / 2], "peak": grown, "losses": losses}
        print(f"   {name:28}{grown / 2**20:9.1f} MiB more{wall / 2:9.3f} s   loss {losses[0]:.6g}", flush=True)
    expected = next(iter(results.values()))["losses"]
    for name, result in results.items():
        result["difference"] = abs(result["losses"][0] - expected[0]) / max(1, abs(expected[0]))
        if not result["difference"] < 1e-3:  # hundreds of float32 steps
            raise SystemExit(f"{name} does not compute the same: {result['losses']}, expected {expected}")
    return results
