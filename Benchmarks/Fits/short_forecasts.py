#!/usr/bin/env python3
"""Forecasts of short series on held-out ends: what the constants of the methods for short series were chosen on.

    python3 Benchmarks/Fits/short_forecasts.py KERNELS DATA [--groups Yearly,Quarterly,Monthly]
    python3 Benchmarks/Fits/short_forecasts.py --example

KERNELS is the program that `Benchmarks/Kernels/build` prints; DATA holds `m1-m3/m1_all.csv.gz` and
`m1-m3/m3_even_ids.csv.gz` (R package Mcomp). The test part of M3 is never read. Two sets of collections:
  ends: M3 without its last H, 1.5 H and 2 H steps; the test part of M1; M1 without the last 2 H and 2.5 H;
  windows: from every second year (every fourth quarter) of both, the N values before it, N as long as the test part's
      series are (14, 18, 26 years; 24, 36, 48 quarters), so that neither very short histories nor one year decides.
Change a constant, build, run, compare. One line a collection: OWA, sMAPE, MASE, coverage and MSIS at 95 %.

`--example` prints what the growing trend gives for two small series by an implementation of its own in numpy: the figures
in Tests/Statistics/Forecasts/GrowingTrendTests.swift. Needs numpy.
"""
import argparse
import csv
import gzip
import subprocess
import tempfile

import numpy as np

# group: steps ahead, season, least values for "ends", lengths and stride for "windows"
GROUPS = {
    "Yearly": (6, 1, 7, (14, 18, 26), 2),
    "Quarterly": (8, 4, 10, (24, 36, 48), 4),
    "Monthly": (18, 12, 28, (), 1),
}


def series(data, name, group, with_test):
    with gzip.open(f"{data}/m1-m3/{name}.csv.gz", "rt") as file:
        rows = [r for r in csv.DictReader(file) if r["period"] == group.upper()]
    out = {r["id"]: np.array(r["values"].split(), float) for r in rows if r["part"] == "train"}
    if with_test:
        for r in rows:
            if r["part"] == "test":
                out[r["id"]] = np.r_[out[r["id"]], np.array(r["values"].split(), float)]
    return out


def collections(data, group):
    h, _, least, lengths, stride = GROUPS[group]
    both = {"M3": series(data, "m3_even_ids", group, False), "M1": series(data, "m1_all", group, True)}
    out = {}
    for name, drops in (("M3", (h, h + h // 2, 2 * h)), ("M1", (h, 2 * h, 2 * h + h // 2))):
        for drop in drops:
            cut = [(v[:-drop], v[len(v) - drop :][:h]) for v in both[name].values() if len(v) - drop >= least]
            out[f"ends: {name} less {drop}"] = cut
    for name, values in both.items():
        for n in lengths:
            cut = [(v[e - n : e], v[e : e + h]) for v in values.values() for e in range(len(v) - h, n - 1, -stride)]
            out[f"windows: {name}, {n} values"] = cut
    season = GROUPS[group][1]
    return {
        name: [(x, y) for x, y in cut if np.ptp(x) > 0 and np.mean(np.abs(x[season:] - x[:-season])) > 0]
        for name, cut in out.items()
    }


def naive2(x, m, h):
    """The benchmark of the M4 competition: the last value, with a classical season where a test finds one."""
    n, c = len(x), x - x.mean()
    lags = min(int(10 * np.log10(n)), n - 1)
    if m > 1 and n >= 3 * m and m <= lags and c @ c > 0:
        acf = np.array([c[:-k] @ c[k:] / (c @ c) for k in range(1, m + 1)])
        if abs(acf[m - 1]) > 1.645 * np.sqrt((1 + 2 * (acf[: m - 1] ** 2).sum()) / n):
            w = np.r_[0.5, np.ones(m - 1), 0.5] / m
            trend = np.full(n, np.nan)
            trend[m // 2 : n - m // 2] = np.convolve(x, w, "valid")
            season = np.array([np.nanmean((x / trend)[i::m]) for i in range(m)])
            season /= season.mean()
            return x[-1] / season[(n - 1) % m] * season[(n + np.arange(h)) % m]
    return np.full(h, x[-1])


def score(cut, found, m):
    rows = []
    for (x, y), (mean, low, high) in zip(cut, found):
        q, base = np.mean(np.abs(x[m:] - x[:-m])), naive2(x, m, len(y))
        smape = [np.mean(200 * np.abs(y - f) / np.maximum(np.abs(y) + np.abs(f), 1e-300)) for f in (mean, base)]
        mase = [np.mean(np.abs(y - f)) / q for f in (mean, base)]
        penalty = (high - low) + 40 * np.maximum(low - y, 0) + 40 * np.maximum(y - high, 0)
        rows.append([*smape, *mase, np.mean((low <= y) & (y <= high)), np.mean(penalty) / q])
    s, s2, a, a2, coverage, msis = np.mean(rows, axis=0)
    return (s / s2 + a / a2) / 2, s, a, coverage, msis


def forecasts(kernels, cut, h, m):
    with tempfile.NamedTemporaryFile("w", suffix=".csv") as file:
        file.write("unique_id,ds,y\n")
        for i, (x, _) in enumerate(cut):
            file.writelines(f"{i},{t},{v}\n" for t, v in enumerate(x, 1))
        file.flush()
        out = subprocess.run(
            [kernels, "forecast", file.name, "--horizon", str(h), "--season", str(m)],
            check=True, capture_output=True, text=True).stdout
    values = np.array([[float(r[c]) for c in ("mean", "lo95", "hi95")] for r in csv.DictReader(out.splitlines())])
    return [tuple(v.T) for v in values.reshape(len(cut), h, 3)]


def growing_trend(x, h, slopes=(0.2, 0.5, 0.9), powers=(0.0, 0.5, 1.0), k1=4.0, k2=8.0, usual=0.5):
    """The local and global trend averaged over a grid, as Sources/Statistics/Forecasts/GrowingTrend.swift states it."""
    a = np.array([0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 1])
    u = np.asarray(x, float) / x[-1]
    n, m = len(u), len(u) - 2
    middle = np.empty(n)
    middle[0] = u[0]
    for t in range(1, n):
        middle[t] = middle[t - 1] + 0.5 * (u[t] - middle[t - 1])
    rows = middle[1 : n - 1] ** -1.5
    paths, evidence = [], []
    for slope in slopes:
        level, step = np.empty((n, 8)), np.empty((n, 8))
        level[0], step[0] = u[0], np.median(np.diff(u[:5]))
        for t in range(1, n):
            level[t] = level[t - 1] + a * (u[t] - level[t - 1])
            step[t] = step[t - 1] + slope * (level[t] - level[t - 1] - step[t - 1])
        b, y = step[1 : n - 1], u[2:, None] - level[1 : n - 1]
        for power in powers:
            g, share = level[1 : n - 1] ** power, 1.0
            for i in range(3):
                w = share * rows[:, None]
                gg, gb, bb, gy, by, yy = ((w * p).sum(0) for p in (g * g, g * b, b * b, g * y, b * y, y * y))
                p1, p2 = k1 * gg / m, k2 * bb / m + 1e-12
                a11, a22, right = gg + p1, bb + p2, by + p2 * usual
                det = a11 * a22 - gb * gb
                c, s = (a22 * gy - gb * right) / det, (a11 * right - gb * gy) / det
                left = np.maximum(yy + p2 * usual**2 - c * gy - s * right, 1e-14)
                if i < 2:
                    r = np.abs(y - c * g - s * b) * np.sqrt(rows)[:, None]
                    share = np.minimum(1, 1.2 / (1 + (r / (2 * (1.2533 * r.mean(0)) + 1e-9)) ** 2))
            evidence.append(-(m + 2) / 4 * np.log(left) - 0.25 * np.log(det / (p1 * p2)))
            path, l, d = np.empty((h, 8)), level[-1], step[-1]
            for k in range(h):
                path[k] = np.maximum(0.05, l + c * np.maximum(l, 1e-6) ** power + s * d)
                after = l + a * (path[k] - l)
                d, l = d + slope * (after - l - d), after
            paths.append(path)
    e = np.concatenate(evidence)
    w = np.exp(e - e.max())
    return (np.concatenate(paths, 1) * w).sum(1) / w.sum() * x[-1]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kernels", nargs="?")
    parser.add_argument("data", nargs="?")
    parser.add_argument("--groups", default=",".join(GROUPS))
    parser.add_argument("--example", action="store_true")
    a = parser.parse_args()
    if a.example:
        for x in ([112, 118, 132, 129, 121, 135, 148, 148, 136, 119, 104, 118, 115, 126, 141, 135],
                  [45, 53, 61.3, 59, 68, 77.5, 76.3, 86.7, 97.5, 98, 109.9, 111.6]):
            print(np.round(growing_trend(x, 6), 6).tolist())
        return
    if not a.data:
        parser.error("KERNELS and DATA are needed")
    for group in a.groups.split(","):
        h, m = GROUPS[group][:2]
        scores = {"ends": [], "windows": []}
        for name, cut in collections(a.data, group).items():
            if len(cut) < 20:
                continue
            figures = score(cut, forecasts(a.kernels, cut, h, m), m)
            scores[name.split(":")[0]].append(figures)
            print(group, name, len(cut), "OWA %.4f sMAPE %.2f MASE %.3f coverage %.3f MSIS %.2f" % figures, flush=True)
        for kind, figures in scores.items():
            if figures:
                mean = tuple(np.mean(figures, axis=0))
                print(group, kind, "mean", "OWA %.4f sMAPE %.2f MASE %.3f coverage %.3f MSIS %.2f" % mean, flush=True)


if __name__ == "__main__":
    main()
