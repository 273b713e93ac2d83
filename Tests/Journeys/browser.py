"""A real browser on a real server: what the tests of the pages and the README's pictures share."""
import contextlib
import os
import re
import shutil
import subprocess
import urllib.request

from playwright.sync_api import sync_playwright

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
PASSWORD = "seven quiet herons"


class Served:
    """A server over a store, until it is closed."""

    def __init__(self, program, *arguments):
        self.program = program
        self.process = program.start("serve", "--port", "0", *arguments, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
        self.address = re.search(r"http://[^\s/]+", self.process.stderr.readline())[0]
        self.cookie = None

    def link(self):
        """The one-time link, printed after the address where nobody has an account yet."""
        return re.search(r"http://\S+", self.process.stderr.readline())[0]

    def close(self):
        self.process.terminate()
        self.process.wait(timeout=30)
        self.process.stderr.close()

    def status(self, path, method="GET"):
        request = urllib.request.Request(self.address + path, method=method)
        try:
            with urllib.request.urlopen(request) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code


@contextlib.contextmanager
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"])
        try:
            yield browser
        finally:
            browser.close()


def first_account(page, link):
    """Through the one-time link to a first account, as a person would."""
    page.goto(link)
    for field in page.locator("input[type=password]").all():
        field.fill(PASSWORD)
    page.locator("main button").click()
    page.wait_for_url("**/")


def sign_in(page, site):
    page.goto(site.address + "/login")
    page.locator("[name=login]").fill("admin")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main button").click()
    page.wait_for_url("**/")
