"""A server of our own on a free port, and someone signed in to it."""
import html
import http.client
import re
import signal
import subprocess
import urllib.parse

PASSWORD = "a long enough password"


class Site:
    """The pages of a store. Entered as a context, it is served until the context ends."""

    def __init__(self, command, store):
        self.command = [*map(str, command), "--store", str(store), "--port", "0"]
        self.cookies = {}

    def __enter__(self):
        self.process = subprocess.Popen(self.command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        address = self.until(r"http://127\.0\.0\.1:(\d+)/")
        self.connection = http.client.HTTPConnection("127.0.0.1", int(address[1]), timeout=60)
        return self

    def __exit__(self, *_):
        self.connection.close()
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stderr.close()

    def until(self, pattern):
        """Reads what the server says until it says this."""
        said = []
        while line := self.process.stderr.readline():
            said.append(line)
            if found := re.search(pattern, line):
                return found
        raise SystemExit(f"{' '.join(self.command)}: ended before it said {pattern}\n{''.join(said)}")

    def request(self, method, path, form=None):
        """Status and body, the body read to its end. The connection is kept, as a browser keeps it."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if form is not None:
            body = urllib.parse.urlencode(form)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        content = answer.read()
        for field in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = field.split(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, content

    def get(self, path):
        status, content = self.request("GET", path)
        if status != 200:
            raise SystemExit(f"GET {path} was answered with {status}\n{content[:600].decode(errors='replace')}")
        return content

    def sign_in(self):
        """Through the one-time link, as the administrator does on the first day."""
        link = self.until(r"(/start/\S+)")[1]
        token = re.search(r'name="token"[^>]*value="([^"]+)"', self.get(link).decode())
        status, content = self.request(
            "POST", link, {"token": html.unescape(token[1]), "password": PASSWORD, "again": PASSWORD})
        if status != 303:
            raise SystemExit(f"POST {link} was answered with {status}\n{content[:600].decode(errors='replace')}")

    def link(self, path, pattern):
        """The first link of a page that looks like this; None when there is none."""
        found = re.search(rf'href="({pattern})"', self.get(path).decode())
        return html.unescape(found[1]) if found else None
