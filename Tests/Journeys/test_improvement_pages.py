"""The improvement work in a real browser: from the first signal to a closed round by keyboard alone, without script, in
three languages, narrow and wide, light and dark; and two people who write at once."""
import datetime
import os
import pathlib
import random
import re
import sqlite3
import xml.etree.ElementTree

import pytest
from accessible import assert_clean
from browser import PASSWORD, Served, chromium, first_account, sign_in
from conftest import Program
from playwright.sync_api import expect

PATIENCE_MS = 300_000
# Pictures to look at, where a folder for them is named.
PICTURES = os.environ.get("PICTURES")
expect.set_options(timeout=30_000)


def picture(page, name):
    if PICTURES:
        width = page.viewport_size["width"]
        clip = {"x": 0, "y": 0, "width": width, "height": 2200} if width < 500 else None
        page.screenshot(path=pathlib.Path(PICTURES) / f"{name}.png", full_page=True, clip=clip)


def tickets(first, last, mean, prefix, chance):
    """A desk's export: Email comes at its own rate, three other categories at theirs; each takes a few hours."""
    rows = []
    day = first
    while day <= last:
        for category, rate in [("Email", mean(day)), ("Network", 9), ("Printers", 8), ("Access", 10)]:
            for i in range(max(0, round(chance.gauss(rate, rate**0.5)))):
                opened = datetime.datetime.combine(day, datetime.time(8)) + datetime.timedelta(minutes=chance.randrange(540))
                done = opened + datetime.timedelta(minutes=chance.randrange(30, 900))
                rows.append(f"{prefix}{day:%y%m%d}{category[0]}{i:02d},{opened},{done},{done},Closed,{category},Group {i % 3},{1 + i % 4},Site {i % 2},Ann {i}")
        day += datetime.timedelta(days=1)
    return "number,opened_at,resolved_at,closed_at,incident_state,category,assignment_group,priority,location,caller_id\n" + "\n".join(rows) + "\n"


TODAY = datetime.datetime.now(datetime.timezone.utc).date()
RISE = TODAY - datetime.timedelta(days=110)


def before(chance):
    """Email rises by three quarters some months ago, and stays there."""
    first, last = TODAY - datetime.timedelta(days=240), TODAY - datetime.timedelta(days=1)
    return tickets(first, last, lambda day: 12 if day < RISE else 21, "INC", chance)


def after(chance):
    """From today on the new way works: two fifths less."""
    return tickets(TODAY, TODAY + datetime.timedelta(days=44), lambda day: 12.5, "INC", chance)


@pytest.fixture(scope="module")
def browser():
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def desk(browser, tmp_path_factory):
    """A site with a desk's export in it, in which Email got worse; nothing else is known yet."""
    program = Program(tmp_path_factory.mktemp("desk"))
    chance = random.Random(20261121)
    (program.folder / "before.csv").write_text(before(chance))
    (program.folder / "after.csv").write_text(after(chance))
    done = program("import", "before.csv", "--timezone", "UTC", "-q")
    assert done.returncode == 0, done.stderr
    assert program("turn", "-q").returncode == 0
    site = Served(program)
    site.first_link = site.link()
    page = browser.new_page(locale="en-GB")
    first_account(page, site.first_link)
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
        page.on("console", lambda m: m.type == "error" and "status of 4" not in m.text and mistakes.append(f"{page.url}: {m.text}"))
        page.on("request", lambda r: r.url.startswith(desk.address) or mistakes.append(f"{page.url} asks for {r.url}"))
        sign_in(page, desk)
        # Another reader of this account may have chosen another language.
        page.goto(desk.address + "/?lang=en")
        return page

    yield make
    for context in contexts:
        context.close()
    assert not mistakes, "\n".join(mistakes)


class Keys:
    """A person who has a keyboard and no mouse, and no training: looks at what is focused, and types."""

    def __init__(self, page):
        self.page = page

    def focused(self, what):
        return self.page.evaluate(what.replace("e.", "document.activeElement."))

    def tab_to(self, is_there, most=300, why=""):
        for _ in range(most):
            self.page.keyboard.press("Tab")
            if self.page.evaluate(f"(e => {{ try {{ return !!({is_there}) }} catch {{ return false }} }})(document.activeElement)"):
                return
        pytest.fail(f"Tab never comes to {why or is_there} on {self.page.url}")

    def skip(self):
        """The first key leads past the places."""
        self.page.keyboard.press("Tab")
        self.page.keyboard.press("Enter")

    def field(self, form, name):
        self.tab_to(f"e.name === '{name}' && e.form.action.endsWith('/{form}')", why=f"the field {name} of {form}")

    def type(self, form, name, text):
        self.field(form, name)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def send(self, form):
        """To the form's button, and press it."""
        self.tab_to(f"e.tagName === 'BUTTON' && e.form && e.form.action.endsWith('/{form}')", why=f"the button of {form}")
        with self.page.expect_navigation() as navigation:
            self.page.keyboard.press("Enter")
        answer = navigation.value
        assert answer.status == 200, f"{form}: {answer.status}: {self.page.locator('[role=alert]').all_inner_texts()}"
        self.page.wait_for_load_state()

    def now(self, sentence):
        """What the page says is next."""
        expect(self.page.locator("#now > .lead")).to_contain_text(sentence)


def import_file(page, site, name):
    page.goto(site.address + "/sources")
    page.locator("form.drop input[type=file]").set_input_files(site.program.folder / name)
    page.locator("form.drop button").click()
    page.wait_for_url("**/sources/files/*")
    page.locator("main form button").first.click()
    page.wait_for_url("**/sources/imports/*", timeout=PATIENCE_MS)


# ---- A newcomer's path


def test_a_newcomer_goes_from_the_first_signal_to_a_closed_round_by_keyboard_alone(desk, reader):
    page = reader()
    keys = Keys(page)
    # The first signal has one button.
    page.goto(desk.address + "/signals")
    keys.skip()
    with page.expect_navigation():
        keys.tab_to("e.tagName === 'BUTTON' && e.textContent === 'Make it an improvement' && e.ariaLabel.includes('Email')")
        page.keyboard.press("Enter")
    page.wait_for_url("**/improvements/*")
    expect(page.locator("h1")).to_contain_text("Email")
    assert_clean(page)
    picture(page, "1-objective")

    # 1: the objective is filled in from what was found; it only has to be kept.
    keys.now("Say what should become better")
    expect(page.locator("#form-objective [name=measure]")).to_have_value("incidents.opened")
    expect(page.locator("#form-objective [name=slice]")).to_have_value("category=Email")
    keys.send("objective")
    keys.now("Everything this step asks for is there")
    keys.send("forward")
    # 2: the data.
    keys.now("check whether the data can carry a test")
    keys.send("data")
    expect(page.locator("#step-2")).to_contain_text("That is enough for a test")
    keys.send("forward")
    # 3: the cause.
    keys.now("Name the cause")
    keys.type("cause", "cause", "Every mailbox was moved in one night; the guide speaks of the old one")
    keys.send("cause")
    keys.send("forward")
    # 4: what could be done, the test, and who is responsible.
    keys.now("Write down what could be done")
    keys.type("choice", "text", "Send everyone the new guide, and mend the three settings it speaks of")
    keys.type("choice", "low", "60")
    keys.type("choice", "high", "140")
    keys.send("choice")
    keys.now("Freeze the test before anything changes")
    expect(page.locator("#now")).to_contain_text("would prove an effect of")
    picture(page, "4-plan")
    assert_clean(page)
    keys.type("plan", "weeks", "4")
    keys.field("plan", "guardrail-incidents.timeToResolve")
    page.keyboard.press("Space")
    keys.type("plan", "margin", "25")
    keys.send("plan")
    keys.now("Say who is responsible")
    keys.send("owner")
    expect(page.locator("#step-4 .seal")).to_have_text(re.compile("^[0-9a-f]{64}$"))
    keys.send("forward")
    # 5: who does what, and since when it is in use.
    keys.now("Say who does what by when")
    keys.type("action", "text", "Write the guide anew")
    keys.type("action", "department", "Service desk")
    keys.send("action")
    keys.now("say where and since when")
    keys.send("live")
    keys.send("forward")
    # 6: too early, and it says until when.
    keys.now("Ask for the verdict")
    expect(page.locator("#now")).to_contain_text("The verdict is due when the data reach")
    picture(page, "6-too-early")
    improvement = page.url.split("#")[0]

    # Weeks go by: the desk's next export comes in.
    import_file(page, desk, "after.csv")
    page.goto(desk.address + "/")
    expect(page.locator("ul.needs")).to_contain_text("the verdict is due")
    picture(page, "today-needs")
    assert_clean(page)
    keys.skip()
    keys.tab_to("e.getAttribute('href').startsWith('/improvements/')")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    keys.send("evaluate")
    expect(page.locator("#verdict ~ .lead").first).to_contain_text("Worked.")
    found = page.locator("#verdict ~ .lead").first.inner_text()
    effect = int(re.search(r"fell by (\d+)", found)[1])
    low, high = map(int, re.search(r"\((\d+) to (\d+)", found).groups())
    # 21 a day before, 12.5 after: 40 % less is the truth, and the interval holds it.
    assert 30 <= effect <= 50 and low <= 40 <= high, found
    expect(page.locator("main")).to_contain_text("A plain comparison of before and after says")
    expect(page.locator("main svg.chart.wide").first).to_be_visible()
    picture(page, "6-verdict")
    assert_clean(page)
    keys.send("forward")
    # 7: the decision, and the end.
    keys.now("Decide what is done with the result")
    keys.send("decide")
    keys.now("The gain is the new standard")
    keys.send("close")
    expect(page.locator("main .lead").first).to_contain_text("Closed after round 1")
    keys.now("It is closed")
    # The whole history is there, oldest last, with who did it.
    rows = page.locator("ol.history li")
    expect(rows.last).to_contain_text("opened it as")
    expect(rows.first).to_contain_text("closed it")
    assert rows.count() == 20
    assert page.url.split("#")[0] == improvement
    picture(page, "7-closed")
    assert_clean(page)


# ---- What is there after it


@pytest.fixture
def closed(desk):
    """The newcomer's improvement, or a reason to say that it is not there."""
    store = sqlite3.connect(desk.program.store)
    try:
        found = store.execute("select count(*) from improvement_entry where improvement = 1").fetchone()[0]
    finally:
        store.close()
    assert found >= 19, "the newcomer's path did not come to its end"
    return desk.address + "/improvements/1"


def test_the_effect_can_be_had_as_csv_and_as_svg(desk, reader, closed):
    page = reader()
    page.goto(closed)
    figure = page.locator("figure").first
    answer = page.request.get(desk.address + figure.get_by_role("link", name="as CSV").get_attribute("href"))
    lines = answer.text().split()
    assert lines[0] == "day,observed,expected,low,high,unit" and len(lines) > 60
    days = [line.split(",") for line in lines[1:]]
    assert all(day[2] for day in days if day[0] >= str(TODAY)) and not any(day[2] for day in days if day[0] < str(TODAY))
    drawn = page.request.get(desk.address + figure.get_by_role("link", name="as SVG").get_attribute("href"))
    assert drawn.headers["content-type"].startswith("image/svg+xml")
    root = xml.etree.ElementTree.fromstring(drawn.text())
    assert root.tag == "{http://www.w3.org/2000/svg}svg" and "<style>" in drawn.text()
    if PICTURES:
        (pathlib.Path(PICTURES) / "effect.svg").write_text(drawn.text())


def test_wins_and_the_months_report_tell_the_proven_gain(desk, reader, closed):
    page = reader()
    page.goto(desk.address + "/wins")
    expect(page.locator("main .lead")).to_contain_text("1 gain has been proven")
    expect(page.locator("main .finding")).to_contain_text("fell by")
    picture(page, "wins")
    page.goto(desk.address + "/report")
    expect(page.locator("h1")).to_contain_text(str(TODAY.year))
    expect(page.locator("main .lead").first).to_contain_text("1 gain was proven")
    picture(page, "report")
    assert page.goto(desk.address + "/report?month=1999-01").status == 200
    expect(page.locator("main")).to_contain_text("No gain was proven")
    assert page.goto(desk.address + "/report?month=nonsense").status == 400


def test_round_two_starts_from_what_round_one_holds(desk, reader, closed):
    """The first round is told to the command line; the page takes it up at its decision."""

    def tell(*arguments):
        done = desk.program("improvement", *arguments, "--by", "admin")
        assert done.returncode == 0, done.stderr
        return done.stdout

    number = re.match(r"(\d+)\.", tell("open", "Email, and then its forms"))[1]
    tell("objective", number, "A fifth fewer", "--measure", "incidents.opened", "--slice", "category=Email")
    tell("plan", number, "--least-effect", "10", "--from", RISE)
    for _ in range(4):
        tell("forward", number, "--reason", "Known")
    tell("live", number, TODAY)
    assert tell("evaluate", number).startswith("worked")
    tell("forward", number)
    tell("forward", number)
    page = reader()
    expect(page.locator("ul.needs")).to_contain_text("waits for your decision")
    page.locator("ul.needs a", has_text="Email, and then its forms").click()
    page.locator("#form-decide [name=decision]").select_option("extend")
    page.locator("#form-decide button").click()
    expect(page.locator("#now > .lead")).to_contain_text("Begin the next round")
    page.locator("#form-round button").click()
    expect(page.locator("main .lead").first).to_contain_text("Round 2, step 1 of 7")
    expect(page.locator("#step-1")).to_contain_text("A fifth fewer")
    stairs = page.locator("svg.chart.wide .stair")
    expect(stairs).to_have_count(2)
    expect(stairs.first).to_have_class(re.compile("held"))
    page.get_by_text("ITIL 4’s questions").click()
    expect(page.locator("details[open] [aria-current=step]")).to_have_count(2)
    assert_clean(page)
    picture(page, "round-two")
    # It is left as it is: the pages below are looked at with it.
    page.locator("summary", has_text="Close it").click()
    page.locator("#form-close [name=reason]").fill("Taken up in spring")
    page.locator("#form-close button").click()
    expect(page.locator("main .lead").first).to_contain_text("Taken up in spring")


LOOKS = [("en", "dark", 360), ("da", "light", 360), ("da", "dark", 1280), ("zh", "light", 1280), ("zh", "dark", 360)]


@pytest.mark.parametrize("language, colours, width", LOOKS)
def test_axe_finds_nothing_in_any_language_light_or_dark_wide_or_narrow(desk, reader, closed, language, colours, width):
    page = reader(color_scheme=colours, viewport={"width": width, "height": 900})
    page.goto(f"{desk.address}/?lang={language}")
    for path in ["/improvements", "/improvements/1", "/wins", "/report", "/register", "/suggest", "/suggestions"]:
        assert page.goto(desk.address + path).status == 200
        assert page.locator("html").get_attribute("lang").startswith(language)
        assert_clean(page)
        assert len(page.request.get(desk.address + path).body()) < 120_000, path
        picture(page, f"{language}-{colours}-{width}-{path.strip('/').replace('/', '-')}")


# ---- Without script


def test_without_script_a_step_is_left_with_a_reason_and_what_was_typed_is_never_lost(desk, reader):
    page = reader(java_script_enabled=False)
    page.goto(desk.address + "/improvements")
    page.locator("main [name=title]").fill("Fewer calls about printers")
    page.locator("main form.stack button").click()
    page.wait_for_url("**/improvements/*")
    # The gate says what is missing; who goes on without it gives a reason, which everyone sees.
    expect(page.locator("#now")).to_contain_text("an objective that can be measured")
    page.locator("#now summary").click()
    page.locator("#form-override [name=reason]").fill("The director asked for it")
    page.locator("#form-override button").click()
    expect(page.locator("#step-1")).to_contain_text("The director asked for it")
    # A number that is none: said in words, and every other word is still there.
    page.locator("#step-1 summary").click()
    form = page.locator("#form-objective")
    form.locator("[name=text]").fill("A third fewer")
    form.locator("[name=measure]").select_option("incidents.opened")
    form.locator("[name=target]").fill("a few")
    form.locator("button").click()
    expect(page.get_by_role("alert")).to_contain_text("“a few” is not a number")
    expect(page.locator("#form-objective [name=text]")).to_have_value("A third fewer")
    expect(page.locator("#form-objective [name=target]")).to_have_value("a few")
    page.locator("#form-objective [name=target]").fill("6.5")
    page.locator("#form-objective button").click()
    expect(page.locator("#step-1")).to_contain_text("6.5")
    # On hold and back again, and back to an earlier step.
    page.get_by_text("Put it on hold", exact=True).first.click()
    page.locator("#form-hold [name=reason]").fill("Waits for the budget")
    page.locator("#form-hold button").click()
    expect(page.locator("main .lead").first).to_contain_text("Waits for the budget")
    page.locator("#form-resume button").click()
    page.get_by_text("Go back to an earlier step").click()
    page.locator("#form-back [name=reason]").fill("It was not the cause")
    page.locator("#form-back button").click()
    expect(page.locator("ol.steps .now")).to_contain_text("Define objectives")


# ---- Two people at once


def test_who_was_slower_sees_what_changed_meanwhile_and_loses_no_word(desk, reader):
    ada, bo = reader(), reader()
    ada.goto(desk.address + "/improvements")
    ada.locator("main [name=title]").fill("Sooner access")
    ada.locator("main form.stack button").click()
    ada.wait_for_url("**/improvements/*")
    bo.goto(ada.url)
    ada.locator("#form-objective [name=text]").fill("Access within a day")
    ada.locator("#form-objective [name=measure]").select_option("incidents.timeToResolve")
    ada.locator("#form-objective button").click()
    expect(ada.locator("#now > .lead")).to_contain_text("Everything this step asks for")
    bo.locator("#form-objective [name=text]").fill("Nobody waits for access over night")
    bo.locator("#form-objective [name=goal]").fill("A good first day")
    with bo.expect_navigation() as navigation:
        bo.locator("#form-objective button").click()
    assert navigation.value.status == 409
    expect(bo.get_by_role("alert")).to_contain_text("changed this improvement at")
    expect(bo.locator("section.now-do").first).to_contain_text("set the objective Access within a day")
    expect(bo.locator("#form-objective [name=text]")).to_have_value("Nobody waits for access over night")
    expect(bo.locator("#form-objective [name=goal]")).to_have_value("A good first day")
    assert_clean(bo)
    picture(bo, "conflict")
    # Sent once more it is kept, and the other's words stay in the history.
    bo.locator("#form-objective button").click()
    expect(bo.locator("#step-1")).to_contain_text("Nobody waits for access over night")
    expect(bo.locator("ol.history")).to_contain_text("Access within a day")


# ---- Suggestions


def test_anyone_suggests_in_a_minute_and_a_suggestion_becomes_an_improvement(desk, reader, browser):
    visitor = browser.new_context(locale="da-DK")
    page = visitor.new_page()
    page.goto(desk.address + "/suggest")
    expect(page.locator("h1")).to_have_text("Kom med et forslag")
    assert_clean(page)
    page.locator("[name=title]").fill("Vis køens længde på telefonen <b>")
    page.locator("[name=by]").fill("Mette")
    page.locator("main button").click()
    expect(page.get_by_role("status")).to_contain_text("Vi har fået dit forslag")
    # What fills in the field that nobody sees is no person.
    page.locator("[name=title]").fill("Buy now")
    page.locator("[name=website]").evaluate("e => e.value = 'spam'")
    page.locator("main button").click()
    expect(page.get_by_role("status")).to_be_visible()
    visitor.close()
    page = reader()
    page.goto(desk.address + "/suggestions")
    expect(page.locator(".finding")).to_have_count(1)
    expect(page.locator(".finding")).to_contain_text("Mette")
    page.get_by_role("button", name="Make it an improvement").click()
    page.wait_for_url("**/improvements/*")
    expect(page.locator("h1")).to_have_text("Vis køens længde på telefonen <b>")
    expect(page.locator("main")).to_contain_text("made by Mette")
    page.goto(desk.address + "/suggestions")
    expect(page.locator(".finding")).to_contain_text("It has become an improvement")


def test_where_it_is_switched_off_only_those_with_an_account_suggest(desk, reader, browser):
    assert desk.program("set", "publicSuggestions", "perhaps").returncode == 64
    assert desk.program("set", "publicSuggestions", "off").returncode == 0
    try:
        visitor = browser.new_page()
        visitor.goto(desk.address + "/suggest")
        expect(visitor).to_have_url(re.compile("/login"))
        visitor.close()
        page = reader()
        assert page.goto(desk.address + "/suggest").status == 200
    finally:
        desk.program("set", "publicSuggestions", "on")


# ---- What slips back


def test_a_gain_that_slips_is_told_on_today_and_opens_the_next_improvement(desk, reader, closed):
    chance = random.Random(7)
    first = TODAY + datetime.timedelta(days=45)
    (desk.program.folder / "slip.csv").write_text(tickets(first, first + datetime.timedelta(days=60), lambda day: 21, "INC", chance))
    page = reader()
    import_file(page, desk, "slip.csv")
    page.goto(desk.address + "/")
    need = page.locator("ul.needs li", has_text="The gain has been slipping back since about").first
    expect(need).to_be_visible()
    picture(page, "today-slipping")
    assert_clean(page)
    page.goto(closed)
    expect(page.locator("main")).to_contain_text("slipping")
    assert page.locator("svg.chart.wide .stair.slipped").count() == 1
    picture(page, "slipped")
    page.goto(desk.address + "/wins")
    expect(page.get_by_role("heading", name="Gains that slip")).to_be_visible()
    page.goto(desk.address + "/")
    need.get_by_role("button").click()
    page.wait_for_url("**/improvements/*")
    expect(page.locator("main")).to_contain_text("A gain that slipped")
