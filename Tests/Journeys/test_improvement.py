"""An improvement on the command line, from the register to its next round."""
import datetime
import json

from conftest import export


def stocked(ratchet):
    (ratchet.folder / "a.csv").write_text(export(200))
    assert ratchet("import", "a.csv", "--timezone", "UTC", "-q").returncode == 0
    assert ratchet("turn", "-q").returncode == 0


def step(ratchet):
    return json.loads(ratchet("improvement", "show", 1, "--json").stdout)["step"]


def test_without_a_store_or_a_number_it_says_so(ratchet):
    assert ratchet("improvement").returncode == 66
    stocked(ratchet)
    assert ratchet("improvement", "list", "--json").stdout == '{"schema":"ratchet.improvements/1","improvements":[]}\n'
    done = ratchet("improvement", "show", 7)
    assert done.returncode == 66 and "there is no improvement 7" in done.stderr
    done = ratchet("improvement", "open", "Sooner", "--opportunity", "none")
    assert done.returncode == 66 and "there is no opportunity" in done.stderr
    assert ratchet("improvement", "open", " ").returncode == 77


def test_a_step_is_left_with_its_evidence_or_with_a_reason_that_is_kept(ratchet):
    stocked(ratchet)
    assert ratchet("improvement", "open", "Answer sooner", "--by", "Ada").returncode == 0
    done = ratchet("improvement", "forward", 1)
    assert done.returncode == 77 and "an objective that names a measure" in done.stderr and step(ratchet) == 1
    assert ratchet("improvement", "objective", 1, "Half the wait", "--measure", "incidents.magic").returncode == 64
    assert ratchet("improvement", "objective", 1, "Half the wait", "--measure", "incidents.timeToResolve", "--slice", "colour=red").returncode == 64
    assert ratchet("improvement", "objective", 1, "Half the wait", "--measure", "incidents.timeToResolve", "--target", "4").returncode == 0
    assert ratchet("improvement", "forward", 1).returncode == 0 and step(ratchet) == 2
    assert ratchet("improvement", "forward", 1, "--reason", " ").returncode == 77
    assert ratchet("improvement", "forward", 1, "--reason", "The director asked").returncode == 0 and step(ratchet) == 3
    shown = json.loads(ratchet("improvement", "show", 1, "--json").stdout)
    assert shown["schema"] == "ratchet.improvement/1" and shown["version"] == 4
    assert shown["rounds"][0]["overrides"] == [{"step": 2, "missing": ["enoughBaseline"], "reason": "The director asked"}]
    assert [entry["what"] for entry in shown["history"]] == ["opened", "objective", "forward", "forward"]
    assert shown["history"][0]["by"] == "Ada"


def test_hold_resume_back_and_close(ratchet):
    stocked(ratchet)
    ratchet("improvement", "open", "Answer sooner")
    assert ratchet("improvement", "hold", 1, "Waits for the budget").returncode == 0
    done = ratchet("improvement", "own", 1, "Bo")
    assert done.returncode == 77 and "on hold" in done.stderr
    assert ratchet("improvement", "resume", 1).returncode == 0
    assert ratchet("improvement", "own", 1, "Bo").returncode == 0
    assert ratchet("improvement", "forward", 1, "--reason", "Known already").returncode == 0
    assert ratchet("improvement", "back", 1, "--to", "2", "--reason", "Again").returncode == 77
    assert ratchet("improvement", "back", 1, "--to", "1", "--reason", "Again").returncode == 0 and step(ratchet) == 1
    assert ratchet("improvement", "close", 1, "Merged into another").returncode == 0
    assert ratchet("improvement", "cause", 1, "Too late").returncode == 77
    assert ratchet("improvement", "comment", 1, "Thanks, all").returncode == 0


def test_a_plan_is_frozen_before_the_start_and_the_verdict_waits_for_its_day(ratchet):
    stocked(ratchet)
    ratchet("improvement", "open", "Fewer incidents")
    done = ratchet("improvement", "plan", 1, "--least-effect", "20")
    assert done.returncode == 77 and "names no measure" in done.stderr
    ratchet("improvement", "objective", 1, "A fifth fewer", "--measure", "incidents.opened")
    done = ratchet("improvement", "data", 1)
    assert done.returncode == 0 and "days with a value" in done.stdout
    assert ratchet("improvement", "plan", 1, "--least-effect", "20", "--guardrail", "incidents.magic=2").returncode == 64
    done = ratchet("improvement", "plan", 1, "--least-effect", "20", "--weeks", "6", "--guardrail", "incidents.reopened=2")
    assert done.returncode == 0 and "can be proven" in done.stdout
    again = ratchet("improvement", "plan", 1, "--least-effect", "5")
    assert again.returncode == 77 and "frozen" in again.stderr
    shown = json.loads(ratchet("improvement", "show", 1, "--json").stdout)["rounds"][0]["plan"]
    assert shown["weeks"] == 6 and shown["leastEffect"] == 0.2 and 0 < shown["provableEffect"] < 1 and shown["intact"] and len(shown["seal"]) == 64
    done = ratchet("improvement", "evaluate", 1)
    assert done.returncode == 65 and "nothing is in use yet" in done.stderr
    for _ in range(4):
        ratchet("improvement", "forward", 1, "--reason", "Known")
    assert ratchet("improvement", "live", 1, datetime.date.today() + datetime.timedelta(days=7)).returncode == 0
    done = ratchet("improvement", "evaluate", 1)
    assert done.returncode == 65 and "too early" in done.stderr
    # The frozen plan is followed, whatever the objective says by now.
    assert ratchet("improvement", "objective", 1, "Everyone is happier").returncode == 0
    done = ratchet("improvement", "evaluate", 1)
    assert done.returncode == 65 and "too early" in done.stderr
    done = ratchet("improvement", "gain", 1)
    assert done.returncode == 65 and "only a gain can be held" in done.stderr


def test_a_plan_compares_with_parts_of_one_kind_and_refuses_what_is_no_word_of_ours(ratchet):
    stocked(ratchet)
    ratchet("improvement", "open", "Fewer incidents")
    ratchet("improvement", "objective", 1, "Fewer", "--measure", "incidents.opened", "--slice", "category=Category 1")
    for wrong in [["--shape", "leap"], ["--from", "soon"], ["--control", "colour=red"], ["--weeks", "1"]]:
        assert ratchet("improvement", "plan", 1, "--least-effect", "20", *wrong).returncode == 64, wrong
    assert ratchet("improvement", "decide", 1, "perhaps").returncode == 64
    assert ratchet("improvement", "live", 1, "tomorrow").returncode == 64
    done = ratchet("improvement", "plan", 1, "--least-effect", "20", "--control", "category=Category 2", "--control", "category=Category 3")
    assert done.returncode == 0 and "can be proven" in done.stdout, done.stderr
