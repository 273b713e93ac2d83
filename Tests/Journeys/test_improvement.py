"""An improvement on the command line, from the register to its next round."""
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
