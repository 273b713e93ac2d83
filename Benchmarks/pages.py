"""How soon each page is answered while the store holds a million tickets, and how large it is."""
import random
import time

from measuring import cpu_so_far, quantile
from site_under_test import Site

REQUESTS = 50


def addresses(site):
    """Every kind of page once: those that stand in the menu, and the first of what they lead to."""
    found = {
        "Today": "/", "Services": "/services", "Measures": "/measures", "Signals": "/signals", "Register": "/register",
        "Sources": "/sources", "Tickets": "/tickets", "Improvements": "/improvements", "Suggestions": "/suggestions",
        "Feedback": "/feedback", "Momentum": "/momentum", "Wins": "/wins", "Report": "/report", "Planning": "/planning",
        "Policies": "/policies", "Processes": "/processes", "People": "/people", "Settings": "/settings",
        "Process": "/process", "Problems": "/problems", "Predictions": "/predictions", "Hand-offs": "/handoffs",
        "Measure": site.link("/measures", "/measures/[^\"?]*timeToResolve[^\"?]*"),
        "Measure of a slice": site.link("/services", "/measures/[^\"?]*timeToResolve[^\"?]*\\?[^\"]*"),
        "Opportunity": site.link("/register", "/register/[^\"?]+"),
        "Import": site.link("/sources", "/sources/imports/[^\"]+"),
        "Search": "/search?q=Site+0",
        # One of the smallest parts, and one that no index of tickets leads to.
        "Tickets of a slice": "/tickets?kind=incidents&location=Site%20320",
    }
    found["Ticket"] = site.link("/tickets", "/tickets/incidents/[^\"?]+")
    found["Tickets, next page"] = site.link("/tickets", "/tickets\\?[^\"]*after=[^\"]+")
    return found


def measure(run):
    store, _ = run.turned_store()
    with Site([run.binary, "serve"], store) as site:
        site.sign_in()
        found = addresses(site)
        for name, path in found.items():
            if path is None:
                run.results.note(f"{name}: no page links to one")
        pages = {name: path for name, path in found.items() if path}
        asked = [name for name in pages for _ in range(REQUESTS)]
        random.Random(5).shuffle(asked)
        times, cpu, sizes = ({name: [] for name in pages} for _ in range(3))
        for name in asked:
            before, began = cpu_so_far(site.process.pid), time.monotonic()
            content = site.get(pages[name])
            times[name].append(1000 * (time.monotonic() - began))
            cpu[name].append(1000 * (cpu_so_far(site.process.pid) - before))
            sizes[name].append(len(content))
    for name, path in pages.items():
        run.results.add(
            f"page {name}, 95 % within", quantile(times[name], 0.95), "ms",
            f"half {quantile(times[name], 0.5):.1f} ms, CPU {quantile(cpu[name], 0.5):.1f} ms, "
            f"{max(sizes[name]) / 1000:.1f} kB, {path}")
    run.results.add("all pages, 95 % within", max(quantile(t, 0.95) for t in times.values()), "ms")
    # What a page takes of the processor is the same on a busy machine; the time until it is answered is not.
    run.results.add("all pages, CPU, 95 % within", max(quantile(c, 0.95) for c in cpu.values()), "ms")
    run.results.add("all pages, largest HTML", max(max(s) for s in sizes.values()) / 1000, "kB")
