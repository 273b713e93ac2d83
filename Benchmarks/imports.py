"""`ratchet import` into an empty store, against sqlite3's own `.import` of the same file with three indexes."""
import csv
import shutil
import sqlite3
import subprocess

import data
from measuring import cheapest, cost


def ours(run, path):
    """An import into a store that is not there yet, as a whole process; the store is left for who wants it."""
    store = run.folder / "import.db"
    run.remove(store)
    return cost(run.binary, "import", path, "--store", store, "--timezone", "UTC", "--quiet")


def peer(run, path):
    """The same rows as text into one table with the indexes that a ticket store cannot do without."""
    database = run.folder / "peer.db"
    run.remove(database)
    with open(path, newline="", encoding="utf-8") as file:
        columns = next(csv.reader(file))
    script = run.folder / "peer.sql"
    script.write_text(
        f"create table log ({', '.join(f'{name} text' for name in columns)});\n"
        "create index by_number on log (number, sys_updated_at);\n"
        "create index by_time on log (sys_updated_at);\n"
        "create index by_group on log (assignment_group);\n"
        f".import --csv --skip 1 \"{path}\" log\n")
    spent = cost("sqlite3", "-bail", database, f".read {script}")
    with sqlite3.connect(database) as check:
        assert check.execute("select count(*) from log").fetchone()[0] > 0, "the peer imported nothing"
    check.close()
    run.remove(database)
    return spent


def measure(run):
    if not shutil.which("sqlite3"):
        raise SystemExit("sqlite3: not found; install it (apt-get install sqlite3)")
    path = data.sample(run.folder, 20_000 if run.is_quick else None)
    # In turns, so that both meet the same machine.
    pairs = [(ours(run, path), peer(run, path)) for _ in range(run.times)]
    mine, theirs = (cheapest(side) for side in zip(*pairs))
    version = subprocess.run(["sqlite3", "--version"], capture_output=True, text=True, check=True).stdout.split()[0]
    run.results.note(f"the peer is sqlite3 {version}")
    run.results.add("import, CPU", mine.cpu, "s")
    run.results.add("import by the peer, CPU", theirs.cpu, "s")
    run.results.add("import, rows a CPU second against the peer", theirs.cpu / mine.cpu, "times")
    run.results.add("import, largest memory", mine.peak_mb, "MB")
    tenfold = ours(run, data.copies(run.folder, path, 10))
    run.results.add("import of ten times the rows, CPU", tenfold.cpu / mine.cpu, "times")
    run.results.add("import of ten times the rows, largest memory", tenfold.peak_mb, "MB")
    run.remove(run.folder / "import.db")
