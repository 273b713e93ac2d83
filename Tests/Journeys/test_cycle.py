"""What people carry of the cycle, in a real browser: the register merged, a small start, departments, votes, thanks, time and the
pulse; by keyboard where it matters, in three languages, light and dark, wide and narrow, without script."""
import os
import pathlib
import re

import pytest
from accessible import assert_clean
from browser import Served, chromium, first_account
from conftest import Program, export
from playwright.sync_api import expect

# Pictures to look at, where a folder for them is named.
PICTURES = os.environ.get("PICTURES")
expect.set_options(timeout=30_000)


@pytest.fixture(scope="module")
def browser():
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def desk(browser, tmp_path_factory):
    """A store with half a year of tickets, two improvements that look the same, and one at work."""
    program = Program(tmp_path_factory.mktemp("cycle"))
    (program.folder / "tickets.csv").write_text(export(190, per_day=14, first="2026-01-05"))

    def run(*arguments):
        done = program(*arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout

    run("import", "tickets.csv")
    run("turn")
    for title in ["Answer mail sooner on the desk", "Answer mail sooner on our desk", "Fewer printers that jam"]:
        run("improvement", "open", title, "--by", "Ida")
    run("improvement", "size", "1", "--effort", "small", "--hours", "20,10-30", "--by", "Ida")
    run("improvement", "watch", "2", "--by", "Bo")
    for _ in range(4):
        run("improvement", "forward", "3", "--reason", "known from before", "--by", "Ida")
    run("improvement", "action", "3", "Clean the rollers", "--owner", "Bo", "--department", "IT", "--by", "Ida")
    run("improvement", "department", "3", "IT", "New rollers", "--lead", "Bo", "--due", "2026-01-01", "--by", "Ida")
    run("improvement", "wait", "3", "The contract", "--department", "IT", "--for", "Law", "--since", "2026-09-01", "--agreed", "5", "--by", "Ida")
    run("improvement", "roadblock", "3", "No spare parts", "--since", "2026-10-01", "--department", "Purchasing", "--by", "Ida")
    run("improvement", "team", "3", "Field", "--people", "12", "--department", "IT", "--by", "Ida")
    run("improvement", "adopt", "3", "Field", "--people", "5", "--by", "Ida")
    run("improvement", "spent", "3", "2.5", "--department", "IT", "--by", "Ida")
    run("register", "time", "--promise", "20", "--department", "IT")
    site = Served(program)
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    first_account(page, site.link())
    site.cookie = context.cookies()
    context.close()
    yield site
    site.close()


@pytest.fixture
def reader(desk, browser):
    contexts = []

    def make(**options):
        options.setdefault("locale", "en-GB")
        context = browser.new_context(**options)
        context.add_cookies(desk.cookie)
        contexts.append(context)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()


PAGES = ["/register", "/start-small", "/handoffs", "/improvements/3", "/suggestions", "/suggest", "/wins", "/time", "/pulse",
         "/momentum", "/momentum/figures/age", "/settings", "/nowhere"]


def open_all(page):
    """Every fold opened: what is folded away is looked at too."""
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")


@pytest.mark.parametrize("language,colours,width", [("en", "light", 1280), ("da", "dark", 360), ("zh", "light", 360), ("zh", "dark", 1280)])
def test_axe_finds_nothing_in_any_language_light_or_dark_wide_or_narrow(desk, reader, language, colours, width):
    page = reader(viewport={"width": width, "height": 900}, color_scheme=colours)
    for path in PAGES:
        page.goto(f"{desk.address}{path}?lang={language}")
        open_all(page)
        assert_clean(page)
        if PICTURES:
            name = path.strip("/").replace("/", "-") or "today"
            clip = {"x": 0, "y": 0, "width": width, "height": 2600}
            page.screenshot(path=pathlib.Path(PICTURES) / f"{name}-{language}-{colours}-{width}.png", full_page=True, clip=clip)
    page.goto(f"{desk.address}/settings?lang=en")


def test_two_that_are_the_same_become_one_and_nobody_is_lost(desk, reader):
    page = reader(java_script_enabled=False)
    page.goto(desk.address + "/register")
    expect(page.locator("#duplicates")).to_be_visible()
    page.get_by_role("button", name="Merge the later one into the earlier one").click()
    page.wait_for_url("**/improvements/1")
    expect(page.locator("main")).to_contain_text("Answer mail sooner on our desk")
    expect(page.locator("main")).to_contain_text("Bo")
    page.goto(desk.address + "/register")
    expect(page.locator("#duplicates")).to_have_count(0)


def test_a_department_hands_over_and_hours_are_written_down_without_script(desk, reader):
    page = reader(java_script_enabled=False)
    page.goto(desk.address + "/improvements/3")
    expect(page.locator("main")).to_contain_text("has waited")
    page.get_by_role("button", name="It has come: The contract").click()
    expect(page.locator("#step-5")).not_to_contain_text("for Law, and still does")
    page.locator("#step-5 summary", has_text="Write down hours").click()
    form = page.locator("#form-spent")
    form.locator("[name=hours]").fill("1.5")
    form.locator("[name=department]").fill("IT")
    form.locator("button").click()
    page.goto(desk.address + "/time")
    expect(page.locator("main")).to_contain_text("4 of 20 promised hours were used")
    page.goto(desk.address + "/handoffs")
    expect(page.locator("main")).to_contain_text("Law")


def test_a_suggestion_is_voted_for_answered_and_followed_without_an_account(desk, reader, browser):
    stranger = browser.new_context(locale="en-GB").new_page()
    stranger.goto(desk.address + "/suggest")
    stranger.locator("[name=title]").fill("Why do we print the tickets?")
    stranger.locator("[name=challenge]").check()
    stranger.locator("main form button").click()
    address = stranger.locator("a.code").get_attribute("href")
    page = reader()
    page.goto(desk.address + "/suggestions")
    page.get_by_role("button", name=re.compile("I want this too")).click()
    expect(page.locator("main")).to_contain_text("1\u00a0vote")
    page.locator("summary", has_text="Answer whoever suggested it").click()
    page.locator("[name=text]").fill("We stop on Monday")
    page.get_by_role("button", name="Send the answer").click()
    stranger.goto(desk.address + address)
    expect(stranger.locator("main")).to_contain_text("We stop on Monday")
    expect(stranger.locator("header nav li")).to_have_count(0)
    stranger.context.close()


def test_the_pulse_is_answered_by_keyboard_alone_and_tells_nothing_of_one_person(desk, reader):
    page = reader()
    page.goto(desk.address + "/pulse")
    for question in ["pace", "worth", "heard"]:
        page.locator(f"[name={question}]").first.focus()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
    page.locator("[name=said]").focus()
    page.keyboard.type("So it has always been")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("[role=status]")).to_contain_text("Thank you")
    expect(page.locator("main")).not_to_contain_text("So it has always been")
    expect(page.locator("main")).to_contain_text("Fewer than five answers")
