"""A turn of the loop after a few new tickets, against the first turn over all of them."""
import shutil

from measuring import cheapest, cost


def measure(run):
    tickets, extra = run.size
    store, first = run.turned_store()
    run.results.add(f"first turn over {tickets:,} tickets, CPU", first.cpu, "s")
    run.results.add("first turn, largest memory", first.peak_mb, "MB")
    _, after = run.world()
    later = []
    again = run.folder / "again.db"
    for _ in range(run.times):
        run.remove(again)
        shutil.copyfile(store, again)
        cost(run.binary, "import", after, "--store", again, "--timezone", "UTC", "--quiet")
        later.append(cost(run.binary, "turn", "--store", again, "--quiet"))
    run.remove(again)
    run.results.add(f"turn after {extra:,} more, CPU", cheapest(later).cpu, "s")
    run.results.add("turn after 0.1 % more, share of the first", 100 * cheapest(later).cpu / first.cpu, "%")
