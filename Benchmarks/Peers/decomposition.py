#!/usr/bin/env python3
"""Decomposition against statsmodels' robust STL and MSTL on simulated series whose parts are known.

    decomposition.py KERNELS DATA-FOLDER      (the folder is not used: the series are simulated here)

Needs numpy, pandas and statsmodels. Prints one JSON: for each world the root mean square error of the trend, of the seasons
together and of both, of ours and of the peer, and points a second. A level common to season and trend is not an error of either:
each season's mean counts to the trend, in the truth as well.
"""
import csv, io, json, subprocess, sys, tempfile, time

import numpy as np
from statsmodels.tsa.seasonal import MSTL, STL


def ar(rng, n, phi, sd):
    e = rng.normal(0, sd * np.sqrt(1 - phi * phi), n)
    for t in range(1, n):
        e[t] += phi * e[t - 1]
    return e


def world(name, seed):
    """(values, seasons, trend, season) of one series."""
    rng = np.random.default_rng(seed)
    hourly = name.startswith("hourly")
    n, lengths = (2400, [24]) if hourly else (730, [7])
    if name == "two seasons":
        n, lengths = 168 * 16, [24, 168]
    if name == "year":
        n, lengths = 52 * 6, [52]
    t = np.arange(n)
    trend = 100 + 8 * np.sin(2 * np.pi * t / n * 1.3 + rng.uniform(0, 6)) + rng.normal() * 5 * t / n
    season = np.zeros(n)
    for p in lengths:
        shape = np.cumsum(rng.normal(0, 1, p))
        if p == 52:
            shape = 4 * np.sin(2 * np.pi * np.arange(p) / p + 1) + 2 * np.sin(4 * np.pi * np.arange(p) / p)
        shape -= np.linspace(shape[0], shape[-1], p)
        shape = (shape - shape.mean()) / max(shape.std(), 1e-9) * 5
        if p == 168:  # what the days themselves do is the shorter season's
            shape -= np.tile(shape.reshape(7, 24).mean(0), 7)
        gain = 1 + 0.5 * np.sin(2 * np.pi * t / n) if "changing" in name else 1
        season = season + gain * shape[t % p]
    noise = ar(rng, n, 0.5, 3) if "memory" in name else rng.normal(0, 3, n)
    if "heavy" in name:
        noise = rng.standard_t(3, n) * 2
    values = trend + season + noise
    if "outliers" in name:
        hit = rng.random(n) < 0.05
        values[hit] += rng.choice([-1, 1], hit.sum()) * rng.uniform(20, 60, hit.sum())
    if "no season" in name:
        values, season = values - season, season * 0
    if "shift" in name:
        jump = np.where(t >= n // 2, 12, 0)
        trend, values = trend + jump, values + jump
    if "counts" in name:
        mean = np.maximum(0.2, (trend - 85 + 2 * season) / 4)
        whole = (trend - 85) / 4
        season = mean - whole
        trend, values = whole, rng.poisson(mean).astype(float)
    return values, lengths, trend, season


WORLDS = [
    "hourly", "hourly changing", "hourly outliers", "hourly changing outliers", "hourly memory", "hourly heavy",
    "hourly no season", "hourly shift", "hourly counts", "daily", "daily changing", "daily outliers", "daily memory",
    "daily counts", "year", "two seasons",
]


def peer(values, lengths):
    if len(lengths) == 1:
        fit = STL(values, period=lengths[0], robust=True).fit()
        return fit.trend, fit.seasonal
    fit = MSTL(values, periods=lengths, stl_kwargs={"robust": True}).fit()
    return fit.trend, fit.seasonal.sum(axis=1)


def ours(kernels, name, many):
    lengths = many[0][1]
    text = "unique_id,ds,y\n" + "".join(
        f"{i},{t},{float(v)!r}\n" for i, w in enumerate(many) for t, v in enumerate(w[0]))
    kind = "counts" if "counts" in name else "measurements"
    with tempfile.NamedTemporaryFile("w", suffix=".csv") as file:
        file.write(text)
        file.flush()
        out = subprocess.run(
            [kernels, "decompose", file.name, "--season", ",".join(map(str, lengths)), "--kind", kind],
            capture_output=True, text=True, check=True).stdout
    parts = {}
    for row in csv.DictReader(io.StringIO(out)):
        seasons = sum(float(row[f"season{i + 1}"]) for i in range(len(lengths)))
        parts.setdefault(row["unique_id"], []).append((float(row["trend"]), seasons))
    return [np.array(parts[str(i)]).T for i in range(len(many))]


def error(trend, season, truth):
    level = truth[3].mean() - season.mean()
    pairs = [(trend, truth[2] + truth[3].mean() - season.mean()), (season + level, truth[3]), (trend + season, truth[2] + truth[3])]
    return [float(np.mean((a - b) ** 2)) for a, b in pairs]


def main():
    kernels = sys.argv[1]
    worlds = {}
    for name in WORLDS:
        many = [world(name, seed) for seed in range(6)]
        mine = ours(kernels, name, many)
        theirs = [peer(w[0], w[1]) for w in many]
        a = np.sqrt(np.mean([error(t, s, w) for (t, s), w in zip(mine, many)], axis=0))
        b = np.sqrt(np.mean([error(t, s, w) for (t, s), w in zip(theirs, many)], axis=0))
        worlds[name] = {
            part: {"ours": round(x, 4), "peer": round(y, 4), "ratio": round(x / y, 3) if y else None}
            for part, x, y in zip(["trend", "season", "both"], a, b)}
    values = world("hourly outliers", 1)[0]
    values = np.tile(values, 5)[:12000]
    start = time.process_time()
    STL(values, period=24, robust=True).fit()
    theirs = len(values) / (time.process_time() - start)
    speed = json.loads(subprocess.run(
        [kernels, "decompose-speed", "-", "--n", "100000", "--season", "24"], capture_output=True, check=True).stdout)
    mine = speed["pointsPerSecond"]
    print(json.dumps({
        "worlds": worlds, "worstRatio": max(v["ratio"] for w in worlds.values() for k, v in w.items() if v["ratio"] and k == "both"),
        "pointsPerSecond": {"ours": mine, "peer": round(theirs), "ratio": round(mine / theirs, 1)}}, indent=1))


main()
