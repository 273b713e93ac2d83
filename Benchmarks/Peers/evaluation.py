#!/usr/bin/env python3
"""Evaluations of a change at a known time, beside the libraries people use today, in one run on one core.

    evaluation.py KERNELS DESIGN [--limit 60] [--causalimpact 5]

KERNELS is the program that Benchmarks/Kernels/build prints. DESIGN is a folder of CELL/REPLICATION.csv (day,y,x) with
truth.json: {"pre": first day after the start, "truth": {"CELL/REPLICATION": {"abs_mean": mean effect}}}; without it one is
simulated (weekly season, one control, AR(1) noise at 0, 0.5 and 0.8, no effect and 2 %).
Peers: least squares and Newey-West (statsmodels OLS on control and weekday), a structural model (statsmodels
UnobservedComponents), and pycausalimpact where it is installed
(it needs pandas below 3 and statsmodels below 0.15). Prints one JSON: false positives, coverage, power, width
and seconds of each, and how many times faster than the peer ours is.
"""
import argparse
import csv
import json
import os
import subprocess
import tempfile
import time
import warnings

import numpy as np

warnings.filterwarnings("ignore")
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(name, "1")


def autoregression(random, n, r, deviation):
    x = np.empty(n)
    x[0] = deviation * random.standard_normal()
    for t in range(1, n):
        x[t] = r * x[t - 1] + deviation * np.sqrt(1 - r * r) * random.standard_normal()
    return x


def simulate(folder, repeats, before=180, after=28):
    truth, week = {}, np.array([5, 3, 2, 1, 1, -6, -6.0])
    for r, effect in ((0.0, 0.0), (0.5, 0.0), (0.8, 0.0), (0.5, 0.02)):
        cell = f"rho{r:.1f}-effect{effect:.2f}"
        os.makedirs(f"{folder}/{cell}")
        for i in range(repeats):
            random = np.random.default_rng([4, int(10 * r), i])
            day = np.arange(before + after)
            x = 100 + week[day % 7] + autoregression(random, len(day), 0.6, 3.75)
            y = 20 + 0.8 * x + week[day % 7] + autoregression(random, len(day), r, 4)
            raised = np.where(day >= before, y * (1 + effect), y)
            with open(f"{folder}/{cell}/{i:03d}.csv", "w", newline="") as out:
                rows = csv.writer(out)
                rows.writerow(["day", "y", "x"])
                rows.writerows(zip(day.tolist(), raised.tolist(), x.tolist()))
            truth[f"{cell}/{i:03d}"] = {"abs_mean": float((raised - y)[before:].mean()), "effect": effect}
    json.dump({"pre": before, "truth": truth}, open(f"{folder}/truth.json", "w"))


def columns(day, x, start):
    weekday = np.column_stack([(day % 7 == j) * 1.0 for j in range(1, 7)])
    return np.column_stack([(day >= start) * 1.0, np.ones(len(day)), weekday, x])


def least_squares(y, x, start, newey_west):
    import statsmodels.api as sm

    model = sm.OLS(y, columns(np.arange(len(y)), x, start))
    kind = {"cov_type": "HAC", "cov_kwds": {"maxlags": 7}} if newey_west else {}
    fit = model.fit(**kind)
    low, high = fit.conf_int(0.05)[0]
    return fit.params[0], low, high


def structural(y, x, start):
    """Local level, week and control on the days before, carried on: the mean of what came less 300 simulated paths."""
    import statsmodels.api as sm

    model = sm.tsa.UnobservedComponents(y[:start], "llevel", seasonal=7, exog=x[:start, None])
    fit = model.fit(disp=False, maxiter=200)
    after = len(y) - start
    paths = np.asarray(
        fit.simulate(after, anchor="end", repetitions=300, exog=x[start:, None], random_state=1)).reshape(after, -1)
    effects = y[start:].mean() - paths.mean(axis=0)
    low, high = np.quantile(effects, (0.025, 0.975))
    return effects.mean(), low, high


def causal_impact(y, x, start):
    import pandas as pd
    from causalimpact import CausalImpact

    frame = pd.DataFrame({"y": y, "x": x})
    impact = CausalImpact(frame, [0, start - 1], [start, len(y) - 1], nseasons=[{"period": 7}])
    summary = impact.summary_data["average"]
    return summary["abs_effect"], summary["abs_effect_lower"], summary["abs_effect_upper"]


def summary(rows, truth):
    cells = {}
    for name, estimate, low, high, seconds in rows:
        cells.setdefault(name.rsplit("/", 1)[0], []).append((estimate, low, high, truth[name]["abs_mean"], seconds))
    out = {}
    for cell, values in sorted(cells.items()):
        n = len(values)
        out[cell] = {
            "n": n,
            "coverage": sum(low <= true <= high for _, low, high, true, _ in values) / n,
            "significant": sum(low > 0 or high < 0 for _, low, high, _, _ in values) / n,
            "width": sum(high - low for _, low, high, _, _ in values) / n,
            "seconds": float(np.median([v[4] for v in values])),
        }
    return out


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("kernels")
    arguments.add_argument("design", nargs="?")
    arguments.add_argument("--limit", type=int, default=60, help="replications of a cell for the peers")
    arguments.add_argument("--causalimpact", type=int, default=3, help="replications for pycausalimpact, 2 s each")
    a = arguments.parse_args()
    folder = a.design
    if folder is None:
        folder = tempfile.mkdtemp(prefix="evaluation-")
        simulate(folder, 200)
    known = json.load(open(f"{folder}/truth.json"))
    truth, start = known["truth"], known["pre"]
    run = subprocess.run(
        [a.kernels, "evaluate-design", folder, "--repeats", "2"], capture_output=True, text=True, check=True)
    ours = [
        (row["id"], *(float(row[k]) for k in ("estimate", "lo95", "hi95", "seconds")))
        for row in csv.DictReader(run.stdout.splitlines())
    ]
    report = {"ours": summary(ours, truth), "peers": {}, "timesFaster": {}}
    peers = {
        "leastSquares": (lambda y, x: least_squares(y, x, start, False), a.limit),
        "neweyWest": (lambda y, x: least_squares(y, x, start, True), a.limit),
        "structural": (lambda y, x: structural(y, x, start), a.limit),
        "causalImpact": (lambda y, x: causal_impact(y, x, start), a.causalimpact),
    }
    own = float(np.median([row[4] for row in ours]))
    for name, (peer, limit) in peers.items():
        rows, failure = [], None
        for key in sorted(truth):
            if int(key.rsplit("/", 1)[1]) >= limit or (truth[key].get("effect") or 0) > 0.02:
                continue
            data = np.genfromtxt(f"{folder}/{key}.csv", delimiter=",", names=True)
            begun = time.perf_counter()
            try:
                estimate, low, high = peer(data["y"], data["x"])
            except Exception as error:  # a peer that is not installed or fails is reported, not hidden
                failure = f"{type(error).__name__}: {error}"
                break
            rows.append((key, estimate, low, high, time.perf_counter() - begun))
        report["peers"][name] = summary(rows, truth) if failure is None else {"failed": failure}
        if rows:
            report["timesFaster"][name] = float(np.median([row[4] for row in rows])) / own
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
