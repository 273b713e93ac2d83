"""The API from outside: a real server, real tokens, a stream that is cut, messages to another system."""
import hashlib
import hmac
import http.server
import json
import re
import threading
import time
import urllib.error
import urllib.request

import openapi_spec_validator
import pytest

from browser import Served
from conftest import export


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body
        self.json = json.loads(body) if "json" in headers.get("Content-Type", "") else None


class Site:
    """A served store and a token for it."""

    def __init__(self, ratchet, *may):
        self.ratchet = ratchet
        ratchet("people", "add", "robot", "--name", "Robot", "--role", "administrator")
        arguments = [word for one in may or ["read", "suggest", "contribute", "bringData", "decide", "approve"] for word in ("--may", one)]
        self.token = ratchet("people", "token", "add", "robot", "--name", "journey", *arguments).stdout.strip()
        self.served = Served(ratchet)

    def __call__(self, method, path, body=None, **headers):
        if isinstance(body, (dict, list)):
            body, headers = json.dumps(body), {"Content-Type": "application/json", **headers}
        headers = {"Authorization": f"Bearer {self.token}", **{name.replace("_", "-"): value for name, value in headers.items()}}
        request = urllib.request.Request(self.served.address + path, method=method, headers=headers, data=body.encode() if body else None)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return Answer(answer.status, dict(answer.headers), answer.read())
        except urllib.error.HTTPError as error:
            return Answer(error.code, dict(error.headers), error.read())

    def events(self, after, wanted, seconds=20):
        """Listens until a kind of event came; gives what was heard."""
        request = urllib.request.Request(
            self.served.address + "/api/v1/events", headers={"Authorization": f"Bearer {self.token}", "Last-Event-ID": str(after)})
        heard, one, end = [], {}, time.time() + seconds
        with urllib.request.urlopen(request, timeout=seconds) as stream:
            assert stream.headers["Content-Type"] == "text/event-stream"
            for line in stream:
                line = line.decode().rstrip("\n")
                if ": " in line and not line.startswith(":"):
                    name, value = line.split(": ", 1)
                    one[name] = value
                elif not line and "id" in one:
                    heard.append((int(one["id"]), one["event"], json.loads(one["data"])))
                    one = {}
                    if wanted(heard[-1]):
                        return heard
                if time.time() > end:
                    break
        raise AssertionError(f"not heard; only {heard}")


@pytest.fixture
def site(ratchet):
    (ratchet.folder / "a.csv").write_text(export(40))
    assert ratchet("import", "a.csv", "--timezone", "UTC", "-q").returncode == 0
    site = Site(ratchet)
    yield site
    site.served.close()


def test_people_on_the_command_line(ratchet):
    assert ratchet("people").returncode == 66
    done = ratchet("people", "add", "mette", "--name", "Mette Holm", "--department", "IT")
    assert done.returncode == 65 and "no department" in done.stderr
    assert ratchet("people", "team", "add", "IT", "Desk").stdout == "IT\nIT / Desk\n"
    done = ratchet("people", "add", "mette", "--name", "Mette Holm", "--role", "administrator", "--department", "IT", "--team", "Desk", "--json")
    made = json.loads(done.stdout)
    assert made["schema"] == "ratchet.account/1" and made["team"] == "Desk" and re.fullmatch(r"/start/[\w-]{43}", made["link"])
    assert ratchet("people", "add", "Mette", "--name", "Other").returncode == 65
    assert "choose another login" in ratchet("people", "add", "Mette", "--name", "Other").stderr
    assert ratchet("people", "role", "mette", "reader").returncode == 65
    assert ratchet("people", "role", "mette", "king").returncode == 64
    assert ratchet("people", "role", "nobody", "reader").returncode == 66
    ratchet("people", "add", "wei", "--name", "Wei", "--role", "administrator")
    done = ratchet("people", "role", "mette", "processOwner", "--owns", "process:incidents", "--json")
    assert json.loads(done.stdout)["owns"] == ["process:incidents"]
    assert ratchet("people", "role", "mette", "processOwner", "--owns", "incidents").returncode == 64
    token = ratchet("people", "token", "add", "mette", "--name", "Export", "--may", "read", "--days", "30")
    assert token.returncode == 0 and token.stdout.startswith("rat_") and "not shown again" in token.stderr
    done = ratchet("people", "token", "add", "mette", "--name", "More", "--may", "administer")
    assert done.returncode == 65 and "administer" in done.stderr
    listed = json.loads(ratchet("people", "token", "list", "--json").stdout)["tokens"]
    assert [(one["login"], one["may"], one["lastUsedAt"]) for one in listed] == [("mette", ["read"], None)]
    assert token.stdout.strip().encode() not in b"".join(p.read_bytes() for p in ratchet.folder.glob("store.db*"))
    assert ratchet("people", "token", "revoke", "1").returncode == 0
    assert ratchet("people", "token", "revoke", "1").returncode == 66
    assert ratchet("people", "deactivate", "mette").stdout.endswith("deactivated\n")
    assert ratchet("people", "team", "remove", "IT").returncode == 65
    audit = json.loads(ratchet("people", "audit", "--json").stdout)["entries"]
    assert audit[0]["action"] == "deactivated" and audit[-1]["subject"] == "IT / Desk"
    assert "| `administer`" in ratchet("people", "roles").stdout


def test_an_improvement_through_the_api_and_everyone_hears_of_it(site):
    key = {"Idempotency_Key": "one"}
    opened = site("POST", "/api/v1/improvements", {"title": "Answer sooner"}, **key)
    assert opened.status == 201 and opened.headers["Location"] == "/api/v1/improvements/1"
    assert site("POST", "/api/v1/improvements", {"title": "Answer sooner"}, **key).body == opened.body
    assert site("POST", "/api/v1/improvements", {"title": "Another"}, **key).status == 422
    address = "/api/v1/improvements/1"
    changed = site("POST", address + "/objective", {"text": "Fewer", "measure": "incidents.opened"}, If_Match='"1"')
    assert changed.status == 200 and changed.headers["ETag"] == '"2"'
    assert site("POST", address + "/cause", {"text": "One queue"}, If_Match='"1"').status == 412
    # The command line writes beside the server, and the server hears it.
    assert site.ratchet("improvement", "comment", 1, "From the shell").returncode == 0
    heard = site.events(0, lambda one: one[2].get("what") == "commented")
    assert [one[2]["what"] for one in heard if one[1] == "improvement"] == ["opened", "objective", "commented"]
    later = site.events(heard[-2][0], lambda one: one[2].get("what") == "commented")
    assert [one[0] for one in later] == [heard[-1][0]]


def test_records_and_their_analysis(site):
    rows = [
        {"id": f"API{day:03d}{i}", "openedAt": f"2024-{1 + day // 28:02d}-{1 + day % 28:02d}T0{i}:00:00Z", "category": "Mail"}
        for day in range(200) for i in range(5)
    ]
    lines = "\n".join(map(json.dumps, rows))
    taken = site("POST", "/api/v1/records", lines, Content_Type="application/x-ndjson")
    assert taken.status == 200 and taken.json["new"] == 1000 and taken.json["rejected"] == 0, taken.body
    assert site("POST", "/api/v1/records", lines, Content_Type="application/x-ndjson").json["repeated"]
    deadline = time.time() + 60
    while b"ratchet_turns_total 0\n" in site("GET", "/metrics").body and time.time() < deadline:
        time.sleep(1)
    assert b"ratchet_turns_total 1\n" in site("GET", "/metrics").body


def test_the_server_stops_at_once_although_somebody_listens(site):
    request = urllib.request.Request(site.served.address + "/api/v1/events", headers={"Authorization": f"Bearer {site.token}"})
    stream = urllib.request.urlopen(request, timeout=60)
    assert stream.readline() == b"retry: 2000\n"
    begun = time.time()
    site.served.process.terminate()
    site.served.process.wait(timeout=15)
    assert time.time() - begun < 10 and site.served.process.returncode == 0


def test_the_description_is_valid_openapi(site):
    document = site("GET", "/openapi.json").json
    assert document["openapi"] == "3.1.0"
    openapi_spec_validator.validate(document)
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            assert operation["operationId"] and operation["responses"], path
            if method == "post":
                assert any(one["name"] == "Idempotency-Key" for one in operation["parameters"]), path


def test_messages_reach_another_system_signed_and_again_until_they_arrive(site):
    got = []

    class Receiver(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            got.append((self.headers["Ratchet-Signature"], self.headers["Ratchet-Event"], body))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *arguments):
            pass

    receiver = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    threading.Thread(target=receiver.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{receiver.server_port}/in"
    assert site.ratchet("people", "webhook", "add", "https://example.org/").returncode == 65
    added = json.loads(site.ratchet("people", "webhook", "add", address, "--kind", "improvement", "--json").stdout)
    nowhere = json.loads(site.ratchet("people", "webhook", "add", "http://127.0.0.1:9/", "--json").stdout)
    site("POST", "/api/v1/improvements", {"title": "Answer sooner"})
    deadline = time.time() + 20
    while not got and time.time() < deadline:
        time.sleep(0.2)
    signature, kind, body = got[0]
    moment, digest = re.fullmatch(r"t=(\d+),v1=([0-9a-f]{64})", signature).groups()
    assert hmac.new(added["secret"].encode(), moment.encode() + b"." + body, hashlib.sha256).hexdigest() == digest
    assert kind == "improvement" and json.loads(body)["data"]["what"] == "opened"
    time.sleep(2)
    log = json.loads(site.ratchet("people", "webhook", "deliveries", "--json").stdout)["deliveries"]
    states = {one["address"]: (one["state"], one["attempts"]) for one in log}
    assert states[address] == ("delivered", 1) and states["http://127.0.0.1:9/"] == ("waiting", 1)
    assert site.ratchet("people", "webhook", "remove", nowhere["id"]).returncode == 0
    receiver.shutdown()


def test_a_signed_message_of_another_system_becomes_a_ticket(site):
    added = json.loads(site.ratchet("people", "hook", "add", "desk", "--field", "id=key", "--field", "openedAt=made.at", "--field", "title=what", "--json").stdout)
    body = json.dumps({"key": "D-7", "made": {"at": "2024-01-05T08:00:00Z"}, "what": "Printer"})
    path = site.served.address + added["path"]
    signature = "sha256=" + hmac.new(added["secret"].encode(), body.encode(), hashlib.sha256).hexdigest()
    for value, status in [("sha256=00", 401), (signature, 200)]:
        request = urllib.request.Request(path, data=body.encode(), headers={"Content-Type": "application/json", "X-Hub-Signature-256": value})
        try:
            with urllib.request.urlopen(request) as answer:
                assert answer.status == status and json.load(answer)["new"] == 1
        except urllib.error.HTTPError as error:
            assert error.code == status
    assert '"D-7"' in site.ratchet("export").stdout


def test_a_language_model_asks_over_standard_input_and_http(site):
    lines = [
        {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"protocolVersion": "2025-06-18", "capabilities": {}}},
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        {"jsonrpc": "2.0", "id": 2, "method": "tools/list"},
        {"jsonrpc": "2.0", "id": 3, "method": "tools/call", "params": {"name": "did_it_work", "arguments": {}}},
    ]
    done = site.ratchet("mcp", input="\n".join(map(json.dumps, lines)) + "\n")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0 and [one["id"] for one in answers] == [1, 2, 3]
    assert answers[2]["result"]["content"][0]["text"] == "There are no improvements yet."
    over = [site("POST", "/mcp", one) for one in lines]
    assert [one.status for one in over] == [200, 202, 200, 200]
    assert over[2].json == answers[1] and over[3].json == answers[2]
