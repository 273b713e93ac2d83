"""The improvement work itself, from outside and in a browser: a fall that nothing explains, policies that run, plans."""
import datetime
import json
import random

import pytest
from browser import Served, chromium, first_account
from conftest import Program
from accessible import assert_clean


def halved(weeks=44, fall=34, unsorted=38, per_day=20):
    """Incidents that become half as many from one week on, and lose their category from another: nobody knows why."""
    chance = random.Random(11)
    start = datetime.datetime(2024, 1, 1)
    rows = ["number,opened_at,resolved_at,closed_at,incident_state,category,assignment_group,priority"]
    number = 0
    for day in range(weeks * 7):
        mean = per_day if day < fall * 7 else per_day / 2
        for _ in range(sum(chance.random() < mean / 60 for _ in range(60))):
            number += 1
            opened = start + datetime.timedelta(days=day, minutes=chance.randrange(480, 960))
            done = opened + datetime.timedelta(minutes=chance.randrange(30, 3000))
            category = "" if day >= unsorted * 7 and number % 4 == 0 else f"Category {number % 3}"
            rows.append(f"INC{number:06d},{opened},{done},{done},Closed,{category},Group {number % 2},{1 + number % 4}")
    return "\n".join(rows) + "\n"


def stocked(program):
    (program.folder / "a.csv").write_text(halved())
    assert program("import", "a.csv", "--timezone", "UTC", "-q").returncode == 0
    done = program("turn", "-q")
    assert done.returncode == 0, done.stderr


def answers(program):
    document = json.loads(program("momentum", "--json").stdout)
    return document, {q["question"]: q for q in document["questions"]}


def test_nothing_is_claimed_of_an_empty_store(ratchet):
    assert ratchet("momentum").returncode == 66
    assert ratchet("policy", "add", "Log", "incidents: colour is set").returncode == 65
    done = ratchet("policy", "add", "--template", "approved", "--json")
    assert done.returncode == 0, done.stderr
    _, asked = answers(ratchet)
    assert {q["answer"] for q in asked.values()} == {"cannotTell"}
    assert ratchet("policy", "retire", 1).returncode == 0 and ratchet("policy", "retire", 1).returncode == 66
    assert ratchet("momentum", "respond", "nonsense").returncode == 64


def test_a_fall_that_nothing_explains_is_asked_about_until_somebody_explains_it(ratchet):
    stocked(ratchet)
    found = json.loads(ratchet("signals", "--json").stdout)["signals"]
    falls = [s for s in found if s["kind"] == "unexplainedFall"]
    assert falls and all(s["direction"] == "neutral" for s in falls)
    assert abs((datetime.date.fromisoformat(falls[0]["at"]) - datetime.date(2024, 8, 26)).days) <= 7
    document, asked = answers(ratchet)
    question = asked["incidentsFallen"]
    assert question["answer"] == "yes" and len(question["weeks"]) > 30
    assert {"question.incidentsFallen"} <= {s["sign"] for s in document["signs"]}
    for language, word in [("da", "registreret"), ("zh", "如实登记"), ("en", "still being logged")]:
        assert word in ratchet("momentum", "--language", language).stdout
    open_moves = [m["signal"] for m in document["unexplained"] if m["measure"] == "incidents.opened"]
    assert ratchet("momentum", "explain", "none", "x").returncode == 66
    for move in open_moves:
        assert ratchet("momentum", "explain", move, "The office in the harbour closed", "--by", "Ada").returncode == 0
    document, asked = answers(ratchet)
    assert asked["incidentsFallen"]["answer"] == "no"
    # It stays explained through a search anew.
    assert ratchet("turn", "-q", "--full").returncode == 0
    document, asked = answers(ratchet)
    assert asked["incidentsFallen"]["answer"] == "no"
    assert any("harbour" in cause for m in document["explained"] for cause in m["causes"])
    assert "unexplainedFall" not in {s["kind"] for s in json.loads(ratchet("signals", "--json").stdout)["signals"]}
    done = ratchet("momentum", "respond", "question.incidentsFallen", "--play", "explainTheFall", "--by", "Ada")
    assert done.returncode == 0
    assert answers(ratchet)[0]["responses"][0]["by"] == "Ada"


def test_a_policy_runs_over_every_ticket_and_counts_what_broke_it(ratchet):
    stocked(ratchet)
    rows = [line.split(",") for line in (ratchet.folder / "a.csv").read_text().splitlines()[1:]]
    empty = [row[0] for row in rows if not row[5]]
    done = ratchet("policy", "add", "Every incident has a category", "incidents: category is set", "--json")
    assert done.returncode == 0, done.stderr
    policy = json.loads(done.stdout)["policies"][0]
    weeks = policy["weeks"]
    whole = [w for w in weeks]
    counted = sum(w["broken"] for w in whole)
    assert sum(w["kept"] + w["broken"] for w in whole) <= len(rows) and 0 < counted <= len(empty)
    assert set(b["number"] for b in policy["breaches"]) <= set(empty) and policy["breaches"][0]["number"] == empty[-1]
    assert policy["compliance"]["high"] < 0.95
    assert json.loads(ratchet("policy", "check", "--json").stdout)["policies"][0]["weeks"] == weeks
    signals = [s for s in json.loads(ratchet("signals", "--json").stdout)["signals"] if s["kind"] == "policyBreach"]
    assert [s["measure"] for s in signals] == ["policy.1"] and signals[0]["after"]["estimate"] < 0.9
    done = ratchet("policy", "add", "Bad", "incidents: category is")
    assert done.returncode == 65 and "a value belongs here" in done.stderr


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    program = Program(tmp_path_factory.mktemp("momentum"))
    stocked(program)
    assert program("policy", "add", "--template", "logged", "-q").returncode == 0
    assert program("policy", "check", "-q").returncode == 0
    served = Served(program)
    served.first = served.link()
    yield served
    served.close()


def test_the_pages_ask_tell_and_keep_in_three_languages_and_on_a_phone(site):
    with chromium() as browser:
        page = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB").new_page()
        first_account(page, site.first)
        page.goto(site.address + "/momentum")
        assert "yes" in page.locator("#q-incidentsFallen h3").inner_text()
        page.locator("#sign-question\\.incidentsFallen select").select_option("askWhoRecords")
        page.locator("#sign-question\\.incidentsFallen button").press("Enter")
        page.wait_for_url("**/momentum#responses")
        assert "Too early to tell" in page.locator("main").inner_text()
        page.locator("#unexplained ~ article input[name=cause]").first.fill("The harbour office closed")
        page.locator("#unexplained ~ article button").first.press("Enter")
        page.wait_for_url("**/momentum#unexplained")
        page.goto(site.address + "/policies")
        page.locator("input[name=name]").last.fill("No third reopening")
        page.locator("input[name=rule]").fill("incidents: reopens at many 2")
        page.locator("form.stack button").press("Enter")
        assert page.locator("[role=alert]").count() == 1 and page.locator("input[name=rule]").input_value().endswith("many 2")
        page.locator("input[name=rule]").fill("incidents: reopens at most 2")
        page.locator("form.stack button").press("Enter")
        page.wait_for_url("**/policies/*")
        page.goto(site.address + "/planning")
        page.locator("details summary").first.press("Enter")
        page.locator("input[name=name]").first.fill("One answer is enough")
        page.locator("form.stack button").first.press("Enter")
        page.wait_for_url("**/planning#goal")
        assert "One answer is enough" in page.locator("main").inner_text()
        for width in (1280, 360):
            page.set_viewport_size({"width": width, "height": 900})
            for language in ("en", "da", "zh"):
                for path in ("/momentum", "/policies", "/policies/1", "/planning", "/processes"):
                    page.goto(f"{site.address}{path}?lang={language}")
                    assert_clean(page)
                    assert page.locator("main h1").count() == 1 and page.locator(".next a").count() >= 2
