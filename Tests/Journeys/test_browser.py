"""The pages in a real browser: the whole way from the one-time link to a ticket's line, with and without script, by
keyboard, in three languages, light and dark, wide and narrow; and what happens when something is wrong."""
import csv
import io
import re
import sqlite3
import xml.etree.ElementTree

import pytest
from accessible import assert_clean
from browser import PASSWORD, Served, chromium, first_account, sign_in
from conftest import SAMPLE, Program, export
from playwright.sync_api import expect

# An import of the real log by a debug binary, on a machine that does other things too.
PATIENCE_MS = 600_000
expect.set_options(timeout=30_000)


@pytest.fixture(scope="module")
def browser():
    with chromium() as browser:
        yield browser


@pytest.fixture
def watched(browser):
    """Makes pages whose every mistake is a failure: errors of the console, and requests that leave the site."""
    contexts, mistakes = [], []

    def make(site=None, **options):
        options.setdefault("viewport", {"width": 1280, "height": 900})
        options.setdefault("locale", "en-GB")
        context = browser.new_context(**options)
        context.set_default_timeout(60_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: mistakes.append(f"{page.url}: {error}"))
        # The browser itself notes an answer of 4xx; those are asked for on purpose.
        page.on("console", lambda m: m.type == "error" and "status of 4" not in m.text and mistakes.append(f"{page.url}: {m.text}"))
        home = site.address if site else "file://"
        page.on("request", lambda r: r.url.startswith(home) or mistakes.append(f"{page.url} asks for {r.url}"))
        return page

    yield make
    for context in contexts:
        context.close()
    assert not mistakes, "\n".join(mistakes)


def serve(tmp_path_factory, name):
    site = Served(Program(tmp_path_factory.mktemp(name)))
    return site, site.link()


@pytest.fixture(scope="module")
def real(browser, tmp_path_factory):
    """A site into which the real log was brought through the page's own form: the journey of the first visit."""
    site, site.first_link = serve(tmp_path_factory, "real")
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    page = context.new_page()
    page.set_default_timeout(120_000)
    try:
        page.goto(site.first_link)
        assert_clean(page)
        first_account(page, site.first_link)
        # Three doors, each a heading with a way through.
        expect(page.locator(".door h2")).to_have_count(3)
        expect(page.locator(".door button, .door a.button")).to_have_count(3)
        assert_clean(page)
        page.locator(".door input[type=file]").set_input_files(SAMPLE)
        page.locator("form.drop button").click()
        page.wait_for_url("**/sources/files/*")
        # What it makes of the file: where it comes from, what the columns mean, the first rows; nothing is stored yet.
        expect(page.locator("main")).to_contain_text("UCI incident event log")
        expect(page.get_by_label("opened_at", exact=True)).to_have_value("openedAt")
        expect(page.locator("table").last).to_contain_text("INC0000045")
        assert not imports(site)
        assert_clean(page)
        page.locator("main form button").first.click()
        page.wait_for_url("**/sources/runs/*")
        # Live: the words change by themselves, without the page being loaded again.
        status = page.locator("[data-live] [role=status]")
        before = status.inner_text()
        page.evaluate("window.isSamePage = true")
        expect(status).not_to_have_text(before)
        assert page.evaluate("window.isSamePage"), "the page was loaded again"
        page.wait_for_url("**/sources/imports/*", timeout=PATIENCE_MS)
        site.report = page.url
        yield site
    finally:
        context.close()
        site.close()


def imports(site):
    store = sqlite3.connect(site.program.store)
    try:
        return store.execute("select file, row_count, rejected from import order by id").fetchall()
    finally:
        store.close()


@pytest.fixture
def reader(real, watched):
    """Signed in on the site with the real log."""

    def make(**options):
        page = watched(real, **options)
        sign_in(page, real)
        return page

    return make


# ---- From the first visit to a ticket's line


def test_the_real_log_comes_in_through_the_page_and_the_doctor_reports(real, reader):
    assert [(rows, rejected) for _, rows, rejected in imports(real)] == [(141712, 0)]
    page = reader()
    page.goto(real.report)
    expect(page.locator("main")).to_contain_text("141,712 of 141,712 rows")
    expect(page.locator("main")).to_contain_text("gap in the export")
    # The doctor speaks of the file's own columns, or in words: never in the names of our code.
    assert not re.search(r"\b(openedAt|causedBy|slaMet|reopenCount|closeCode)\b", page.locator("main").inner_text())


def test_from_today_down_to_a_ticket_with_its_file_and_line(real, reader):
    page = reader()
    page.goto(real.address + "/")
    for heading in ["What changed", "What is about to go wrong", "What to do next"]:
        expect(page.get_by_role("heading", name=heading).first).to_be_visible()
    first = page.locator("ol.ranked > li").first
    hours = first.locator("strong").first.inner_text()
    assert "hours a month" in hours
    first.locator("h3 a").click()
    page.wait_for_url("**/register/*")
    expect(page.locator("main .facts").first).to_contain_text(hours)
    expect(page.locator("main svg.chart.wide")).to_be_visible()
    row = page.locator("tbody tr").filter(has_text="incident-event-log.csv.gz, line").first
    number, line = row.locator("th").inner_text(), re.search(r"line ([\d,]+)", row.inner_text())[1]
    row.locator("th a").click()
    page.wait_for_url("**/tickets/incidents/*")
    expect(page.locator("h1")).to_contain_text(number)
    source = page.locator("dl.fields").last
    expect(source).to_contain_text("incident-event-log.csv.gz")
    expect(source).to_contain_text(line)
    # The line is the ticket's last one in the file itself.
    import gzip

    with gzip.open(SAMPLE, "rt") as file:
        at = next(text for n, text in enumerate(file, 1) if n == int(line.replace(",", "")))
    assert at.startswith(number + ",")


def test_each_chart_can_be_had_as_csv_and_as_svg(real, reader):
    page = reader()
    page.goto(real.address + "/measures/incidents.opened")
    figure = page.locator("main figure").first
    with_table = int(page.locator("main svg.chart.wide").first.get_attribute("data-n"))
    answer = page.request.get(real.address + figure.get_by_role("link", name="as CSV").get_attribute("href"))
    assert answer.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.text())))
    assert len(rows) == with_table
    assert float(rows[0]["value"]) > 0 and int(rows[0]["tickets"]) > 0 and rows[0]["from"] < rows[-1]["from"]
    drawn = page.request.get(real.address + figure.get_by_role("link", name="as SVG").get_attribute("href"))
    assert drawn.headers["content-type"].startswith("image/svg+xml")
    root = xml.etree.ElementTree.fromstring(drawn.text())
    assert root.tag == "{http://www.w3.org/2000/svg}svg" and len(list(root.iter())) > 20
    # Opened by itself it needs nothing from anywhere, and has its own colours.
    assert "<style>" in drawn.text() and "http" not in drawn.text().replace("http://www.w3.org/2000/svg", "")


def test_what_a_measure_is_made_of_adds_up_to_all_of_it(real, reader):
    page = reader()
    page.goto(real.address + "/measures/incidents.opened?by=category")
    table = page.locator("h2:has-text('What it is made of') ~ .table").first
    rows = [row.locator("td.n").all_inner_texts() for row in table.locator("tbody tr").all()]
    parts = [int(row[0].replace(",", "")) for row in rows]
    answer = page.request.get(real.address + "/measures/incidents.opened.csv")
    weeks = list(csv.DictReader(io.StringIO(answer.text())))
    # The chart is of whole weeks; the parts are of every day analysed, at most six days more.
    assert 0 <= sum(parts) - sum(int(week["tickets"]) for week in weeks) <= 6 * max(int(week["tickets"]) for week in weeks) / 7 * 3
    assert rows[-1][-1].startswith("100") and float(rows[0][1].rstrip("\xa0%")) == pytest.approx(100 * parts[0] / sum(parts), abs=0.6)


def test_a_spike_is_drawn_by_days_and_a_trend_as_a_line(real, reader):
    page = reader()
    found = page.request.get(real.address + "/api/v1/signals").json()["signals"]
    kinds = {}
    for o in page.request.get(real.address + "/api/v1/opportunities").json()["opportunities"]:
        lead = next(s for s in found if s["id"] == o["signals"][0])
        kinds.setdefault(lead["kind"], (o["id"], lead))
    opportunity, spike = kinds["spike"]
    page.goto(real.address + "/register/" + opportunity)
    answer = page.request.get(real.address + page.locator("figure").get_by_role("link", name="as CSV").get_attribute("href"))
    days = list(csv.DictReader(io.StringIO(answer.text())))
    assert all(day["from"] == day["through"] for day in days)
    highest = max(days, key=lambda day: float(day["value"] or 0))
    assert highest["from"] == spike["at"]
    page.goto(real.address + "/register/" + kinds["trend"][0])
    assert page.locator("svg.chart.wide .level").evaluate("line => line.getBBox().height") > 20


def test_every_link_of_the_pages_leads_somewhere(real, reader):
    page = reader()
    seen, todo = set(), ["/"]
    while todo and len(seen) < 150:
        path = todo.pop(0)
        if path in seen:
            continue
        seen.add(path)
        answer = page.request.get(real.address + path)
        assert answer.status == 200, f"{path}: {answer.status}"
        kind = answer.headers["content-type"]
        # Deep enough: from the places, each page's own links; of hundreds of the same kind, a few.
        if not kind.startswith("text/html"):
            continue
        links = [link.replace("&amp;", "&").split("#")[0] for link in re.findall(r'href="(/[^"]*)"', answer.text())]
        shapes = {}
        for link in links:
            shape = re.sub(r"[\d=].*", "", link)
            shapes[shape] = shapes.get(shape, 0) + 1
            if link and "lang=" not in link and shapes[shape] <= 3 and link not in seen:
                todo.append(link)
    assert len(seen) > 50 and any(path.startswith("/tickets/incidents/") for path in seen)


# ---- Accessible in each language, light and dark, wide and narrow

# Every two of language, colour and width meet.
LOOKS = [("en", "light", 1280), ("en", "dark", 360), ("da", "light", 360), ("da", "dark", 1280), ("zh", "light", 1280), ("zh", "dark", 360)]


@pytest.mark.parametrize("language, colours, width", LOOKS)
def test_axe_finds_nothing_on_any_page(real, reader, language, colours, width):
    page = reader(color_scheme=colours, viewport={"width": width, "height": 900})
    page.goto(f"{real.address}/?lang={language}")
    assert page.locator("html").get_attribute("lang").startswith(language)
    opportunity = page.locator("ol.ranked h3 a").first.get_attribute("href")
    paths = ["/", "/services", "/measures", "/measures/incidents.timeToResolve", "/measures/incidents.opened?category=Category%2046",
             "/signals", "/register", opportunity, "/sources", "/people", "/people/accounts/admin", "/settings", real.report.removeprefix(real.address), "/search?q=Category", "/nowhere"]
    for path in paths:
        page.goto(real.address + path)
        assert_clean(page)
    page.goto(real.address + opportunity)
    page.goto(real.address + page.locator("tbody th a").first.get_attribute("href"))
    assert_clean(page)


@pytest.mark.parametrize("language, width", [("da", 360), ("zh", 1280)])
def test_the_proposed_mapping_speaks_the_readers_language(real, reader, language, width, tmp_path):
    (tmp_path / "a.csv").write_text(export(30))
    page = reader(viewport={"width": width, "height": 900})
    page.goto(f"{real.address}/sources?lang={language}")
    page.locator("form.drop input[type=file]").set_input_files(tmp_path / "a.csv")
    page.locator("form.drop button").click()
    page.wait_for_url("**/sources/files/*")
    chosen = page.get_by_label("opened_at", exact=True).locator("option:checked")
    expect(chosen).to_have_text({"da": "Oprettet", "zh": "创建时间"}[language])
    assert_clean(page)


def test_the_pages_before_signing_in_are_accessible_too(real, watched):
    for colours, width, language in [("dark", 360, "zh"), ("light", 1280, "da")]:
        page = watched(real, color_scheme=colours, viewport={"width": width, "height": 900})
        page.goto(f"{real.address}/login?lang={language}")
        assert_clean(page)


# ---- Without script, and by keyboard alone


@pytest.fixture
def fresh(tmp_path_factory):
    site, site.first_link = serve(tmp_path_factory, "fresh")
    yield site
    site.close()


def test_the_same_way_without_script_up_to_the_report(fresh, watched, tmp_path):
    (tmp_path / "plain.csv").write_text(export(60) + "not,enough\n")
    page = watched(fresh, java_script_enabled=False)
    first_account(page, fresh.first_link)
    expect(page.locator(".door h2")).to_have_count(3)
    page.locator(".door input[type=file]").set_input_files(tmp_path / "plain.csv")
    page.locator("form.drop button").click()
    page.wait_for_url("**/sources/files/*")
    expect(page.get_by_label("opened_at", exact=True)).to_have_value("openedAt")
    page.locator("main form button").first.click()
    # The page asks again by itself until the report is there.
    page.wait_for_url("**/sources/imports/*", timeout=PATIENCE_MS)
    rows = export(60).count("\n")
    expect(page.locator("main .lead")).to_contain_text(f"{rows - 1} of {rows} rows")
    # The row that was not taken in stands there with its line and its reason.
    rejected = page.locator("#rejects ~ .table tbody tr")
    expect(rejected).to_have_count(1)
    expect(rejected).to_contain_text(f"line {rows + 1}")
    expect(rejected).to_contain_text("not,enough")
    page.goto(fresh.address + "/")
    expect(page.locator(".door")).to_have_count(0)


def test_the_same_file_again_changes_nothing_and_says_so(fresh, watched, tmp_path):
    (tmp_path / "twice.csv").write_text(export(20))
    page = watched(fresh)
    first_account(page, fresh.first_link)
    for _ in range(2):
        page.goto(fresh.address + "/sources")
        page.locator("form.drop input[type=file]").set_input_files(tmp_path / "twice.csv")
        page.locator("form.drop button").click()
        page.wait_for_url("**/sources/files/*")
        page.locator("main form button").first.click()
        page.wait_for_url("**/sources/imports/*", timeout=PATIENCE_MS)
    assert len(imports(fresh)) == 1
    expect(page.get_by_role("status")).to_contain_text("Nothing has changed")


def test_by_keyboard_alone_from_today_to_an_opportunity(real, reader):
    page = reader()
    page.goto(real.address + "/")
    # The first key leads past the places to the content.
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    for _ in range(120):
        page.keyboard.press("Tab")
        where = page.evaluate("document.activeElement.getAttribute('href') || ''")
        assert page.evaluate(
            "(() => { const s = getComputedStyle(document.activeElement); return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2 })()"
        ), f"no one sees where the keyboard is: {page.evaluate('document.activeElement.outerHTML.slice(0, 120)')}"
        if where.startswith("/register/"):
            break
    else:
        pytest.fail("no opportunity can be reached with Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/register/*")
    expect(page.locator("h1")).to_be_visible()


def test_the_palette_leads_to_a_ticket(real, reader):
    page = reader()
    page.goto(real.address + "/services")
    page.keyboard.press("/")
    page.keyboard.type("INC0000045")
    page.locator(".palette a").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tickets/incidents/INC0000045")


def test_a_chart_says_its_values_under_the_arrow_keys(real, reader):
    page = reader()
    page.goto(real.address + "/measures/incidents.opened")
    chart = page.locator("svg.chart.wide").first
    chart.focus()
    page.keyboard.press("End")
    last = chart.locator(".said").text_content()
    assert last.endswith(chart.locator(".last").text_content())
    page.keyboard.press("ArrowLeft")
    expect(chart.locator(".said")).not_to_have_text(last)


# ---- Coming in and going out


def test_a_wrong_password_is_told_and_lets_nobody_in(real, watched):
    page = watched(real)
    page.goto(real.address + "/login")
    page.locator("[name=login]").fill("admin")
    page.locator("[name=password]").fill("not the password")
    with page.expect_navigation() as navigation:
        page.locator("main button").click()
    assert navigation.value.status == 401
    expect(page.get_by_role("alert")).to_be_visible()
    assert_clean(page)
    page.goto(real.address + "/register")
    expect(page).to_have_url(re.compile("/login"))


def test_the_one_time_link_works_once(real, watched):
    page = watched(real)
    assert page.goto(real.first_link).status == 410
    expect(page.locator("main")).to_contain_text("This link has been used")
    expect(page.locator("input[type=password]")).to_have_count(0)
    assert_clean(page)


def test_a_forged_form_is_turned_away(real, reader):
    page = reader()
    page.goto(real.address + "/")
    page.evaluate("document.querySelector('form.account [name=token]').value = 'forged'")
    with page.expect_navigation() as navigation:
        page.locator("form.account button").click()
    assert navigation.value.status == 403
    expect(page.locator("h1")).to_be_visible()
    assert_clean(page)
    page.goto(real.address + "/")
    expect(page.locator("form.account")).to_be_visible()


def test_after_signing_out_nothing_is_shown(real, reader):
    page = reader()
    page.goto(real.address + "/register")
    page.locator("form.account button").click()
    page.wait_for_url("**/login")
    assert not [c for c in page.context.cookies() if c["name"] == "ratchet" and c["value"]]
    page.goto(real.address + "/register")
    expect(page).to_have_url(re.compile(r"/login\?next="))


# ---- What is no export


PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n%%EOF\n"


@pytest.mark.parametrize("language, words", [("en", ["PDF", "CSV"]), ("da", ["PDF", "CSV"]), ("zh", ["PDF", "CSV"])])
def test_a_pdf_is_refused_in_the_readers_language(real, reader, language, words, tmp_path):
    message = refused(real, reader, tmp_path, "report.pdf", PDF, language)
    for word in [*words, "report.pdf"]:
        assert word in message
    assert ("Export it as CSV" in message) == (language == "en")


def test_an_empty_file_is_refused(real, reader, tmp_path):
    assert "empty" in refused(real, reader, tmp_path, "nothing.csv", b"", "en")


def test_a_text_that_is_no_table_is_refused(real, reader, tmp_path):
    text = "Dear diary,\nnothing happened today.\nIt rained a little.\nI read a book.\n"
    page = hand_in(real, reader, tmp_path, "diary.txt", text.encode(), "en")
    # Nobody knows yet what its columns mean: it may be told, or not imported at all.
    if page.url.split("/")[-2] == "files" and page.locator("main form button").count():
        page.locator("main form button").first.click()
        page.wait_for_load_state()
    problem = page.locator("main .problem, main h1 ~ p").first
    expect(problem).to_be_visible()
    assert "diary.txt" in page.locator("main").inner_text()
    assert_clean(page)
    assert len(imports(real)) == 1


def hand_in(real, reader, tmp_path, name, content, language):
    (tmp_path / name).write_bytes(content)
    page = reader()
    page.goto(f"{real.address}/sources?lang={language}")
    page.locator("form.drop input[type=file]").set_input_files(tmp_path / name)
    with page.expect_navigation() as navigation:
        page.locator("form.drop button").click()
    page.answer = navigation.value
    return page


def refused(real, reader, tmp_path, name, content, language):
    page = hand_in(real, reader, tmp_path, name, content, language)
    assert page.answer.status == 422, page.url
    assert_clean(page)
    assert len(imports(real)) == 1, "something was stored"
    return page.locator("main").inner_text()


# ---- Addresses


def test_an_unknown_page_is_404_and_a_wrong_method_405(real, reader):
    page = reader()
    assert page.goto(real.address + "/nowhere").status == 404
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".next a").first).to_be_visible()
    assert page.goto(real.address + "/measures/incidents.magic").status == 404
    assert real.status("/register", method="DELETE") == 405
    assert real.status("/login", method="PUT") == 405
    assert page.request.get(real.address + "/api/v1/nothing").headers["content-type"] == "application/problem+json"


def test_pages_are_small(real, reader):
    page = reader()
    for path in ["/", "/services", "/measures", "/measures/incidents.timeToResolve", "/signals", "/register"]:
        assert len(page.request.get(real.address + path).body()) < 120_000, path


# ---- One file that holds a review


@pytest.mark.parametrize("language, colours, width", [("en", "light", 1280), ("zh", "dark", 360)])
def test_a_review_opens_from_a_file_and_asks_for_nothing(tmp_path_factory, watched, language, colours, width):
    program = Program(tmp_path_factory.mktemp("review"))
    rows = export(240).splitlines()
    late = [row.replace("INC", "X").replace("Category 1", "Category 9") for row in rows[1:] if row[:7] >= "INC0150"]
    (program.folder / "a.csv").write_text("\n".join(rows + late) + "\n")
    done = program("review", "a.csv", "--html", "review.html", "--language", language)
    assert done.returncode == 0, done.stderr
    page = watched(color_scheme=colours, viewport={"width": width, "height": 900})
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((program.folder / "review.html").as_uri())
    expect(page.locator("svg.chart:visible").first).to_be_visible()
    assert asked == [(program.folder / "review.html").as_uri()]
    assert_clean(page)
