"""Predictions, from outside and in a browser: made from the organisation's own tickets, kept, and marked when tickets end."""
import datetime
import json
import os
import random

import pytest
from browser import Served, chromium, first_account
from conftest import Program
from accessible import assert_clean

HEADER = "number,opened_at,resolved_at,due_at,sys_updated_at,incident_state,assignment_group,category,priority,made_sla"
START = datetime.datetime(2024, 3, 4, 8)


def tickets(until, days=40, per_day=12):
    """Incidents of a slow and a quick group as an export at a moment shows them: nothing after it is known."""
    chance = random.Random(5)
    rows = [HEADER]
    for number in range(days * per_day):
        opened = START + datetime.timedelta(minutes=number * 24 * 60 // per_day)
        slow = chance.random() < 0.5
        hours = (60 if slow else 6) * 2 ** chance.uniform(-1, 1)
        done = opened + datetime.timedelta(hours=hours)
        if opened > until:
            continue
        ended = done <= until
        due = opened + datetime.timedelta(hours=24)
        rows.append(
            f"INC{number:05d},{opened},{done if ended else ''},{due},{done if ended else opened},"
            f"{'Closed' if ended else 'In progress'},{'Slow' if slow else 'Quick'},Email,3,"
            f"{str(hours <= 24).lower() if ended else ''}"
        )
    return "\n".join(rows) + "\n"


def taken(program, until, name):
    (program.folder / name).write_text(tickets(until))
    done = program("import", name, "--timezone", "UTC", "-q")
    assert done.returncode == 0, done.stderr
    done = program("turn", "-q")
    assert done.returncode == 0, done.stderr
    return json.loads(program("predictions", "--json", "--limit", "1000").stdout)


def test_what_is_foreseen_is_kept_and_marked_when_it_has_come(ratchet):
    assert ratchet("predictions").returncode == 66
    first = taken(ratchet, START + datetime.timedelta(days=30), "one.csv")
    assert first["schema"] == "ratchet.predictions/1" and first["open"] == len(first["tickets"]) > 5
    assert first["scores"]["all"] is None
    fresh = [t for t in first["tickets"] if not t["isPastTarget"]]
    assert all(0 <= t["chanceToMiss"] <= 1 and t["hours"]["low"] <= t["hours"]["estimate"] for t in fresh)
    # Tickets are those most likely to miss their target first; those past it come last.
    chances = [t["chanceToMiss"] for t in fresh]
    assert chances == sorted(chances, reverse=True)
    assert [t["isPastTarget"] for t in first["tickets"]] == sorted(t["isPastTarget"] for t in first["tickets"])
    second = taken(ratchet, START + datetime.timedelta(days=36), "two.csv")
    card = second["scores"]["all"]
    assert card["predictions"] >= len(first["tickets"]) * 0.9
    assert 0.5 <= card["inRange"] / card["predictions"] <= 1
    assert card["meanErrorHours"] < card["medianErrorHours"]
    assert [m["month"] for m in second["scores"]["months"]] == ["2024-04"]
    # The same card stands beside the improvement work.
    scores = json.loads(ratchet("momentum", "--json").stdout)["scores"]
    own = [s for s in scores if s["source"] == "ticketHours"]
    assert own and own[0]["came"] == card["inRange"]
    # Nothing new: nothing is said anew.
    assert ratchet("turn", "-q").returncode == 0
    again = json.loads(ratchet("predictions", "--json", "--limit", "1000").stdout)
    assert again == second
    assert "Hvor tit vi havde ret" in ratchet("predictions", "--language", "da").stdout


def stock_devices(program):
    chance = random.Random(3)
    rows = ["device,measured_at,quantity,value,unit"]
    for day in range(60):
        at = START + datetime.timedelta(days=day)
        rows.append(f"Pump 1,{at},temperature,{40 + 0.5 * day + chance.gauss(0, 0.5):.2f},°C")
        rows.append(f"Pump 2,{at},temperature,{40 + chance.gauss(0, 0.5):.2f},°C")
    (program.folder / "readings.csv").write_text("\n".join(rows) + "\n")
    done = program("import", "readings.csv", "--kind", "readings", "--timezone", "UTC", "-q")
    assert done.returncode == 0, done.stderr
    done = program("set", "targets", "readings.temperature - 80; incidents.backlog - 40")
    assert done.returncode == 0, done.stderr
    assert program("turn", "-q").returncode == 0


def test_a_device_that_nears_its_limit_is_told_with_a_range(ratchet):
    stock_devices(ratchet)
    devices = json.loads(ratchet("predictions", "--json").stdout)["devices"]
    pump = {d["device"]: d for d in devices}
    assert pump["Pump 2"]["days"] is None
    assert pump["Pump 1"]["daysLow"] < 21 < pump["Pump 1"]["daysHigh"]
    signals = [s for s in json.loads(ratchet("signals", "--json").stdout)["signals"] if s["kind"] == "wear"]
    assert [s["slice"] for s in signals] == [{"device": "Pump 1"}]
    for language, word in [("en", "reach its limit"), ("da", "når"), ("zh", "达到限值")]:
        assert word in ratchet("signals", "--language", language).stdout
    scores = json.loads(ratchet("momentum", "--json").stdout)["scores"]
    assert [s["open"] for s in scores if s["source"] == "wear"] == [1]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    program = Program(tmp_path_factory.mktemp("predictions"))
    taken(program, START + datetime.timedelta(days=30), "one.csv")
    taken(program, START + datetime.timedelta(days=36), "two.csv")
    stock_devices(program)
    served = Served(program)
    served.first = served.link()
    yield served
    served.close()


def test_the_page_can_be_read_by_everyone_in_three_languages_and_on_a_phone(site):
    with chromium() as browser:
        page = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB").new_page()
        first_account(page, site.first)
        for language, heading in [("en", "How right we were"), ("da", "Hvor tit vi havde ret"), ("zh", "以往预测有多准")]:
            for width, scheme in [(1280, "light"), (360, "dark")]:
                page.set_viewport_size({"width": width, "height": 900})
                page.emulate_media(color_scheme=scheme)
                page.goto(f"{site.address}/predictions?lang={language}")
                assert page.get_by_role("heading", name=heading).count() == 1
                assert page.locator("svg.chart.square circle").count() > 1
                assert_clean(page)
                shots = os.environ.get("SCREENSHOTS")
                if shots:
                    page.screenshot(path=f"{shots}/predictions-{language}-{width}-{scheme}.png", full_page=True)
        # A ticket's number leads to the ticket.
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(site.address + "/predictions?lang=en")
        link = page.locator("table tbody th a").first
        number = link.inner_text()
        link.press("Enter")
        assert number in page.locator("h1").inner_text()

