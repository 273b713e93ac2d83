"""What the journeys share: the binary, a scratch folder, and small exports."""
import os
import pathlib
import subprocess

import pytest

BINARY = os.environ["RATCHET"]
ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "Samples" / "incident-event-log.csv.gz"


class Program:
    """The program in a folder of its own, with a store of its own."""

    def __init__(self, folder):
        self.folder = folder
        self.store = folder / "store.db"
        self.environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "RATCHET_STORE": str(self.store), "LANG": "C.UTF-8"}

    def __call__(self, *arguments, **keywords):
        keywords.setdefault("timeout", 300)
        environment = {**self.environment, **keywords.pop("environment", {})}
        return subprocess.run([BINARY, *map(str, arguments)], capture_output=True, text=True, env=environment, cwd=self.folder, **keywords)

    def start(self, *arguments, **keywords):
        return subprocess.Popen([BINARY, *map(str, arguments)], env=self.environment, cwd=self.folder, text=True, **keywords)


@pytest.fixture
def ratchet(tmp_path):
    return Program(tmp_path)


def export(days, per_day=10, first="2024-01-01"):
    """A ServiceNow-like export: some days with so many tickets each, the same each time."""
    import datetime

    start = datetime.datetime.fromisoformat(first)
    rows = ["number,opened_at,resolved_at,closed_at,incident_state,category,assignment_group,priority,location,caller_id"]
    for day in range(days):
        for i in range(per_day + day * 7919 % 5):
            opened = start + datetime.timedelta(days=day, minutes=480 + i * 17)
            done = opened + datetime.timedelta(minutes=30 + (i * 37 + day * 13) % 4000)
            rows.append(f"INC{day:04d}{i:03d},{opened},{done},{done},Closed,Category {i % 4},Group {i % 3},{1 + i % 4},Site {i % 2},Ann {i}")
    return "\n".join(rows) + "\n"
