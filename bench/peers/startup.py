"""Case f: processes from their start to their end, each by itself and in turn."""
import os
import resource
import subprocess
import sys
import tempfile
import time

from workers import ROOT, _born, clean_environment, cores


def _timed(command, where, folder):
    before, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, cwd=folder, env=clean_environment(), stdin=subprocess.DEVNULL, capture_output=True, text=True, preexec_fn=lambda: _born(where))
    wall, after = time.perf_counter() - wall, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed: {done.stderr[-400:]}")
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def take(commands, threads, rounds, folder, file):
    """What each of the commands took, by name; a {out} in one is a folder that does not exist yet, {file} the numbers to start from."""
    results = {name: {"wall": [], "cpu": [], "peak": 0} for name in commands}
    for round_ in range(rounds + 1):
        for name, command in commands.items():
            with tempfile.TemporaryDirectory(dir=folder) as fresh:
                words = [word.format(out=os.path.join(fresh, "run"), root=ROOT, file=file, python=sys.executable) for word in command]
                wall, cpu = _timed(words, cores(threads), fresh)
            if round_ > 0:  # the first reads everything from the disk, and the launcher makes its archive of classes
                results[name]["wall"].append(wall)
                results[name]["cpu"].append(cpu)
    for name, result in results.items():
        middle = sorted(result["wall"])[len(result["wall"]) // 2]
        print(f"   {name:24}{middle:10.3f} s wall{min(result['wall']):10.3f} best", flush=True)
    return results
