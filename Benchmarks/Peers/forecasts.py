#!/usr/bin/env python3
"""Forecasts beside the libraries people use: accuracy, coverage and speed on the same series, in one run, on one core.

    python3 Benchmarks/Peers/forecasts.py KERNELS DATA [--share 10]

KERNELS is the program that `Benchmarks/Kernels/build` prints; DATA holds `m4/{Hourly,Weekly}-{train,test}.csv.gz` and
`m1-m3/m3_even_ids.csv.gz` (M4: GitHub Mcompetitions/M4-methods; M3: R package Mcomp). `--share` takes one of so many series
for the slow peers (Ratchet is scored on the same ones, and once more on all). Needs numpy and statsforecast:
    python3 -m venv /tmp/peers && /tmp/peers/bin/pip install numpy pandas statsforecast
Prints one JSON document: per group and method OWA, sMAPE, MASE, coverage and MSIS at 95 %, and series a second.
"""
import argparse
import csv
import gzip
import json
import os
import subprocess
import tempfile
import time
import warnings

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS"):
    os.environ[name] = "1"
os.environ["NIXTLA_ID_AS_COL"] = "1"
import numpy as np  # noqa: E402

warnings.simplefilter("ignore")
csv.field_size_limit(1 << 30)
# group: steps ahead, the season of the measure, the candidate given to Ratchet, the season given to the peers
GROUPS = {
    "Hourly": (48, 24, "24", 24),
    "Weekly": (13, 1, "52", 52),
    "Monthly": (18, 12, "12", 12),
    "Quarterly": (8, 4, "4", 4),
    "Yearly": (6, 1, "1", 1),
}


def read(data, group):
    if group in ("Hourly", "Weekly"):
        parts = []
        for part in ("train", "test"):
            with gzip.open(f"{data}/m4/{group}-{part}.csv.gz", "rt") as file:
                rows = list(csv.reader(file))[1:]
            parts.append({r[0]: np.array([float(c) for c in r[1:] if c not in ("", "NA")]) for r in rows})
        return parts
    with gzip.open(f"{data}/m1-m3/m3_even_ids.csv.gz", "rt") as file:
        rows = [r for r in csv.DictReader(file) if r["period"] == group.upper()]
    return [
        {r["id"]: np.array([float(v) for v in r["values"].split()]) for r in rows if r["part"] == part}
        for part in ("train", "test")
    ]


def naive2(x, m, h):
    """The benchmark of the M4 competition: the last value, with a classical season where a test finds one."""
    n = len(x)
    c = x - x.mean()
    lags = min(int(10 * np.log10(n)), n - 1)
    if m > 1 and n >= 3 * m and m <= lags and c @ c > 0:
        acf = np.array([c[:-k] @ c[k:] / (c @ c) for k in range(1, m + 1)])
        if abs(acf[m - 1]) > 1.645 * np.sqrt((1 + 2 * (acf[: m - 1] ** 2).sum()) / n):
            w = np.r_[0.5, np.ones(m - 1), 0.5] / m if m % 2 == 0 else np.ones(m) / m
            half = len(w) // 2
            trend = np.full(n, np.nan)
            trend[half : n - half] = np.convolve(x, w, "valid")
            season = np.array([np.nanmean((x / trend)[i::m]) for i in range(m)])
            season /= season.mean()
            return x[-1] / season[(n - 1) % m] * season[(n + np.arange(h)) % m]
    return np.full(h, x[-1])


def smape(y, f):
    return float(np.mean(200 * np.abs(y - f) / np.maximum(np.abs(y) + np.abs(f), 1e-300)))


def score(train, test, found, m):
    rows = []
    for key, (mean, low, high) in found.items():
        x, y = train[key], test[key]
        q = np.mean(np.abs(x[m:] - x[:-m])) or np.nan
        base = naive2(x, m, len(y))
        penalty = (high - low) + 40 * np.maximum(low - y, 0) + 40 * np.maximum(y - high, 0)
        rows.append([
            smape(y, mean), np.mean(np.abs(y - mean)) / q, smape(y, base), np.mean(np.abs(y - base)) / q,
            np.mean((low <= y) & (y <= high)), np.mean(penalty) / q,
        ])
    s, a, s2, a2, coverage, msis = np.nanmean(np.array(rows), axis=0)
    return {
        "series": len(rows), "owa": round((s / s2 + a / a2) / 2, 4), "smape": round(s, 3), "mase": round(a, 4),
        "coverage95": round(coverage, 4), "msis": round(msis, 3),
    }


def ratchet(kernels, train, horizon, season):
    with tempfile.NamedTemporaryFile("w", suffix=".csv") as file:
        file.write("unique_id,ds,y\n")
        for key, values in train.items():
            file.writelines(f"{key},{i},{v}\n" for i, v in enumerate(values, 1))
        file.flush()
        start = time.perf_counter()
        out = subprocess.run(
            [kernels, "forecast", file.name, "--horizon", str(horizon), "--season", season],
            check=True, capture_output=True, text=True).stdout
        took = time.perf_counter() - start
    found = {key: ([], [], []) for key in train}
    for row in csv.DictReader(out.splitlines()):
        for values, column in zip(found[row["unique_id"]], ("mean", "lo95", "hi95")):
            values.append(float(row[column]))
    return {k: tuple(map(np.array, v)) for k, v in found.items()}, took


def peer(make, train, horizon):
    """One model a series, fitted and asked for 95 % intervals; compiled before the clock starts."""
    first = next(iter(train.values()))
    make().forecast(y=first, h=horizon, level=[95])
    found = {}
    start = time.perf_counter()
    for key, x in train.items():
        try:
            f = make().forecast(y=x, h=horizon, level=[95])
            triple = (f["mean"], f.get("lo-95", f.get("mean")), f.get("hi-95", f.get("mean")))
        except Exception:  # A peer that fails on a series forecasts its last value.
            triple = (np.full(horizon, x[-1]),) * 3
        found[key] = tuple(np.asarray(v, float) for v in triple)
    return found, time.perf_counter() - start


def peers(group, season):
    from statsforecast.models import AutoETS, DynamicOptimizedTheta, MSTL

    trend = lambda: AutoETS(model="ZZN")  # noqa: E731
    models = {
        "AutoETS": lambda: AutoETS(season_length=season if season <= 24 else 1),
        "DynamicOptimizedTheta": lambda: DynamicOptimizedTheta(season_length=season),
    }
    if group in ("Hourly", "Weekly"):
        seasons = [24, 168] if group == "Hourly" else [52]
        models["MSTL"] = lambda: MSTL(season_length=seasons, trend_forecaster=trend())
    return models


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kernels")
    parser.add_argument("data")
    parser.add_argument("--share", type=int, default=10)
    parser.add_argument("--groups", default=",".join(GROUPS))
    a = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    out = {}
    for group in a.groups.split(","):
        horizon, m, candidate, season = GROUPS[group]
        train, test = read(a.data, group)
        found, took = ratchet(a.kernels, train, horizon, candidate)
        speed = len(train) / took
        result = {"Ratchet, all series": score(train, test, found, m) | {"series_a_second": round(speed, 1)}}
        some = {k: train[k] for k in list(train)[:: a.share]}
        result["Ratchet"] = score(train, test, {k: found[k] for k in some}, m)
        for name, make in peers(group, season).items():
            found, took = peer(make, some, horizon)
            rate = len(some) / took
            result[name] = score(train, test, found, m) | {
                "series_a_second": round(rate, 2), "ratchet_times_faster": round(speed / rate)}
        out[group] = result
    print(json.dumps(out, indent=1))


if __name__ == "__main__":
    main()
