"""The engine's kernels, on series made up here: forecasts, changes, anomalies, evaluations, decompositions."""
import datetime
import json
import math
import pathlib
import random
import shutil
import statistics
import subprocess
import time

import data
from measuring import cheapest, cost

HERE = pathlib.Path(__file__).resolve().parent


def program():
    """The kernels alone in release form, built if they are not (minutes, the first time)."""
    built = subprocess.run([HERE / "Kernels" / "build"], capture_output=True, text=True)
    if built.returncode != 0:
        raise SystemExit(f"the kernels cannot be built\n{(built.stderr + built.stdout)[-4000:]}")
    return built.stdout.strip().splitlines()[-1]


def timed(kernels, *words):
    """What a kernel says of its own speed."""
    return json.loads(subprocess.run([kernels, *map(str, words)], check=True, capture_output=True, text=True).stdout)


def series_file(folder, name, count, length, value):
    def write(out):
        out.write("unique_id,ds,y\n")
        for i in range(count):
            draw = random.Random(f"{name} {i}")
            level, trend, noise = 20 + 200 * draw.random(), draw.gauss(0, 0.1), 0.5 + 3 * draw.random()
            for t in range(length):
                out.write(f"{i},{t + 1},{max(0.1, level + trend * t + value(t, level) + draw.gauss(0, noise)):.2f}\n")
    return data.made(folder / f"{name}-{count}.csv", write)


def hourly(t, level):
    """A day and a week, as in the hourly series of the M4 competition."""
    return level * (0.3 * math.sin(2 * math.pi * t / 24) + 0.1 * math.sin(2 * math.pi * t / 168))


def monthly(t, level):
    return level * 0.2 * math.sin(2 * math.pi * t / 12)


def forecasts(run, kernels):
    for name, count, length, value, horizon, season in (
            ("hourly", 300, 750, hourly, 48, 24), ("monthly", 3000, 120, monthly, 18, 12)):
        count = count // 10 if run.is_quick else count
        path = series_file(run.folder, name, count, length, value)
        spent = cheapest(
            cost(kernels, "forecast", path, "--horizon", horizon, "--season", season) for _ in range(run.times))
        run.results.add(
            f"forecasts, {name} series a CPU second", count / spent.cpu, "a s",
            f"{count} of {length} values, {horizon} ahead")


def changes(run, kernels):
    rounds = 1 if run.is_quick else 5
    large = timed(kernels, "changes-speed", "--rounds", rounds)
    small = timed(kernels, "changes-speed", "--length", 10_000, "--rounds", rounds)
    for key, name in (("everyTwoHundred", "one every 200"), ("none", "none")):
        seconds = large[key]["seconds"]
        run.results.add(f"changes of 100,000 points, {name}", seconds, "s", f"{large[key]['changes']} found")
        run.results.add(f"changes of ten times the points, {name}", seconds / small[key]["seconds"], "times")


def weighted_mean_scores(values, memory=100):
    """The peer of anomalies: how many deviations a value is from a mean that forgets, in Python."""
    mean = variance = 0.0
    scores = []
    for n, x in enumerate(values, 1):
        gain = max(1 / memory, 1 / n)
        difference = x - mean
        scores.append(abs(difference) / (math.sqrt(variance) + 1e-9))
        mean += gain * difference
        variance = (1 - gain) * (variance + gain * difference * difference)
    return scores


def stream_file(folder, rows):
    def write(out):
        draw, start = random.Random(rows), datetime.datetime(2024, 1, 1)
        out.write("timestamp,value\n")
        for i in range(rows):
            value = 50 + 10 * math.sin(i / 288 * 2 * math.pi) + draw.gauss(0, 1)
            out.write(f"{start + datetime.timedelta(minutes=5 * i)},{value:.2f}\n")
    return data.made(folder / f"stream-{rows}.csv", write)


def streamed_mb(kernels, path):
    """The largest memory of the kernel when all rows have come through a pipe, before it ends."""
    with open(path, "rb") as rows, subprocess.Popen(
            [kernels, "anomalies", "-"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as running:
        shutil.copyfileobj(rows, running.stdin)
        running.stdin.flush()
        status = pathlib.Path(f"/proc/{running.pid}/status").read_text()
        running.stdin.close()
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))) / 1024


def anomalies(run, kernels):
    rows = 100_000 if run.is_quick else 1_000_000
    values = [10 + math.sin(i / 45) for i in range(rows)]
    ours, theirs = [], []
    # In turns, so that both meet the same machine.
    for _ in range(run.times):
        ours.append(timed(kernels, "anomalies", "--rows", rows)["rowsPerSecond"])
        start = time.process_time()
        weighted_mean_scores(values)
        theirs.append(rows / (time.process_time() - start))
    del values
    run.results.add("anomalies, rows a CPU second", max(ours) / 1e6, "M a s")
    run.results.add(
        "anomalies, rows against a weighted mean in Python", max(ours) / max(theirs), "times",
        f"the peer {max(theirs) / 1e6:.2f} M a s")
    small, large = (stream_file(run.folder, n) for n in (rows // 10, rows))
    spent = cheapest(cost(kernels, "anomalies", large) for _ in range(run.times))
    run.results.add("anomalies of a file, rows a CPU second", rows / spent.cpu / 1e6, "M a s", "reading and writing included")
    little, much = (streamed_mb(kernels, path) for path in (small, large))
    run.results.add("anomalies of ten times the rows, memory", much / little, "times", f"{much:.1f} MB")


def design(folder, count):
    """Half a year of days before a change of 2 % and four weeks after, with a control."""
    cell = folder / f"design-{count}" / "half"
    cell.mkdir(parents=True, exist_ok=True)
    (cell.parent / "truth.json").write_text('{"pre": 180}')
    week = [5, 3, 2, 1, 1, -6, -6]
    for i in range(count):
        draw = random.Random(i)
        x = y = 0.0
        rows = ["day,y,x"]
        for t in range(208):
            x, y = 0.6 * x + draw.gauss(0, 3), 0.5 * y + draw.gauss(0, 3.5)
            control = 100 + week[t % 7] + x
            rows.append(f"{t},{(20 + 0.8 * control + week[t % 7] + y) * (1.02 if t >= 180 else 1):.4f},{control:.4f}")
        (cell / f"{i:03d}.csv").write_text("\n".join(rows) + "\n")
    return cell.parent


def evaluations(run, kernels):
    folder = design(run.folder, 5 if run.is_quick else 40)
    out = subprocess.run(
        [kernels, "evaluate-design", folder, "--repeats", "3"], check=True, capture_output=True, text=True).stdout
    header, *rows = (line.split(",") for line in out.splitlines())
    seconds = [float(row[header.index("seconds")]) for row in rows]
    run.results.add(
        "evaluation of 208 days with a control", 1000 * statistics.median(seconds), "ms",
        f"the slowest of {len(seconds)} {1000 * max(seconds):.1f} ms")


def classical(values, season):
    """The peer of decompositions: moving mean and mean by phase, nothing robust, in Python."""
    half, sums = season // 2, [0.0]
    for x in values:
        sums.append(sums[-1] + x)
    trend = [(sums[min(len(values), t + half)] - sums[max(0, t - half)]) / (min(len(values), t + half) - max(0, t - half))
             for t in range(len(values))]
    rest = [x - level for x, level in zip(values, trend)]
    phases = [statistics.fmean(rest[p::season]) for p in range(season)]
    return [r - phases[t % season] for t, r in enumerate(rest)]


def decompositions(run, kernels):
    times = 1 if run.is_quick else 5
    one = timed(kernels, "decompose-speed", "-", "--times", times)
    two = timed(kernels, "decompose-speed", "-", "--season", "24,168", "--times", times)
    values = [50 + math.sin(t / 24) for t in range(100_000)]
    start = time.process_time()
    classical(values, 24)
    peer = len(values) / (time.process_time() - start)
    run.results.add("decomposition, period 24, points a CPU second", one["pointsPerSecond"] / 1e6, "M a s")
    run.results.add(
        "decomposition against a classical one in Python", one["pointsPerSecond"] / peer, "times",
        f"the peer, which is not robust, {peer / 1e6:.2f} M a s")
    run.results.add("decomposition, periods 24 and 168", two["pointsPerSecond"] / 1e6, "M a s")


def measure(run):
    run.results.note("building the kernels, if they are not")
    kernels = program()
    for kind in (forecasts, changes, anomalies, evaluations, decompositions):
        kind(run, kernels)
