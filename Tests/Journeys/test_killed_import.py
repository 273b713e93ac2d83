"""kill -9 at random moments of an import, then the import again: the store ends as that of an undisturbed import."""
import os
import random
import signal
import sqlite3
import subprocess
import time

from conftest import Program, export

# The whole suite runs a few; `KILLS=50` runs what a release is held to.
KILLS = int(os.environ.get("KILLS", "6"))
ROWS_DAYS = int(os.environ.get("KILL_DAYS", "1500"))


def content(program):
    """Everything in the store that does not say when it was written."""
    database = sqlite3.connect(program.store)
    assert database.execute("pragma integrity_check").fetchone() == ("ok",)
    out = []
    for table in "name ticket rollup slice reject counter".split():
        rows = database.execute(f"select * from {table}").fetchall()
        out.append((table, sorted(map(repr, rows))))
    out.append(database.execute("select file_hash, state, row_count, rejected, report from import").fetchall())
    database.close()
    return out


def test_a_killed_import_finishes_when_it_is_begun_again(tmp_path):
    path = os.environ.get("KILL_FILE") or str(tmp_path / "a.csv")
    if "KILL_FILE" not in os.environ:
        with open(path, "w") as file:
            file.write(export(ROWS_DAYS) + "INC-1,whenever,,,New,a,b,1,c,d\n")
    program = Program(tmp_path)
    # The key of the pseudonyms must be the same for stores to be equal: begin each from one prepared store.
    assert program("set", "zone", "UTC").returncode == 0
    assert program("import", write(tmp_path, "seed.csv", export(1, 1, "2020-01-01"))).returncode == 0
    prepared = program.store.read_bytes()
    began = time.monotonic()
    assert program("import", path).returncode == 0
    whole_time = time.monotonic() - began
    expected = content(program)
    chance = random.Random(20)
    killed = 0
    for _ in range(KILLS):
        for suffix in ("", "-wal", "-shm"):
            if os.path.exists(str(program.store) + suffix):
                os.unlink(str(program.store) + suffix)
        program.store.write_bytes(prepared)
        running = program.start("import", path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(chance.random() * whole_time)
        running.send_signal(signal.SIGKILL)
        killed += running.wait() == -signal.SIGKILL
        done = program("import", path)
        assert done.returncode == 0, done.stderr
        assert content(program) == expected
    assert killed > 0, "no import was caught alive"


def write(folder, name, text):
    (folder / name).write_text(text)
    return name
