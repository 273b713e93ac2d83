#!/usr/bin/env python3
"""Streaming anomalies against an exponentially weighted mean in Python, in one run on one core.

    anomalies.py KERNELS NAB

KERNELS: the program that Benchmarks/Kernels/build names. NAB: a folder of the Numenta Anomaly Benchmark with data/,
labels/combined_windows.json and config/profiles.json; files may be packed with gzip.

The accuracy is the benchmark's standard score over the labelled files (one threshold for all of them, the best one; the
first 15 % of a file, at most 750 rows, do not count). Speed is rows a second of processor time. Prints one JSON document.
Standard library only.
"""
import csv
import gzip
import json
import math
import pathlib
import subprocess
import sys
import tempfile
import time

ROWS = 1_000_000


def sigmoid(y):
    return -1.0 if y > 3 else 2 / (1 + math.exp(5 * y)) - 1


def weighted_rows(times, windows, false_alarm):
    """For each row that counts: its weight, and the window it is in or None."""
    place = {}
    for i, moment in enumerate(times):
        place.setdefault(moment, i)
    spans = [tuple(place[w.split(".")[0].replace("T", " ")] for w in pair) for pair in windows]
    for i in range(math.floor(min(0.15 * len(times), 750)), len(times)):
        inside = next((n for n, (a, b) in enumerate(spans) if a <= i <= b), None)
        if inside is not None:
            a, b = spans[inside]
            yield i, sigmoid(-(b - i + 1) / (b - a + 1)) / sigmoid(-1), inside
            continue
        before = [(a, b) for a, b in spans if b < i]
        late = sigmoid((i - before[-1][1]) / (before[-1][1] - before[-1][0])) if before else -1
        yield i, false_alarm * late, None


def standard_score(results, labels, false_alarm):
    rows, total = [], 0
    for name, (times, scores) in results.items():
        total += len(labels[name])
        for i, weight, window in weighted_rows(times, labels[name], false_alarm):
            rows.append((scores[i], weight, None if window is None else (name, window)))
    rows.sort(key=lambda row: -row[0])
    best, raw, found = 0.0, 0.0, {}
    for n, (score, weight, window) in enumerate(rows):
        if window is None:
            raw += weight
        else:
            gain = max(found.get(window, -1.0), weight)
            raw += gain - found.get(window, -1.0)
            found[window] = gain
        if n + 1 == len(rows) or rows[n + 1][0] != score:
            best = max(best, raw)
    return 100 * best / (2 * total)


def weighted_mean_scores(values, memory=100):
    """How many deviations a value is from a mean that forgets."""
    mean = variance = 0.0
    scores = []
    for n, x in enumerate(values, 1):
        gain = max(1 / memory, 1 / n)
        difference = x - mean
        scores.append(abs(difference) / (math.sqrt(variance) + 1e-9))
        mean += gain * difference
        variance = (1 - gain) * (variance + gain * difference * difference)
    return scores


def main():
    kernels, nab = sys.argv[1], pathlib.Path(sys.argv[2])
    labels = json.loads((nab / "labels/combined_windows.json").read_text())
    costs = json.loads((nab / "config/profiles.json").read_text())["standard"]["CostMatrix"]
    ours, theirs = {}, {}
    with tempfile.TemporaryDirectory() as folder:
        for name in labels:
            path = nab / "data" / name
            text = path.read_text() if path.exists() else gzip.open(f"{path}.gz", "rt").read()
            plain = pathlib.Path(folder) / "series.csv"
            plain.write_text(text)
            out = subprocess.run([kernels, "anomalies", plain], check=True, capture_output=True, text=True).stdout
            rows = list(csv.DictReader(out.splitlines()))
            times = [row["timestamp"] for row in rows]
            ours[name] = times, [float(row["score"]) for row in rows]
            theirs[name] = times, weighted_mean_scores([float(row["value"]) for row in rows])
    timed = subprocess.run(
        [kernels, "anomalies", "--rows", str(ROWS)], check=True, capture_output=True, text=True).stdout
    values = [10 + math.sin(i / 45) for i in range(ROWS)]
    start = time.process_time()
    weighted_mean_scores(values)
    peer_speed = ROWS / (time.process_time() - start)
    our_speed = json.loads(timed)["rowsPerSecond"]
    alarm = costs["fpWeight"]
    print(json.dumps({
        "files": len(labels), "windows": sum(map(len, labels.values())),
        "nabStandard": {"ratchet": round(standard_score(ours, labels, alarm), 2),
                        "ewma": round(standard_score(theirs, labels, alarm), 2)},
        "rowsPerSecond": {"ratchet": our_speed, "ewma": round(peer_speed)},
        "speedRatio": round(our_speed / peer_speed, 1),
    }, indent=1))


if __name__ == "__main__":
    main()
