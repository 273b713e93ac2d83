"""The register on the command line: brought in, sorted out, ranked, approved, waited for, and merged."""
import json

from conftest import export

SHEET = """Nr;Titel;Beskrivelse;Ansvarlig;Frist;Indsats;Forventet gevinst;Status;Farve
1;Svar på mail før frokost;Mail venter på én person;Søren;24.12.2026;Lille;10 timer om måneden;I gang;grøn
2;Mail: svar før frokost;;Bo;;;;;gul
3;;;;;;;;rød
4;Færre printere;;;;Stor;200 timer om måneden;På hold;
"""


def stocked(ratchet):
    (ratchet.folder / "a.csv").write_text(export(200))
    assert ratchet("import", "a.csv", "--timezone", "UTC", "-q").returncode == 0
    assert ratchet("turn", "-q").returncode == 0


def told(ratchet, *words):
    done = ratchet(*words, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_spreadsheet_becomes_the_register_and_the_same_file_twice_changes_nothing(ratchet):
    (ratchet.folder / "CSI.csv").write_bytes(SHEET.encode("cp1252"))
    read = told(ratchet, "register", "import", "CSI.csv")
    assert read["schema"] == "ratchet.registerImport/1" and read["new"] == [1, 2, 3] and read["keptColumns"] == ["Farve"]
    assert [(r["line"], "has no title" in r["reason"]) for r in read["rejects"]] == [(4, True)]
    one = told(ratchet, "improvement", "show", 1)
    assert one["title"] == "Svar på mail før frokost" and one["owner"] == "Søren" and one["effort"] == "small"
    assert one["hoursPerMonth"]["estimate"] == 10 and one["imported"]["cells"]["Farve"] == "grøn"
    assert one["rounds"][0]["objective"]["by"] == "2026-12-24" and one["origin"] == {"file": "CSI.csv", "line": 2}
    assert told(ratchet, "improvement", "show", 3)["state"] == "onHold"
    before = ratchet("improvement", "list", "--json").stdout
    again = told(ratchet, "register", "import", "CSI.csv")
    assert again["alreadyImported"] and again["new"] == [] and ratchet("improvement", "list", "--json").stdout == before
    (ratchet.folder / "CSI.csv").write_bytes(SHEET.replace("gul", "blå").encode("cp1252"))
    assert told(ratchet, "register", "import", "CSI.csv")["changed"] == [2]
    for wrong in (["--map", "colour=Farve"], ["--map", "title"], ["--day-first", "--month-first"]):
        assert ratchet("register", "import", "CSI.csv", *wrong).returncode == 64, wrong
    assert ratchet("register", "import", "CSI.csv", "--map", "title=Overskrift").returncode == 65
    assert ratchet("register", "import", "none.csv").returncode == 66
    (ratchet.folder / "book.xlsx").write_bytes(b"PK\x03\x04" + b"x" * 100)
    done = ratchet("register", "import", "book.xlsx")
    assert done.returncode == 65 and "export it as CSV" in done.stderr


def test_the_same_thing_twice_is_found_and_merged_and_nobody_is_lost(ratchet):
    (ratchet.folder / "CSI.csv").write_bytes(SHEET.encode("cp1252"))
    told(ratchet, "register", "import", "CSI.csv")
    pairs = told(ratchet, "register", "duplicates")["pairs"]
    assert [(p["first"], p["second"]) for p in pairs] == [(1, 2)] and "frokost" in pairs[0]["sharedWords"]
    ratchet("improvement", "watch", 2, "--by", "Eve")
    ratchet("improvement", "support", 2, "--by", "Kim")
    ratchet("improvement", "comment", 2, "@Ada skal se det", "--by", "Kim")
    assert ratchet("improvement", "merge", 2, "--into", 2).returncode == 77
    assert ratchet("improvement", "merge", 2, "--into", 9).returncode == 66
    kept = told(ratchet, "improvement", "merge", 2, "--into", 1)
    assert kept["id"] == 1 and set(kept["watchers"]) == {"Eve", "Bo"} and kept["supporters"] == ["Kim"]
    assert kept["comments"][0]["from"] == 2 and kept["comments"][0]["mentions"] == ["Ada"]
    gone = told(ratchet, "improvement", "show", 2)
    assert gone["mergedInto"] == 1 and gone["history"][-1]["what"] == "merged" and len(gone["history"]) == gone["version"]
    done = ratchet("improvement", "comment", 2, "Hello?")
    assert done.returncode == 77 and "goes on in improvement 1" in done.stderr
    assert [m["improvement"] for m in told(ratchet, "improvement", "mentions", "ada")["mentions"]] == [1]
    assert told(ratchet, "register", "duplicates")["pairs"] == []


def test_small_things_need_nobody_and_larger_ones_a_role(ratchet):
    stocked(ratchet)
    assert ratchet("set", "approval", "tiny 20").returncode == 64
    assert ratchet("set", "approval", "small 20 pope").returncode == 64
    assert ratchet("set", "approval", "small 20 processOwner").returncode == 0
    ratchet("improvement", "open", "Answer sooner", "--by", "Ada")
    ratchet("improvement", "own", 1, "Ada")
    ratchet("improvement", "objective", 1, "A fifth fewer", "--measure", "incidents.opened")
    for _ in range(3):
        ratchet("improvement", "forward", 1, "--reason", "Known")
    ratchet("improvement", "plan", 1, "--least-effect", "20")
    done = ratchet("improvement", "forward", 1)
    assert done.returncode == 77 and "an approval" in done.stderr
    assert ratchet("improvement", "size", 1, "--effort", "small", "--hours", "10,30-60").returncode == 64
    ratchet("improvement", "size", 1, "--effort", "large", "--hours", "100,80-120")
    assert ratchet("improvement", "approve", 1, "--by", "Bo").returncode == 64
    assert ratchet("improvement", "approve", 1, "--by", "Bo", "--as", "reader").returncode == 77
    done = ratchet("improvement", "approve", 1, "--by", "Bo", "--as", "serviceOwner")
    assert done.returncode == 77 and "may not approve" in done.stderr
    approved = told(ratchet, "improvement", "approve", 1, "--by", "Eve", "--as", "processOwner")["rounds"][0]["approval"]
    assert approved["by"] == "Eve" and approved["role"] == "processOwner" and not approved["needed"]
    assert ratchet("improvement", "forward", 1).returncode == 0
    # A small one: nobody is asked, and that is kept.
    ratchet("improvement", "open", "A note at the door", "--by", "Ada")
    ratchet("improvement", "size", 2, "--effort", "small", "--hours", "10,5-20")
    ratchet("improvement", "own", 2, "Ada")
    for _ in range(4):
        done = ratchet("improvement", "forward", 2, "--reason", "Known")
    assert done.returncode == 0
    assert told(ratchet, "improvement", "show", 2)["rounds"][0]["approval"]["delegated"] is True


def test_departments_wait_and_checks_return_and_the_evaluation_waits_for_people(ratchet):
    stocked(ratchet)
    ratchet("improvement", "open", "Faster systems")
    ratchet("improvement", "department", 1, "IT", "New server", "--lead", "Bo", "--due", "2026-02-01")
    assert told(ratchet, "improvement", "department", 1, "IT", "--done", "2026-02-03")["rounds"][0]["parts"] == [
        {"department": "IT", "text": "New server", "lead": "Bo", "due": "2026-02-01", "doneOn": "2026-02-03"}]
    ratchet("improvement", "wait", 1, "The terms", "--department", "IT", "--for", "Law", "--since", "2026-01-10", "--agreed", "5")
    ratchet("improvement", "roadblock", 1, "No room", "--department", "Estates", "--since", "2026-01-15")
    assert told(ratchet, "improvement", "show", 1)["blockedBy"] == ["Law", "Estates"]
    assert ratchet("improvement", "handed-over", 1, 1, "2026-01-09").returncode == 77
    assert ratchet("improvement", "handed-over", 1, 9, "2026-01-20").returncode == 66
    ratchet("improvement", "handed-over", 1, 1, "2026-01-20")
    ratchet("improvement", "respond", 1, 1, "The canteen is free", "--cleared", "2026-01-18")
    ledger = told(ratchet, "register", "waiting", "--as-of", "2026-03-01")
    assert [(line["waitsFor"], line["days"], line["overAgreed"], line["open"]) for line in ledger["lines"]] == [
        ("Law", 10, 5, 0), ("Estates", 3, 0, 0)]
    assert ledger["blockedDays"] == 10

    ratchet("improvement", "action", 1, "Check the servers", "--owner", "Bo", "--due", "2026-01-31", "--every", "30")
    actions = told(ratchet, "register", "actions", "--as-of", "2026-02-05")["actions"]
    assert [(a["standing"], a["overdueDays"], a["everyDays"]) for a in actions] == [("overdue", 5, 30)]
    ratchet("improvement", "done", 1, 1, "2026-02-05")
    actions = told(ratchet, "register", "actions", "--as-of", "2026-02-06")["actions"]
    assert [(a["standing"], a["due"]) for a in actions] == [("due", "2026-03-07")]
    assert ratchet("improvement", "done", 1, 7, "2026-02-05").returncode == 77

    ratchet("improvement", "team", 1, "First line", "--people", 10, "--department", "IT")
    ratchet("improvement", "adoption", 1, 50)
    for _ in range(4):
        ratchet("improvement", "forward", 1, "--reason", "Known")
    ratchet("improvement", "live", 1, "2026-02-10")
    done = ratchet("improvement", "forward", 1)
    assert done.returncode == 77 and "enough people" in done.stderr
    ratchet("improvement", "adopt", 1, "First line", "--person", "Bo")
    assert ratchet("improvement", "adopt", 1, "First line", "--people", 6, "--person", "Bo").returncode == 64
    share = told(ratchet, "improvement", "adopt", 1, "First line", "--people", 6)["rounds"][0]["adoption"]
    assert share["share"] == 0.6 and share["needed"] == 0.5 and ratchet("improvement", "forward", 1).returncode == 0


def test_the_order_is_told_with_every_term_and_the_picks_are_filled_in(ratchet):
    stocked(ratchet)
    ratchet("improvement", "open", "Answer sooner")
    ratchet("improvement", "sort", 1, "--type", "process", "--stage", "operation")
    ratchet("improvement", "goal", 1, "Customers stay")
    ranking = told(ratchet, "register", "rank")
    mine = [one for one in ranking["candidates"] if one.get("improvement") == 1][0]
    assert mine["score"] is None and mine["unknown"] == ["hoursPerMonth", "effort"]
    ratchet("improvement", "option", 1, "Two more people", "--effort", "small", "--hours", "40,30-60")
    assert ratchet("improvement", "choose", 1, 2).returncode == 77
    shown = told(ratchet, "improvement", "choose", 1, 1)
    assert shown["effort"] == "small" and shown["type"] == "process" and shown["goal"] == "Customers stay"
    mine = [one for one in told(ratchet, "register", "rank")["candidates"] if one.get("improvement") == 1][0]
    assert abs(mine["score"] - 40 * mine["probability"]["estimate"] / 5) < 1e-4
    assert [level["scope"] for level in mine["baseRate"]] == ["all", "sameKind"]
    for language, words in (("en", "verdict"), ("da", "konklusion"), ("zh", "结论")):
        assert words in ratchet("register", "rank", "--language", language).stdout
    rates = told(ratchet, "register", "base-rates", "--type", "process", "--measure", "incidents.timeToResolve", "--cause", "Waits")
    assert len(rates["levels"]) == 4 and abs(rates["probability"]["estimate"] - 1 / 3) < 1e-4 and rates["prior"]["weight"] == 4
    start = told(ratchet, "register", "start-small")
    assert len(start["picks"]) <= 3 and {"improvement": 1, "lacks": "notMeasurable"} in start["lacking"]
    for pick in start["picks"]:
        assert pick["weeks"] <= 4 and pick["objective"]["measure"] and pick["provableEffect"] <= pick["expectedEffect"]
    assert ratchet("register", "start-small", "--open", 9).returncode == 66
    gains = told(ratchet, "register", "gains")
    assert gains["gains"] == [] and gains["total"] == {"credited": 0, "own": 0, "held": 0}
    assert ratchet("register", "--json").stdout.startswith('{"schema":"ratchet.register/1"')


def test_a_goal_that_changes_stays_beside_the_frozen_one_and_parts_know_their_whole(ratchet):
    stocked(ratchet)
    ratchet("improvement", "open", "Answer sooner")
    ratchet("improvement", "open", "Answer mail sooner")
    assert told(ratchet, "improvement", "part-of", 2, "--parent", 1)["parent"] == 1
    assert told(ratchet, "improvement", "show", 1)["parts"] == [2]
    assert ratchet("improvement", "part-of", 1, "--parent", 2).returncode == 77
    assert ratchet("improvement", "part-of", 1, "--parent", 9).returncode == 77
    ratchet("improvement", "objective", 1, "A fifth fewer", "--measure", "incidents.opened")
    ratchet("improvement", "plan", 1, "--least-effect", "20")
    changed = told(ratchet, "improvement", "objective", 1, "A third fewer", "--measure", "incidents.opened", "--reason", "More came")
    change = changed["rounds"][0]["goalChanges"]
    assert [(c["before"]["text"], c["after"]["text"], c["reason"]) for c in change] == [("A fifth fewer", "A third fewer", "More came")]
    assert changed["rounds"][0]["plan"]["intact"]
    version = changed["version"]
    assert ratchet("improvement", "comment", 1, "First", "--seen", version).returncode == 0
    late = ratchet("improvement", "comment", 1, "Second", "--seen", version)
    assert late.returncode == 77 and "someone else has changed it meanwhile" in late.stderr
    assert [c["text"] for c in told(ratchet, "improvement", "show", 1)["comments"]] == ["First"]


def desk(first, days, per_day, seed, prefix):
    """Tickets of some days: a mean number a day with chance around it, the same for the same seed."""
    import datetime
    import random

    chance = random.Random(seed)
    rows = ["number,opened_at,resolved_at,closed_at,incident_state,category,assignment_group,priority,location,caller_id"]
    for day in range(days):
        mean = per_day(day)
        for i in range(max(0, round(chance.gauss(mean, mean**0.5)))):
            opened = datetime.datetime.combine(first + datetime.timedelta(days=day), datetime.time(8)) + datetime.timedelta(minutes=chance.randrange(540))
            done = opened + datetime.timedelta(minutes=30 + chance.randrange(400))
            rows.append(f"{prefix}{day:04d}{i:03d},{opened},{done},{done},Closed,Category {i % 3},Group {i % 2},{1 + i % 4},Site 1,Ann {i}")
    return "\n".join(rows) + "\n"


def brought(ratchet, name, text):
    (ratchet.folder / name).write_text(text)
    assert ratchet("import", name, "--timezone", "UTC", "-q").returncode == 0
    assert ratchet("turn", "-q").returncode == 0


def test_two_improvements_of_one_measure_share_what_they_brought_and_a_gain_that_slips_begins_anew(ratchet):
    import datetime

    today = datetime.datetime.now(datetime.timezone.utc).date()
    brought(ratchet, "before.csv", desk(today - datetime.timedelta(days=182), 182, lambda day: 30, 1, "A"))
    for number, live in ((1, 0), (2, 14)):
        ratchet("improvement", "open", ("Self-service", "Better forms")[number - 1])
        ratchet("improvement", "own", number, "Ada")
        ratchet("improvement", "objective", number, "Fewer", "--measure", "incidents.opened")
        assert ratchet("improvement", "plan", number, "--least-effect", "10", "--weeks", "4").returncode == 0
        for _ in range(4):
            ratchet("improvement", "forward", number, "--reason", "Known")
        assert ratchet("improvement", "live", number, today + datetime.timedelta(days=live)).returncode == 0
    # A fifth fewer from today on, a fifth fewer again after two weeks; after ten weeks everything is as it was before.
    brought(ratchet, "after.csv", desk(today, 140, lambda day: 24 if day < 14 else 19 if day < 70 else 30, 2, "B"))
    for number in (1, 2):
        done = ratchet("improvement", "evaluate", number)
        assert done.returncode == 0 and "worked" in done.stdout, done.stdout + done.stderr
    gains = told(ratchet, "register", "gains")
    first, second = gains["gains"]
    assert [first["improvement"], second["improvement"]] == [1, 2] and first["sharedWith"] == [2]
    assert first["bound"] == "measured" and gains["unmeasured"] == []
    joint = first["jointHoursPerMonth"]["estimate"]
    assert gains["total"]["own"] > 1.1 * joint and gains["total"]["credited"] <= joint * 1.001
    assert first["held"]["estimate"] < 0.4 and first["slippedOn"] and first["nextAnniversary"] is None
    for language, words in (("en", "each hour counted once"), ("da", "hver time talt én gang"), ("zh", "每小时只计一次")):
        assert words in ratchet("register", "gains", "--language", language).stdout
    # What is learned from it: two of two worked, and a sceptic's prior keeps its feet on the ground.
    level = told(ratchet, "register", "base-rates")["levels"][0]
    assert (level["worked"], level["finished"]) == (2, 2) and abs(level["rate"]["estimate"] - 3 / 5) < 1e-4
    ratchet("improvement", "forward", 1)
    ratchet("improvement", "forward", 1)
    assert ratchet("improvement", "decide", 1, "keep").returncode == 0
    again = told(ratchet, "improvement", "slipped", 1)
    assert again["round"] == 2 and again["rounds"][0]["slipped"]["on"] == first["slippedOn"]
    assert again["rounds"][1]["objective"]["measure"] == "incidents.opened"
