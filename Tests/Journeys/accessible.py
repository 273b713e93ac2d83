"""What every page must be: nothing for axe to find (WCAG 2.2 AA), and nothing wider than the window."""
from axe_playwright_python.sync_playwright import Axe

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = Axe()


def assert_clean(page):
    """Nothing for axe to find, and nothing wider than the page."""
    found = AXE.run(page, options={"runOnly": {"type": "tag", "values": RULES}})
    assert found.response["passes"], "axe looked at nothing"
    told = [
        f"{page.url}: {rule['id']} ({rule['help']}): {node['html'][:200]}"
        for rule in found.response["violations"]
        for node in rule["nodes"]
    ]
    assert not told, "\n".join(told)
    wide, room = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert wide <= room, f"{page.url} is {wide} wide on {room}"
