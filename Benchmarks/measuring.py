"""Runs a program and says what it cost; keeps what was measured beside what was promised."""
import json
import os
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent


class Cost:
    """What one run of a program took: CPU seconds of the user and the system together, and its largest memory."""

    def __init__(self, cpu, peak_mb):
        self.cpu = cpu
        self.peak_mb = peak_mb

    def __repr__(self):
        return f"{self.cpu:.2f} s, {self.peak_mb:.0f} MB"


def cost(*command, environment=None, expected=0):
    """Runs a command to its end. What it prints is thrown away unless it fails.

    The largest memory of a child is never less than that of this script when it starts it, some 20 MB: so nothing here
    reads a whole file.
    """
    child = subprocess.Popen(
        [str(word) for word in command], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        env={**os.environ, **(environment or {})})
    said = b""
    while piece := child.stderr.read(65536):
        said = (said + piece)[-4000:]
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != expected:
        sys.exit(f"{' '.join(map(str, command))}: ended with {child.returncode}\n{said.decode(errors='replace')}")
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def cheapest(costs):
    """The least CPU of several runs, as what else the machine does only ever adds; and the most memory."""
    costs = list(costs)
    return Cost(min(c.cpu for c in costs), max(c.peak_mb for c in costs))


def cpu_so_far(pid):
    """CPU seconds all threads of a running process have had, in nanosecond steps (Linux)."""
    total = 0
    for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
        try:
            total += int((task / "schedstat").read_text().split()[0])
        except FileNotFoundError:
            pass  # it has just ended
    return total / 1e9


def quantile(values, p):
    """The smallest value that at least the share p of all do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-int(len(ordered) * p * 1000) // 1000) - 1)]


class Results:
    """A row for each thing measured; a threshold for those that are promised.

    `thresholds.json` has, by name, `most` or `least`; under `quick` what holds with the small data instead, where that
    differs, and null where it cannot be judged with it.
    """

    def __init__(self, is_quick, quiet):
        self.rows = []
        self.is_quick = is_quick
        self.quiet = quiet
        self.thresholds = json.loads((HERE / "thresholds.json").read_text())

    def note(self, text):
        if not self.quiet:
            print(f"  {text}", file=sys.stderr, flush=True)

    def add(self, name, value, unit, detail=""):
        bar = self.thresholds.get(name, {})
        if self.is_quick and "quick" in bar:
            bar = bar["quick"] or {}
        ok = None
        if "most" in bar:
            ok = value <= bar["most"]
        if "least" in bar:
            ok = value >= bar["least"]
        row = {"name": name, "measured": round(value, 4), "unit": unit, "ok": ok}
        row |= {key: bar[key] for key in ("most", "least") if key in bar}
        if detail:
            row["detail"] = detail
        self.rows.append(row)
        self.note(self.line(row))

    @staticmethod
    def line(row):
        bar = f"≤ {row['most']:g}" if "most" in row else f"≥ {row['least']:g}" if "least" in row else ""
        mark = {True: "ok", False: "MISSED", None: ""}[row["ok"]]
        return f"{row['name']:<44} {row['measured']:>12.3f} {row['unit']:<6} {bar:>8}  {mark:<6} {row.get('detail', '')}".rstrip()

    def table(self):
        return "\n".join(self.line(row) for row in self.rows)

    @property
    def are_good(self):
        return all(row["ok"] is not False for row in self.rows)
