"""How soon the demo answers: when its store is made first, and when it is there."""
import time

from site_under_test import Site


def measure(run):
    store = run.folder / "demo.db"
    run.remove(store)
    for name in ("demo, first start to first answer", "demo, second start to first answer"):
        began = time.monotonic()
        with Site([run.binary, "demo", "--quiet"], store) as site:
            site.get("/healthz")
            run.results.add(name, time.monotonic() - began, "s")
    run.remove(store)
