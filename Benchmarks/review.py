"""`ratchet review` of the real sample, and of ten times as much."""
import data
from measuring import cheapest, cost


def measure(run):
    one = data.sample(run.folder, 20_000 if run.is_quick else None)
    ten = data.copies(run.folder, one, 10)
    review = lambda path: cost(run.binary, "review", path, "--timezone", "UTC", "--json", "--quiet")
    first = cheapest(review(one) for _ in range(run.times))
    run.results.add("review, CPU", first.cpu, "s")
    run.results.add("review, largest memory", first.peak_mb, "MB")
    # As often as the small one would be unfair in the other direction: one long run averages over the machine by itself.
    tenfold = cheapest(review(ten) for _ in range(min(2, run.times)))
    run.results.add("review of ten times the rows, CPU", tenfold.cpu / first.cpu, "times")
    run.results.add("review of ten times the rows, memory", tenfold.peak_mb / first.peak_mb, "times")
