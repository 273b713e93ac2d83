"""Draws the pictures of the README into Documentation/Pictures."""
import pathlib
import sys
import tempfile

from browser import Served, chromium, first_account
from conftest import ROOT, Program

FOLDER = ROOT / "Documentation" / "Pictures"
BYTES_MAX = 250_000


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        program = Program(pathlib.Path(folder))
        made = program("demo", "--no-serve", "--store", program.store, timeout=1200)
        if made.returncode != 0:
            sys.exit(made.stderr)
        site = Served(program)
        try:
            with chromium() as browser:
                page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="en-GB", color_scheme="light")
                first_account(page, site.link())
                first = page.locator("ol.ranked h3 a").first.get_attribute("href")
                # A measure whose level moved says the most in one picture.
                found = page.request.get(site.address + "/api/v1/signals?kind=levelShift").json()["signals"]
                moved = max(found, key=lambda s: -s["q"] if s["slice"] else 1)
                query = "&".join(f"{name}={value}" for name, value in moved["slice"].items())
                for name, path in [("today", "/"), ("measure", f"/measures/{moved['measure']}?{query}"), ("opportunity", first)]:
                    page.goto(site.address + path)
                    file = FOLDER / f"{name}.png"
                    page.screenshot(path=file)
                    size = file.stat().st_size
                    if size > BYTES_MAX:
                        sys.exit(f"{file}: {size} bytes are more than {BYTES_MAX}")
                    print(f"{file.relative_to(ROOT)}: {size} bytes")
        finally:
            site.close()


main()
