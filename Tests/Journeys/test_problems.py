"""What keeps coming back: found by its words in three languages, split and joined by people, on the page and on the command line."""
import datetime
import json
import random

import pytest
from browser import Served, chromium, first_account
from conftest import Program
from accessible import assert_clean

MONTHLY = "citrix sessions drop after certificate expires on gateway"
DANISH = "printeren på tredje sal trykker kun halve sider med striber"
CHINESE = "报销系统提交按钮没有反应页面一直转圈无法保存发票"
RECORDED = "scanner on ward five sends blank pages to archive"


def incidents(days=range(0, 420), seed=5):
    chance = random.Random(seed)
    start = datetime.datetime(2024, 1, 1)
    rows = ["number,opened_at,resolved_at,incident_state,category,cmdb_ci,priority,short_description,problem_id,close_code"]
    for day in range(days.stop):
        today = []
        if day % 30 == 3:
            today += [(MONTHLY, "", "Closed with workaround"), (MONTHLY + " again", "", "Closed with workaround")]
        for text, share in [(DANISH, 0.09), (CHINESE, 0.08), (RECORDED, 0.06)]:
            if chance.random() < share:
                words = text.split()
                if len(words) > 2:
                    del words[chance.randrange(len(words))]
                today.append((" ".join(words), "PRB0000001" if text == RECORDED else "", "Solved permanently"))
        for _ in range(3):
            syllables = ["ba", "ke", "li", "mo", "nu", "ra", "se", "ti", "vo", "zu"]
            today.append((" ".join("".join(chance.choice(syllables) for _ in range(4)) for _ in range(5)), "", "Solved permanently"))
        if day not in days:
            continue
        for i, (title, problem, code) in enumerate(today):
            opened = start + datetime.timedelta(days=day, minutes=480 + 11 * i)
            done = opened + datetime.timedelta(minutes=90 + chance.randrange(600))
            rows.append(f"INC{day:04d}{i:03d},{opened},{done},Closed,Workplace,Desk,3,{title},{problem},{code}")
    return "\n".join(rows) + "\n"


def changes():
    start = datetime.datetime(2024, 1, 1)
    rows = ["number,opened_at,closed_at,state,cmdb_ci,type,short_description"]
    for month in range(14):
        day = start + datetime.timedelta(days=30 * month + 2)
        rows.append(f"CHG{month:07d},{day},{day},Closed,Desk,Normal,Renew certificates")
    return "\n".join(rows) + "\n"


def comments():
    """Half a year of comments; in the last four weeks many more are about the same thing."""
    chance = random.Random(3)
    start = datetime.datetime(2024, 8, 28)
    rows = ["answered_at,survey,score,scale_low,scale_high,comment,ticket,service"]
    usual = ["quick help and friendly staff", "the portal search finds nothing useful", "password reset took far too long",
             "hurtig og venlig hjælp i telefonen", "nulstilling af adgangskode tog alt for lang tid"]
    grown = ["delivery of new laptops is terribly late again", "my laptop delivery is late and nobody answers", "laptop delivery late, very disappointed"]
    for day in range(180):
        for i in range(2):
            text = grown[(day + i) % 3] if day >= 155 and i == 0 else usual[chance.randrange(5)]
            at = start + datetime.timedelta(days=day, hours=9 + i)
            rows.append(f'{at},After,{2 if "late" in text else 4},1,5,"{text}",INC{day + 200:04d}000,Desk')
    return "\n".join(rows) + "\n"


def stocked(program):
    (program.folder / "incidents.csv").write_text(incidents())
    (program.folder / "problems.csv").write_text(
        "number,opened_at,state,short_description\nPRB0000001,2024-03-01 10:00:00,In Progress,Blank pages\n")
    (program.folder / "changes.csv").write_text(changes())
    for name, kind in [("incidents.csv", "incident"), ("problems.csv", "problem"), ("changes.csv", "change")]:
        done = program("import", name, "--timezone", "UTC", "--kind", kind, "-q")
        assert done.returncode == 0, done.stderr
    assert program("set", "rate", "60").returncode == 0
    assert program("set", "currency", "EUR").returncode == 0
    (program.folder / "answers.csv").write_text(comments())
    assert program("import", "answers.csv", "--kind", "survey", "--timezone", "UTC", "-q").returncode == 0
    done = program("turn", "--full")
    assert done.returncode == 0, done.stderr


def listed(program, *arguments):
    done = program("problems", "list", "--json", *arguments)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)["problems"]


def about(problems, word):
    return next(p for p in problems if any(word in w for w in p["words"]))


def test_an_empty_store_has_no_problems_and_says_what_to_do(ratchet):
    assert ratchet("problems", "list").returncode == 66
    (ratchet.folder / "a.csv").write_text("number,opened_at,incident_state,category\nINC1,2024-01-01 10:00:00,New,A\n")
    assert ratchet("import", "a.csv", "--timezone", "UTC", "-q").returncode == 0
    assert listed(ratchet) == []
    assert ratchet("problems", "show", 1).returncode == 66
    assert ratchet("problems", "join", 1, 1).returncode == 64
    assert ratchet("problems", "join", 1, 2).returncode == 66
    assert ratchet("problems", "split", 1, "INC1").returncode == 65


def test_troubles_are_found_in_three_languages_with_rhythm_hours_changes_and_problem_records(ratchet):
    stocked(ratchet)
    found = listed(ratchet)
    monthly = about(found, "citrix")
    assert monthly["standing"] == "candidate" and monthly["rhythm"]["everyDays"]["estimate"] == 30
    assert monthly["workarounds"] == {"closed": monthly["size"], "known": monthly["size"]}
    assert monthly["changes"]["followed"] >= 12 and monthly["changes"]["p"] < 0.001
    assert monthly["hoursPerMonth"]["low"] < monthly["hoursPerMonth"]["estimate"] < monthly["hoursPerMonth"]["high"]
    assert about(found, "striber")["standing"] == "candidate" and about(found, "striber")["size"] >= 20
    assert about(found, "报销")["standing"] == "candidate"
    assert about(found, "scanner")["standing"] == "recorded" and about(found, "scanner")["record"]["number"] == "PRB0000001"
    assert len([p for p in found if p["standing"] == "candidate"]) == 3
    signals = json.loads(ratchet("signals", "--kind", "recurrence", "--json").stdout)["signals"]
    assert {s["id"] for s in signals} == {f"r{p['id']}" for p in found if p["standing"] == "candidate"}
    register = json.loads(ratchet("register", "--json").stdout)["opportunities"]
    assert any(o["id"] == f"or{monthly['id']}" and "citrix" in o["title"] for o in register)
    for language, word in [("da", "bliver ved med"), ("zh", "反复出现"), ("en", "keep coming back")]:
        assert word in ratchet("signals", "--kind", "recurrence", "--language", language).stdout


def test_what_people_take_out_join_and_name_stays_so_through_later_turns(ratchet):
    stocked(ratchet)
    monthly, danish = (about(listed(ratchet), word)["id"] for word in ("citrix", "striber"))
    taken = ["INC0003001", "INC0033001"]
    done = ratchet("problems", "split", monthly, *taken, "--why", "another gateway", "--by", "Ann")
    assert done.returncode == 0, done.stderr
    new = int(done.stdout)
    done = ratchet("problems", "join", danish, new, "--why", "same room", "--by", "Bo")
    joined = int(done.stdout)
    assert joined == min(danish, new)
    assert ratchet("problems", "name", joined, "Room 5", "--by", "Bo").returncode == 0
    (ratchet.folder / "later.csv").write_text(incidents(range(420, 450)))
    assert ratchet("import", "later.csv", "--timezone", "UTC", "-q").returncode == 0
    assert ratchet("turn", "--full").returncode == 0
    shown = json.loads(ratchet("problems", "show", joined, "--json", "--top", 500).stdout)
    assert set(taken) <= set(shown["incidents"]) and shown["problem"]["name"] == "Room 5"
    assert [(e["deed"], e["by"], e["note"]) for e in shown["history"]] == [
        ("name", "Bo", "Room 5"), ("join", "Bo", "same room"), ("split", "Ann", "another gateway")]
    rest = json.loads(ratchet("problems", "show", monthly, "--json", "--top", 500).stdout)["incidents"]
    assert not set(taken) & set(rest) and "INC0423000" in rest


def test_a_theme_that_grows_beyond_chance_is_told_and_error_rates_are_shown(desk, person):
    person.goto(desk.address + "/signals?kind=theme&lang=en")
    found = person.locator(".finding").all_inner_texts()
    assert len(found) == 1 and "laptop" in found[0]
    person.goto(desk.address + "/feedback")
    themes = person.locator("#themes ~ .table").first.inner_text()
    assert "growing beyond chance" in themes and "laptop" in themes and "negative" in themes
    assert "one Chinese comment in nine" in person.locator("main").inner_text().replace("\n", " ").replace("One", "one")


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    program = Program(tmp_path_factory.mktemp("problems"))
    stocked(program)
    site = Served(program)
    site.first = site.link()
    yield site
    site.close()


@pytest.fixture(scope="module")
def browser():
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def person(desk, browser):
    context = browser.new_context(locale="en-GB", java_script_enabled=False)
    page = context.new_page()
    first_account(page, desk.first)
    yield page
    context.close()


def test_a_person_reads_splits_joins_and_makes_an_improvement_without_script(desk, person):
    person.goto(desk.address + "/problems")
    assert "EUR" in person.locator("main table").first.inner_text()
    assert "3 problems keep coming back" in person.locator(".lead").inner_text()
    person.locator("main table a", has_text="citrix").first.click()
    assert "every 30" in person.locator("main").inner_text()
    address = person.url
    # The wrong input says what is wrong, and nothing is lost.
    person.locator("#take-out button").click()
    assert "Tick at least one" in person.locator("[role=alert]").inner_text()
    person.locator("[name=other]").fill("999999")
    person.locator("form[action$=join] [name=why]").fill("the same")
    person.locator("form[action$=join] button").click()
    assert "no problem of this number" in person.locator("[role=alert]").inner_text()
    assert person.locator("form[action$=join] [name=why]").input_value() == "the same"
    person.locator("main table input[type=checkbox]").first.check()
    person.locator("#take-out [name=why]").fill("another gateway")
    person.locator("#take-out button").click()
    person.wait_for_url("**/problems/*")
    assert person.url != address and "another gateway" in person.locator("ol.history").inner_text()
    new = person.url.rsplit("/", 1)[1]
    person.goto(address)
    person.locator("[name=other]").fill(new)
    person.locator("form[action$=join] button").click()
    person.wait_for_url(address)
    person.goto(f"{desk.address}/problems/{new}")
    assert person.url == address, "What was joined leads to what it was joined with"
    person.locator("[name=name]").fill("Gateway certificates")
    person.locator("form[action$=name] button").click()
    assert person.locator("h1").inner_text() == "Gateway certificates"
    person.locator(".door-button button").first.click()
    person.wait_for_url("**/improvements/*")
    person.goto(address)
    assert person.locator("a[href^='/improvements/']").count() >= 1


def test_programs_read_and_name_problems_too(desk, person):
    asked = person.request.get(desk.address + "/api/v1/problems?standing=candidate")
    assert asked.status == 200
    one = asked.json()["problems"][0]
    assert one["standing"] == "candidate" and one["hoursPerMonth"] and one["sentence"]
    shown = person.request.get(f"{desk.address}/api/v1/problems/{one['id']}").json()
    assert shown["problem"]["id"] == one["id"] and shown["incidents"]
    assert person.request.get(desk.address + "/api/v1/problems/999999").status == 404
    ticket = person.request.get(f"{desk.address}/tickets/incidents/{shown['incidents'][0]}").text()
    assert f"/problems/{one['id']}" in ticket


@pytest.mark.parametrize("language", ["en", "da", "zh"])
@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing_and_nothing_is_cut_off(desk, person, browser, language, colours, width):
    context = browser.new_context(
        storage_state=person.context.storage_state(), color_scheme=colours, viewport={"width": width, "height": 900})
    try:
        page = context.new_page()
        page.goto(desk.address + f"/problems?lang={language}")
        target = page.locator("main table a").first.get_attribute("href").split("#")[0]
        for path in ["/problems", target, "/feedback"]:
            page.goto(f"{desk.address}{path}?lang={language}")
            assert_clean(page)
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), f"{path} is too wide"
        page.goto(desk.address + "/problems?lang=en")
    finally:
        context.close()
