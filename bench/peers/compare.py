"""Runs cases side by side and writes what was measured; see README.md."""
import argparse
import datetime
import json
import os
import sys
import tempfile

import memory
import page
import startup
from cases import CASES, HERE, OURS, sinusoid_memory
from rounds import measure
from workers import ours, peer

RESULTS = os.path.join(HERE, "results")


def arguments():
    parser = argparse.ArgumentParser(prog="bench/peers/compare", description=__doc__)
    parser.add_argument("--case", action="append", help="letter of a case, or letter and number of a configuration from 1 (a2); all unless said; may be repeated")
    parser.add_argument("--rounds", type=int, default=5, help="turns of each process (5)")
    parser.add_argument("--seconds", type=float, default=0.3, help="length of a turn, at least one step (0.3)")
    parser.add_argument("--threads", choices=("one", "all", "both"), default="both", help="processor cores that a process may use (both)")
    parser.add_argument("--sides", help="only those whose names contain one of these words, separated by commas, besides ours")
    parser.add_argument("--quick", action="store_true", help="3 rounds of 0.1 s")
    parser.add_argument("--dry", action="store_true", help="print only, keep nothing")
    parser.add_argument("--page", action="store_true", help="measure nothing, write docs/BENCHMARKS.md from the results that are there")
    return parser.parse_args()


def wanted(case, number, words):
    return not words or case.key in words or f"{case.key}{number}" in words


def store(case, number, name, threads, result):
    path = os.path.join(RESULTS, case.key + ".json")
    try:
        with open(path) as file:
            all_results = json.load(file)
    except FileNotFoundError:
        all_results = []
    key = (name, threads)
    all_results = [r for r in all_results if (r["configuration"], r["threads"]) != key]
    all_results.append({"configuration": name, "number": number, "threads": threads, **result})
    all_results.sort(key=lambda r: (r["number"], r["threads"] != "one"))
    os.makedirs(RESULTS, exist_ok=True)
    with open(path, "w") as file:
        json.dump(all_results, file, indent=1)
        file.write("\n")


def memory_files(sides, steps, folder):
    """The file of each side; ours differ in the estimator."""
    files = {}
    for name, script in sides.items():
        estimator = "unroll" if script else name.split(", ")[1]
        files[name] = os.path.join(folder, f"e{steps}-{estimator}.safetensors")
        sinusoid_memory(steps, estimator)(files[name])
    return files


def run(case, numbers, threads, options, folder):
    words = options.sides.split(",") if options.sides else []
    sides = {OURS: ours}
    for name, script in case.sides.items():
        if not words or any(w.lower() in name.lower() for w in words):
            sides[name] = lambda cores, log, script=script: peer(script, cores, log)
    sides = {name: start for name, start in sides.items() if case.sides and case.key != "e"}
    for number in numbers:
        configuration = case.configurations[number - 1]
        file = os.path.join(folder, f"{case.key}{number}.safetensors")
        if configuration.make and not os.path.exists(file):
            configuration.make(file)
    with measure(sides, threads, folder) as bench:
        for number in numbers:
            configuration = case.configurations[number - 1]
            print(f"\n{case.key}{number}  {case.title}, {configuration.name}, {threads} core(s)", flush=True)
            file = os.path.join(folder, f"{case.key}{number}.safetensors")
            if configuration.memory:
                if threads == "all":
                    continue
                files = [memory_files(case.sides, steps, folder) for steps in (configuration.memory, 1)]
                result = memory.take(case.sides, *files, threads, folder)
            elif configuration.commands:
                file = os.path.join(folder, "a1.safetensors")
                CASES[0].configurations[0].make(file)
                result = startup.take(configuration.commands, threads, min(3, options.rounds), folder, file)
            else:
                result = bench.take(file, configuration, options.rounds, options.seconds)
            if not options.dry:
                when = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d")
                command = " ".join(["bench/peers/compare"] + sys.argv[1:])
                store(case, number, configuration.name, threads, {
                    "date": when, "command": command, "machine": page.machine(), "versions": page.versions(), "sides": result})


def main():
    options = arguments()
    if options.quick:
        options.rounds, options.seconds = 3, 0.1
    if not options.page:
        with tempfile.TemporaryDirectory() as folder:
            for case in CASES:
                numbers = [n for n in range(1, len(case.configurations) + 1) if wanted(case, n, options.case)]
                for threads in ("one", "all"):
                    if numbers and options.threads in (threads, "both"):
                        run(case, numbers, threads, options, folder)
    if not options.dry:
        page.write(RESULTS)


if __name__ == "__main__":
    main()
