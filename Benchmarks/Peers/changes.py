#!/usr/bin/env python3
"""Change points beside a peer, in one run on one core: accuracy on annotated series, false alarms, power and time.

    changes.py KERNELS DATA [--count 200] [--limit 20]

KERNELS is the program that Benchmarks/Kernels/build names. DATA holds the Turing Change Point Dataset as `series/*.json` and
one `annotations*.json` beside it (https://github.com/alan-turing-institute/TCPD; not part of this repository). The peer is
ruptures from PyPI: binary segmentation and PELT on the mean, in C (the penalty of a change is 3 ln n). Many-dimensional series: the first dimension for all. Prints one JSON.
"""
import argparse
import csv
import io
import json
import math
import multiprocessing
import subprocess
import sys
import time
from pathlib import Path

import numpy
import ruptures


def kernels(program, *words, text=None):
    done = subprocess.run([program, *map(str, words)], input=text, capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr)
    return done.stdout


def ours(program, series):
    rows = ["unique_id,ds,y"]
    for name, values in series.items():
        rows += [f"{name},{i + 1},{'' if v is None or v != v else repr(float(v))}" for i, v in enumerate(values)]
    path = Path("/tmp") / f"changes-{time.time_ns()}.csv"
    path.write_text("\n".join(rows) + "\n")
    try:
        found = json.loads(kernels(program, "changes", path))["series"]
    finally:
        path.unlink()
    return {name: [change["index"] for change in one["changes"]] for name, one in found.items()}


def peer(method, values):
    y = numpy.array([numpy.nan if v is None else v for v in values], float)
    known = numpy.flatnonzero(numpy.isfinite(y))
    y = numpy.interp(numpy.arange(len(y)), known, y[known])
    return [int(cut) for cut in method(y).predict(pen=3 * math.log(len(y)))[:-1]]


def binary_segmentation(y):
    """On the standardised series, as the published benchmark has it."""
    return ruptures.Binseg(model="l2", min_size=2, jump=1).fit(y / (numpy.std(y) or 1))


def pelt(y):
    """PELT on the mean, in units of the noise: the linear kernel is the same cost, and its search is in C."""
    d = numpy.diff(y)
    noise = 1.4826 * numpy.median(numpy.abs(d - numpy.median(d))) / math.sqrt(2)
    return ruptures.KernelCPD(kernel="linear", min_size=2).fit(y / (noise or numpy.std(y) or 1))


def matched(truth, found, margin=5):
    left, hits = set(found), 0
    for place in sorted(truth):
        near = min((x for x in left if abs(x - place) <= margin), key=lambda x: (abs(x - place), x), default=None)
        if near is not None:
            left.discard(near)
            hits += 1
    return hits


def f1(annotators, found):
    """Precision against all annotators together, recall averaged over them; the first step counts for all."""
    found, sets = set(found) | {0}, [set(a) | {0} for a in annotators]
    precision = matched(set().union(*sets), found) / len(found)
    recall = sum(matched(s, found) / len(s) for s in sets) / len(sets)
    return 2 * precision * recall / (precision + recall)


def covering(annotators, found, n):
    def stretches(cuts):
        edges = [0, *sorted(set(c for c in cuts if 0 < c < n)), n]
        return list(zip(edges, edges[1:]))

    total = 0.0
    for truth in annotators:
        for a, b in stretches(truth):
            total += (b - a) / n * max(
                max(0, min(b, d) - max(a, c)) / (max(b, d) - min(a, c)) for c, d in stretches(found))
    return total / len(annotators)


def accuracy(program, data):
    annotations = json.loads(next(iter(sorted(data.glob("annotations*.json")))).read_text())
    series = {}
    for path in sorted((data / "series").glob("*.json")):
        if path.stem in annotations:
            series[path.stem] = json.loads(path.read_text())["series"][0]["raw"]
    found = {
        "ratchet": ours(program, series),
        "binarySegmentation": {k: peer(binary_segmentation, v) for k, v in series.items()},
        "pelt": {k: peer(pelt, v) for k, v in series.items()},
    }
    return {"series": len(series)} | {
        who: {
            "f1": round(sum(f1(annotations[k].values(), cuts[k]) for k in series) / len(series), 4),
            "covering": round(
                sum(covering(annotations[k].values(), cuts[k], len(series[k])) for k in series) / len(series), 4),
        }
        for who, cuts in found.items()
    }


def simulated(program, family, count, length=365):
    rows = csv.DictReader(io.StringIO(kernels(
        program, "changes-simulated", "--family", family, "--count", count, "--length", length)))
    series = {}
    for row in rows:
        series.setdefault(row["unique_id"], []).append(float(row["y"]))
    return series


def found_share(program, count):
    out = {}
    for family in ["white", "ar0.3", "ar0.6", "weeklyCounts", "trend", "t3", "oneSd", "oneSdAr0.3"]:
        series = simulated(program, family, count)
        out[family] = {
            "ratchet": sum(bool(c) for c in ours(program, series).values()) / count,
            "binarySegmentation": sum(bool(peer(binary_segmentation, v)) for v in series.values()) / count,
            "pelt": sum(bool(peer(pelt, v)) for v in series.values()) / count,
        }
    return out


def kernel_search(values, answer):
    start = time.perf_counter()
    cuts = pelt(values).predict(pen=3 * math.log(len(values)))
    answer.put((time.perf_counter() - start, len(cuts) - 1))


def peer_seconds(values, limit):
    answer = multiprocessing.Queue()
    process = multiprocessing.Process(target=kernel_search, args=(values, answer))
    process.start()
    process.join(limit)
    if process.is_alive():
        process.terminate()
        process.join()
        return None
    return answer.get()[0]


def speed(program, limit):
    times = json.loads(kernels(program, "changes-speed"))
    random = numpy.random.default_rng(1)
    noise = random.normal(size=times["n"])
    levels = numpy.repeat(3 * random.normal(size=times["n"] // 200), 200)
    out = {}
    for name, values in (("everyTwoHundred", noise + levels), ("none", noise)):
        mine, theirs = times[name]["seconds"], peer_seconds(values, limit)
        out[name] = {
            "ratchetSeconds": mine,
            "kernelSeconds": theirs if theirs is not None else f"not done in {limit} s",
            "ratio": (theirs if theirs is not None else limit) / mine,
        }
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kernels")
    parser.add_argument("data", type=Path)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--limit", type=float, default=20)
    given = parser.parse_args()
    print(json.dumps({
        "accuracy": accuracy(given.kernels, given.data),
        "anyChangeFound": found_share(given.kernels, given.count),
        "speed": speed(given.kernels, given.limit),
        "ruptures": ruptures.__version__,
    }, indent=1))


if __name__ == "__main__":
    main()
