"""How work flows, in a real browser: a desk's log of updates becomes a map, a bottleneck and its tickets; in three languages, narrow
and wide, light and dark, without script and by keyboard; and on the command line a review tells the same."""
import datetime
import os
import pathlib
import random

import pytest
from accessible import assert_clean
from browser import Served, chromium, first_account, sign_in
from conftest import Program
from playwright.sync_api import expect

PICTURES = os.environ.get("PICTURES")
expect.set_options(timeout=30_000)
WEEKS, CHANGE = 52, 34


def log():
    """A year of updates: in the last third triage takes three times as long; some tickets come back, some change hands."""
    chance = random.Random(20261121)
    start = datetime.datetime(2024, 1, 1)
    rows = ["number,opened_at,sys_updated_at,incident_state,category,assignment_group,priority,resolved_at,closed_at"]
    for week in range(WEEKS):
        for i in range(60 + chance.randrange(15)):
            opened = start + datetime.timedelta(weeks=week, seconds=chance.randrange(604_800))
            triage = chance.lognormvariate(1.0, 0.7) * (3 if week >= CHANGE else 1)
            steps = [(0, "New", "Desk"), (0.3, "Triage", "Desk"), (0.3 + triage, "Active", "Desk")]
            at = 0.3 + triage + chance.lognormvariate(1.5, 0.6)
            if chance.random() < 0.3:
                steps.append((at, "Awaiting user", "Network"))
                at += chance.lognormvariate(2, 0.8)
                steps.append((at, "Active", "Network"))
                at += 2
            steps.append((at, "Resolved", steps[-1][2]))
            steps.append((at + 48, "Closed", steps[-1][2]))
            if chance.random() < 0.02:
                steps.pop(1)
            number = f"INC{week:02d}{i:03d}"
            category = ["Email", "Printers", "Access"][i % 3]
            for hours, state, group in steps:
                done = (opened + datetime.timedelta(hours=at)).replace(microsecond=0) if state in ("Resolved", "Closed") else ""
                closed = (opened + datetime.timedelta(hours=at + 48)).replace(microsecond=0) if state == "Closed" else ""
                moment = (opened + datetime.timedelta(hours=hours)).replace(microsecond=0)
                rows.append(f"{number},{opened},{moment},{state},{category},{group},{1 + i % 4},{done},{closed}")
    return "\n".join(rows) + "\n"


def picture(page, name):
    if PICTURES:
        page.screenshot(path=pathlib.Path(PICTURES) / f"{name}.png", full_page=True)


@pytest.fixture(scope="module")
def browser():
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def desk(browser, tmp_path_factory):
    program = Program(tmp_path_factory.mktemp("flow"))
    (program.folder / "log.csv").write_text(log())
    done = program("import", "log.csv", "--timezone", "UTC", "-q")
    assert done.returncode == 0, done.stderr
    assert program("turn", "-q").returncode == 0
    site = Served(program)
    page = browser.new_page(locale="en-GB")
    first_account(page, site.link())
    page.close()
    yield site
    site.close()


@pytest.fixture
def reader(desk, browser):
    """Signed in; every mistake of the page is a failure."""
    contexts, mistakes = [], []

    def make(**options):
        options.setdefault("viewport", {"width": 1280, "height": 900})
        options.setdefault("locale", "en-GB")
        context = browser.new_context(**options)
        context.set_default_timeout(60_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: mistakes.append(f"{page.url}: {error}"))
        page.on("console", lambda m: m.type == "error" and mistakes.append(f"{page.url}: {m.text}"))
        page.on("request", lambda r: r.url.startswith(desk.address) or mistakes.append(f"{page.url} asks for {r.url}"))
        sign_in(page, desk)
        page.goto(desk.address + "/?lang=en")
        return page

    yield make
    for context in contexts:
        context.close()
    assert not mistakes, "\n".join(mistakes)


def test_a_review_of_the_log_tells_the_bottleneck(desk):
    import json

    done = desk.program("review", "log.csv", "--timezone", "UTC", "--json", "-q")
    assert done.returncode == 0, done.stderr
    found = [s for s in json.loads(done.stdout)["signals"] if s["kind"] == "bottleneck"]
    assert len(found) == 1 and found[0]["measure"] == "incidents.waiting:state=Triage", found
    at = datetime.date.fromisoformat(found[0]["at"])
    assert abs((at - datetime.date(2024, 1, 1)).days - 7 * CHANGE) <= 14
    assert found[0]["hoursPerMonth"]["low"] > 0


def test_from_the_signal_to_the_map_to_the_tickets(desk, reader):
    page = reader()
    page.goto(desk.address + "/signals")
    link = page.get_by_role("link", name="The time incidents spend in Triage").first
    link.click()
    expect(page.locator("#figure svg").first).to_be_visible()
    assert page.url.startswith(desk.address + "/process?kind=incidents")
    page.goto(desk.address + "/process")
    expect(page.get_by_role("heading", level=1)).to_have_text("Process")
    expect(page.locator("svg.flow.wide")).to_be_visible()
    # A box of the map, by keyboard.
    box = page.locator("svg.flow.wide a").first
    box.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tickets that")
    expect(page.locator("table tbody tr").first).to_be_visible()
    page.locator("table tbody tr a").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Incident INC")


def test_a_part_of_the_tickets_and_other_days_without_script(desk, reader):
    page = reader(java_script_enabled=False)
    page.goto(desk.address + "/process")
    page.get_by_label("Only").select_option(label="Printers")
    page.get_by_label("Opened from").fill("2024-03-04")
    page.get_by_label("Through", exact=True).fill("2024-03-31")
    page.get_by_role("button", name="Show").first.click()
    expect(page.locator(".lead")).to_contain_text("4 to 31 March 2024")
    count = int(page.locator(".lead").inner_text().split(" incidents")[0].replace(",", ""))
    assert 60 < count < 120
    page.locator("summary", has_text="The map as a table").click()
    expect(page.get_by_role("cell", name="Triage").first).to_be_visible()


@pytest.mark.parametrize("language,heading", [("en", "Process"), ("da", "Proces"), ("zh", "流程")])
@pytest.mark.parametrize("width,scheme", [(1280, "light"), (1280, "dark"), (360, "light")])
def test_it_is_clean_in_every_language_width_and_colour(desk, reader, language, heading, width, scheme):
    page = reader(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.goto(f"{desk.address}/process?lang={language}")
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    expect(page.locator("svg.flow.wide" if width > 700 else "svg.flow.narrow")).to_be_visible()
    assert_clean(page)
    picture(page, f"process-{language}-{width}-{scheme}")
    if scheme == "light":
        page.goto(f"{desk.address}/process/tickets?kind=incidents&from=2024-01-01&through=2024-12-31&pick=back&name=Active")
        assert_clean(page)
    page.goto(desk.address + "/?lang=en")


def test_what_the_page_costs(desk, reader):
    page = reader()
    page.goto(desk.address + "/process")
    size = len(page.content().encode())
    assert size < 120_000, f"{size} bytes"
