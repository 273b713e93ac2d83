"""The command line as scripts see it: documents, errors on one line, exit codes."""
import gzip
import json
import os
import re
import resource
import shutil
import signal
import sqlite3
import subprocess
import threading
import time

import pytest
from conftest import BINARY, SAMPLE, export

COMMANDS = (
    "review import turn signals register improvement momentum policy people mcp problems predictions serve demo check export backup restore set forecast changes anomalies evaluate decompose control"
).split()


def is_one_line(text):
    return text.startswith("ratchet: ") and text.endswith("\n") and text.count("\n") == 1


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_help_with_an_example(ratchet, command):
    done = ratchet(command, "--help")
    assert done.returncode == 0
    assert f"ratchet {command}" in done.stdout.replace("\n", " ") and "xample" in done.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_the_man_page_has_each_command_with_its_options(ratchet, command):
    page = (SAMPLE.parents[1] / "Documentation" / "ratchet.1").read_text()
    assert f"\n.SS {command}" in page
    # The engine's options stand with each command; those the others share are told once.
    own = page.split(f"\n.SS {command}", 1)[1].split("\n.S", 1)[0] if command in COMMANDS[COMMANDS.index("forecast"):] else page
    for option in set(re.findall(r"^  (?:-., )?(--[a-z-]+)", ratchet(command, "--help").stdout, re.M)) - {"--version", "--seed", "--help"}:
        assert option.replace("-", r"\-") in own, option


def test_the_version_is_on_standard_output(ratchet):
    done = ratchet("--version")
    assert done.returncode == 0 and done.stdout.strip()[0].isdigit()


@pytest.mark.parametrize(
    "arguments",
    [["review"], ["sing"], ["review", "a.csv", "--preset", "excel"], ["review", "a.csv", "--map", "colour=x"], ["review", "a.csv", "--timezone", "Mars"],
     ["review", "a.csv", "--rate", "-3"], ["review", "a.csv", "--until", "tomorrow"], ["forecast", "a.csv", "--horizon", "0"], ["set", "zone", "Mars"],
     ["review", "a.csv", "--language", "fr"], ["signals", "--kind", "magic"]],
)
def test_a_wrong_argument_is_one_line_and_exit_64(ratchet, arguments):
    done = ratchet(*arguments)
    assert done.returncode == 64, done.stderr
    assert is_one_line(done.stderr), done.stderr


def test_a_review_is_one_document_and_the_same_bytes_each_time(ratchet):
    (ratchet.folder / "a.csv").write_text(export(120))
    first = ratchet("review", "a.csv", "--json")
    assert first.returncode == 0, first.stderr
    document = json.loads(first.stdout)
    assert document["schema"] == "ratchet.review/1"
    assert document["source"]["rows"] == document["source"]["records"] == export(120).count("\n") - 1
    assert document["source"]["from"] == "2024-01-01T08:00:00Z"
    assert document["falseAlarms"]["tested"] > 0
    assert {"signals", "opportunities", "falseAlarms", "source"} <= document.keys()
    assert not ratchet.store.exists(), "a review writes nothing but its output"
    assert ratchet("review", "a.csv", "--json").stdout == first.stdout
    piped = ratchet("review", "-", "--json", input=export(120))
    assert json.loads(piped.stdout)["falseAlarms"] == document["falseAlarms"]


def test_a_step_that_anyone_can_see_is_found_with_its_date_and_its_tickets(ratchet):
    text = export(240)
    extra = [row.replace("INC", "X").replace("Category 1", "Category 9").replace("Group 1", "Group 9") for row in text.splitlines()[1:] if row[:7] >= "INC0150"]
    (ratchet.folder / "a.csv").write_text(text + "\n".join(extra) + "\n")
    document = json.loads(ratchet("review", "a.csv", "--json").stdout)
    worse = [s for s in document["signals"] if s["kind"] == "levelShift" and s["direction"] == "worse" and s["measure"] == "incidents.opened"]
    assert worse, document["signals"]
    best = min(worse, key=lambda s: s["q"])
    assert best["atEarliest"] <= "2024-05-30" <= best["atLatest"]
    lead = document["opportunities"][0]
    assert lead["rank"] == 1 and lead["hoursPerMonth"]["low"] <= lead["hoursPerMonth"]["estimate"] <= lead["hoursPerMonth"]["high"]
    assert lead["evidence"]["count"] >= len(lead["evidence"]["records"]) > 0
    page = ratchet("review", "a.csv", "--html", "out.html")
    assert page.returncode == 0, page.stderr
    html = (ratchet.folder / "out.html").read_text()
    assert "<svg" in html and "http://" not in html.replace("http://www.w3.org", "") and "<script src" not in html


def bad_inputs(folder):
    (folder / "a.pdf").write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n")
    (folder / "empty.csv").write_bytes(b"")
    (folder / "header.csv").write_text("number,opened_at,category\n")
    (folder / "book.xlsx").write_bytes(b"PK\x03\x04\x14\x00\x06\x00")
    (folder / "unknown.csv").write_text("apples,pears\n1,2\n")
    (folder / "a-folder").mkdir()
    (folder / "either.csv").write_text("number,opened_at,category\n1,03/04/2024 10:00,a\n2,05/06/2024 10:00,b\n")


@pytest.mark.parametrize("command", ["review", "import"])
@pytest.mark.parametrize(
    "name, code",
    [("a.pdf", 65), ("empty.csv", 65), ("header.csv", 65), ("book.xlsx", 65), ("unknown.csv", 65), ("a-folder", 66), ("nothing.csv", 66), ("either.csv", 65)],
)
def test_bad_input_says_what_where_and_what_to_do(ratchet, command, name, code):
    bad_inputs(ratchet.folder)
    done = ratchet(command, name)
    assert done.returncode == code, done.stderr
    assert is_one_line(done.stderr) and name in done.stderr and ";" in done.stderr, done.stderr


def test_the_question_about_days_and_months_is_answered_by_an_option(ratchet):
    bad_inputs(ratchet.folder)
    assert "--day-first or --month-first" in ratchet("review", "either.csv").stderr
    assert json.loads(ratchet("review", "either.csv", "--json", "--day-first").stdout)["source"]["from"] == "2024-04-03T10:00:00Z"
    assert json.loads(ratchet("review", "either.csv", "--json", "--month-first").stdout)["source"]["from"] == "2024-03-04T10:00:00Z"


def test_a_file_that_is_not_known_is_read_with_a_map(ratchet):
    (ratchet.folder / "a.csv").write_text("Sag;Start;Emne\n1;2024-01-31 10:00;Skriver\n2;2024-02-01 10:00;Net\n")
    done = ratchet("review", "a.csv", "--map", "id=Sag", "--map", "openedAt=Start", "--map", "category=Emne", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["source"]["records"] == 2
    wrong = ratchet("review", "a.csv", "--map", "id=Nummer")
    assert wrong.returncode == 65 and "Nummer" in wrong.stderr and "Start" in wrong.stderr


def test_a_file_cut_in_the_middle_keeps_what_is_whole(ratchet):
    whole = gzip.compress(export(60).encode())
    (ratchet.folder / "cut.csv.gz").write_bytes(whole[: len(whole) * 2 // 3])
    done = ratchet("import", "cut.csv.gz", "--json")
    assert done.returncode == 0, done.stderr
    assert 0 < json.loads(done.stdout)["imports"][0]["new"] < export(60).count("\n")


def test_a_file_that_shrinks_while_it_is_read(ratchet):
    path = ratchet.folder / "shrinking.csv"
    path.write_text(export(8000))
    size = path.stat().st_size
    running = ratchet.start("import", "shrinking.csv", stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
    store = ratchet.store
    for _ in range(2000):
        if store.exists():
            break
        time.sleep(0.005)
    os.truncate(path, size // 3)
    error = running.communicate(timeout=300)[1]
    assert running.returncode == 74, error
    assert is_one_line(error) and "changed while it was read" in error


def test_no_space_left(ratchet):
    (ratchet.folder / "a.csv").write_text(export(2000))

    def small_files():
        # A disk that is full and a limit on a file's size end the same way for the program: the write is refused.
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))

    done = ratchet("import", "a.csv", preexec_fn=small_files)
    assert done.returncode == 74, done.stderr
    assert is_one_line(done.stderr) and "space" in done.stderr, done.stderr
    again = ratchet("import", "a.csv")
    assert again.returncode == 0, again.stderr
    assert ratchet("check").returncode == 0


def test_no_space_left_on_a_real_small_disk(ratchet):
    (ratchet.folder / "a.csv").write_text(export(2000))
    (ratchet.folder / "disk").mkdir()
    script = f"mount -t tmpfs -o size=1m none {ratchet.folder}/disk && {BINARY} import a.csv --store disk/s.db"
    done = subprocess.run(["unshare", "--map-root-user", "--mount", "sh", "-c", script], capture_output=True, text=True, cwd=ratchet.folder)
    if "unshare" in done.stderr or "mount" in done.stderr:
        # This machine gives no mounts away; the limit on file sizes above says the same.
        return
    assert done.returncode == 74, done.stderr
    assert is_one_line(done.stderr) and "no space left" in done.stderr


def test_output_that_cannot_be_written(ratchet):
    (ratchet.folder / "a.csv").write_text(export(60))
    with open("/dev/full", "w") as full:
        done = subprocess.run([BINARY, "review", "a.csv", "--json"], stdout=full, stderr=subprocess.PIPE, text=True, cwd=ratchet.folder, env=ratchet.environment)
    assert done.returncode == 74 and is_one_line(done.stderr), done.stderr
    done = ratchet("review", "a.csv", "--html", "no/such/folder/out.html")
    assert done.returncode == 73 and is_one_line(done.stderr), done.stderr


def test_a_read_only_store(ratchet):
    (ratchet.folder / "a.csv").write_text(export(60))
    assert ratchet("import", "a.csv").returncode == 0
    (ratchet.folder / "b.csv").write_text(export(70))
    ratchet.store.chmod(0o400)
    if os.geteuid() == 0:
        # Permissions do not bind root: the immutable flag or, where there is none, a read-only mount does.
        script = f"mount --bind {ratchet.folder} {ratchet.folder} && mount -o remount,ro,bind {ratchet.folder} && {BINARY} import b.csv"
        done = subprocess.run(["unshare", "--mount", "sh", "-c", script], capture_output=True, text=True, cwd=ratchet.folder, env=ratchet.environment)
        if "unshare" in done.stderr or "mount:" in done.stderr:
            return
    else:
        done = ratchet("import", "b.csv")
    assert done.returncode in (69, 73), done.stderr
    assert is_one_line(done.stderr) and "store.db" in done.stderr, done.stderr


def test_a_store_of_a_newer_version(ratchet):
    (ratchet.folder / "a.csv").write_text(export(60))
    assert ratchet("import", "a.csv").returncode == 0
    with sqlite3.connect(ratchet.store) as database:
        database.execute("pragma user_version = 99")
    for command in (["import", "a.csv"], ["turn"], ["check"], ["signals"]):
        done = ratchet(*command)
        assert done.returncode == 65, done.stderr
        assert is_one_line(done.stderr) and "newer Ratchet" in done.stderr


def test_a_store_that_is_another_file(ratchet):
    ratchet.store.write_text("Dear customer")
    (ratchet.folder / "a.csv").write_text(export(5))
    done = ratchet("import", "a.csv")
    assert done.returncode == 65 and "not a Ratchet store" in done.stderr
    assert ratchet.store.read_text() == "Dear customer"


def test_no_store_yet(ratchet):
    for command in (["turn"], ["signals"], ["register"], ["check"], ["export"], ["backup", "b.db"]):
        done = ratchet(*command)
        assert done.returncode == 66 and is_one_line(done.stderr), (command, done.stderr)
    assert not ratchet.store.exists()


def test_bad_rows_are_kept_and_strict_changes_nothing(ratchet):
    (ratchet.folder / "a.csv").write_text(export(5) + "INC-1,whenever,,,New,a,b,1,c,d\n")
    strict = ratchet("import", "a.csv", "--strict")
    assert strict.returncode == 65 and is_one_line(strict.stderr) and f"a.csv:{export(5).count(chr(10)) + 1}:" in strict.stderr
    done = json.loads(ratchet("import", "a.csv", "--json").stdout)["imports"][0]
    assert done["rejected"] == 1 and done["new"] == done["rows"] - 1


def test_import_turn_read_back_up_lose_and_restore(ratchet):
    (ratchet.folder / "a.csv").write_text(export(200))
    assert ratchet("import", "a.csv").returncode == 0
    again = json.loads(ratchet("import", "a.csv", "--json").stdout)["imports"][0]
    assert again["alreadyImported"] and again["new"] == 0
    assert ratchet("turn", "--json").returncode == 0
    assert json.loads(ratchet("signals", "--json").stdout)["schema"] == "ratchet.signals/1"
    assert json.loads(ratchet("register", "--json").stdout)["schema"] == "ratchet.register/1"
    tickets = ratchet("export").stdout
    assert tickets.count("\n") == export(200).count("\n") - 1
    assert "Ann" not in tickets, "people are pseudonyms"
    assert ratchet("backup", "copy.db").returncode == 0
    assert ratchet("backup", "copy.db").returncode == 73
    (ratchet.folder / "b.csv").write_text(export(220))
    assert ratchet("import", "b.csv").returncode == 0
    assert ratchet("export").stdout != tickets
    assert ratchet("restore", "copy.db").returncode == 0
    assert ratchet("export").stdout == tickets
    assert ratchet("check").returncode == 0
    assert ratchet("restore", "nothing.db").returncode == 66
    rows = ratchet("export", "--csv").stdout
    assert rows.splitlines()[0].startswith("number,kind,status")


def test_settings_are_checked_and_days_follow_the_zone(ratchet):
    (ratchet.folder / "a.csv").write_text(export(30))
    assert ratchet("import", "a.csv").returncode == 0
    assert ratchet("set", "zone", "Asia/Shanghai").returncode == 0
    assert ratchet("set", "rate", "450").returncode == 0
    assert ratchet("set", "targets", "incidents.slaMet category=Email 0.9; incidents.backlog - 100").returncode == 0
    assert ratchet("set", "holidays", "2024-12-24 2024-12-25").returncode == 0
    assert ratchet("set", "pseudonymKey", "00").returncode == 64
    assert ratchet("check").returncode == 0


def test_forecasts_have_a_row_a_step_and_name_what_is_wrong(ratchet):
    lines = ["unique_id,ds,y"] + [f"a,{t},{10 + t % 7 * 3 + t * 0.1:.2f}" for t in range(84)] + [f"b,{t},{'' if t == 3 else 5}" for t in range(30)]
    done = ratchet("forecast", "-", "--horizon", "14", "--season", "7", input="\n".join(lines) + "\n")
    assert done.returncode == 0, done.stderr
    rows = [row.split(",") for row in done.stdout.splitlines()]
    assert rows[0] == ["unique_id", "ds_index", "mean", "lo95", "hi95"] and len(rows) == 29
    for row in rows[1:]:
        assert float(row[3]) <= float(row[2]) <= float(row[4])
    truth = [10 + t % 7 * 3 + t * 0.1 for t in range(84, 98)]
    assert max(abs(float(row[2]) - y) for row, y in zip(rows[1:15], truth)) < 2
    assert ratchet("forecast", "-", "--horizon", "3", input="unique_id,ds,y\na,1,x\n").returncode == 65
    assert ratchet("forecast", "-", "--horizon", "3", input="unique_id,ds,y\na,1,\n").returncode == 65
    assert ratchet("forecast", "-", "--horizon", "3", input="a,b\n1,2\n").returncode == 65


def test_interrupting_ends_with_130_and_loses_nothing(ratchet):
    (ratchet.folder / "a.csv").write_text(export(4000))
    running = ratchet.start("import", "a.csv", stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    for _ in range(2000):
        if ratchet.store.exists():
            break
        time.sleep(0.005)
    running.send_signal(signal.SIGINT)
    assert running.wait(timeout=60) in (130, 0)
    assert ratchet("import", "a.csv").returncode == 0
    assert ratchet("check").returncode == 0


def test_the_installed_program_works_from_another_folder(ratchet):
    # As `make install` lays it out: the binary in bin, the sample in share, and nothing of the source tree in reach.
    prefix = ratchet.folder / "usr"
    (prefix / "bin").mkdir(parents=True)
    (prefix / "share/ratchet/Samples").mkdir(parents=True)
    shutil.copy(BINARY, prefix / "bin/ratchet")
    (prefix / "share/ratchet/Samples/incident-event-log.csv.gz").write_bytes(gzip.compress(gzip.decompress(SAMPLE.read_bytes())[:2_000_000]))
    done = subprocess.run([prefix / "bin/ratchet", "demo", "--no-serve", "--store", ratchet.store], capture_output=True, text=True, env=ratchet.environment, cwd="/")
    assert done.returncode == 0, done.stderr
    assert ratchet("check").returncode == 0
