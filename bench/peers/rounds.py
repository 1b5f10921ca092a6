"""Rounds: everybody opens the same file, shows the same losses, warms up, and then does a turn of about equal length, one after the other."""
import contextlib
import math
import os
import statistics

from cases import OURS
from workers import Lost, cores

CHECKED = 3  # steps whose losses are compared; two, if they take long
PATIENCE = 150  # seconds for the first step, which compiles
WARM = 60  # turns at most; it ends when IDLE of them in a row bring no twentieth of the processor time
IDLE = 6  # with fewer, compilers of Java are still at work
LONGEST = 8  # seconds that someone may take for all turns; slow ones have fewer


class Bench:
    def __init__(self, workers):
        self.workers = workers

    def take(self, file, configuration, rounds, seconds):
        """What each side measured on a configuration, by name."""
        results, counts = {}, {}
        for name in list(self.workers):
            results[name] = self._begin(name, file, configuration, seconds, counts)
        if configuration.checked:
            self._compare(results, configuration)
        for round_ in range(rounds):
            for name, (count, step) in counts.items():
                if round_ > 0 and (round_ + 1) * step > LONGEST:
                    continue
                answer, wall, cpu = self.workers[name].ask(f"run {count}")
                results[name]["wall"].append(wall / count / configuration.units)
                results[name]["cpu"].append(cpu / count / configuration.units)
        for name in counts:
            results[name]["peak"] = self.workers[name].peak()
            wall = results[name]["wall"]
            print(f"   {name:24}{1e3 * statistics.median(wall):10.3f} ms wall{1e3 * min(wall):10.3f} best"
                  f"{1e3 * statistics.median(results[name]['cpu']):10.3f} processor{results[name]['peak'] / 2**20:8.0f} MiB"
                  f"   differs {results[name].get('difference', math.nan):.0e} {results[name].get('later', math.nan):.0e}", flush=True)
        return results

    def _begin(self, name, file, configuration, seconds, counts):
        if name in configuration.without:
            return {"skip": configuration.without[name]}
        worker = self.workers[name]
        try:
            worker.forget_peak()
            answer, wall, _ = worker.ask("open " + file)
            if not answer.startswith("skip"):
                answer, wall, _ = worker.ask("run 1", PATIENCE)
            if answer.startswith("skip"):
                print(f"   {name}: {answer}", flush=True)
                return {"skip": answer[5:]}
            losses = [float(word) for word in answer.split()]
            step = wall
            while len(losses) < CHECKED and (len(losses) == 1 or step < LONGEST):
                more, step, _ = worker.ask("run 1")
                losses += [float(word) for word in more.split()]
            if step < seconds:
                step = self._warm(worker, seconds, step)
        except Lost as end:
            print(f"   {name}: ended: {end}", flush=True)
            self.workers.pop(name)
            return {"skip": f"the process ended: {end}"}
        counts[name] = max(1, round(seconds / step)), step
        print(f"   {name}: ready, first step {wall:.1f} s, then {step:.4f} s a step", flush=True)
        return {"first": wall, "losses": losses, "wall": [], "cpu": []}

    @staticmethod
    def _warm(worker, seconds, step):
        """Goes on until it gets no faster, which takes a Java process a while; the wall time of a step."""
        best, idle = float("inf"), 0
        for _ in range(WARM):
            count = max(1, round(seconds / step))
            _, wall, cpu = worker.ask(f"run {count}")
            step = wall / count
            idle = 0 if cpu / count < 0.95 * best else idle + 1
            best = min(best, cpu / count)
            if idle == IDLE:
                break
        return step

    @staticmethod
    def _compare(results, configuration):
        ours = results[OURS].get("losses")
        for name, result in results.items():
            if "losses" not in result or ours is None:
                continue
            expected = [ours] + ([configuration.known] if configuration.known else [])
            apart = [[abs(a - b) / max(1, abs(b)) if math.isfinite(a) else math.inf for a, b in zip(result["losses"], other)]
                     for other in expected]
            result["difference"] = max(losses[0] for losses in apart)
            result["later"] = max([0, *(d for losses in apart for d in losses[1:])])
            if not (result["difference"] <= configuration.digits and result["later"] <= configuration.later):
                raise SystemExit(f"{name} does not compute the same: losses {result['losses']}, expected {expected}")


@contextlib.contextmanager
def measure(sides, threads, folder):
    where = cores(threads)
    workers = {}
    try:
        for name, start in sides.items():
            workers[name] = start(where, os.path.join(folder, f"{len(workers)}-{threads}.log"))
        yield Bench(workers)
    finally:
        for worker in workers.values():
            worker.close()
