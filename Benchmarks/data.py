"""The data that is measured with: copies of the real sample, and a made-up service desk of any size.

Everything is written once into the folder of the run, as a stream, and is the same on every machine.
"""
import datetime
import gzip
import itertools
import pathlib
import random
import shutil

SAMPLE = pathlib.Path(__file__).resolve().parents[1] / "Samples" / "incident-event-log.csv.gz"


def made(path, write):
    """The file, written first if it is not there; one that was not finished is not there."""
    if not path.exists():
        part = path.with_suffix(".part")
        with open(part, "w", newline="", encoding="utf-8") as out:
            write(out)
        part.rename(path)
    return path


def sample(folder, most_rows=None):
    """The real sample, unpacked: as many readers take it, and as the peer needs it."""
    def write(out):
        with gzip.open(SAMPLE, "rt", encoding="utf-8", newline="") as source:
            if most_rows is None:
                shutil.copyfileobj(source, out)
            else:
                out.writelines(itertools.islice(source, most_rows + 1))
    return made(folder / f"sample{most_rows or ''}.csv", write)


def copies(folder, source, times):
    """Each incident so many times, each time with another number: INC0000045 is INC3000045 in the fourth copy."""
    def write(out):
        for i in range(times):
            with open(source, encoding="utf-8", newline="") as rows:
                header = next(rows)
                if i == 0:
                    out.write(header)
                out.writelines(f"INC{i}{row[4:]}" for row in rows)
    return made(folder / f"{source.stem}-{times}-times.csv", write)


class World:
    """A service desk over a year, as a ServiceNow list of incidents is exported: one row a ticket, as it stands.

    Most tickets come in office hours, fewer in summer; a few names have most of them (Zipf); each category has its usual
    time to resolve, log-normal. Some things change, as they do: see `changes`.
    """

    START = datetime.datetime(2024, 1, 1)
    DAYS = 366
    HEADER = (
        "number,opened_at,resolved_at,closed_at,sys_updated_on,incident_state,category,subcategory,assignment_group,"
        "priority,location,business_service,contact_type,caller_id,assigned_to,reassignment_count,reopen_count,made_sla,"
        "close_code,short_description\n")
    HOURS = [1, 1, 1, 1, 1, 2, 5, 12, 22, 24, 22, 18, 14, 18, 20, 18, 14, 8, 4, 3, 2, 2, 1, 1]
    WEEKDAYS = [1.15, 1.1, 1.05, 1.0, 0.95, 0.2, 0.15]
    SUBJECTS = ["cannot sign in", "is slow", "shows an error", "access wanted", "printer does not answer",
                "lost connection, again", "question about", 'says ""not found""', "update failed", "password expired"]

    def __init__(self, tickets, seed=7):
        self.tickets = tickets
        self.random = random.Random(f"{tickets} {seed}")
        self.names = {
            "category": self.zipf("Category", 36), "location": self.zipf("Site", 320),
            "service": self.zipf("Service", 60), "channel": self.zipf("Channel", 5),
            "priority": (["4 - Low", "3 - Moderate", "2 - High", "1 - Critical"], [62, 90, 97, 100]),
        }
        self.usual_hours = {name: 2 + 40 * self.random.random() ** 2 for name in self.names["category"][0]}
        # A category's tickets go mostly to a group of its own.
        self.groups = [f"Group {i:02d}" for i in range(1, 45)]
        self.home = {name: self.random.choice(self.groups) for name in self.names["category"][0]}

    def zipf(self, name, count):
        names = [f"{name} {i:03d}" for i in range(1, count + 1)]
        return names, list(itertools.accumulate(1 / i**0.8 for i in range(1, count + 1)))

    def pick(self, what):
        names, weights = self.names[what]
        return self.random.choices(names, cum_weights=weights)[0]

    def openings(self, extra):
        """The moments tickets are opened, in order. The `extra` ones come in the hours after the end."""
        shape = [
            self.WEEKDAYS[(self.START + datetime.timedelta(day)).weekday()] * (0.75 if 182 <= day < 224 else 1)
            * self.random.gauss(1, 0.04) for day in range(self.DAYS)]
        scale = self.tickets / sum(shape)
        left = self.tickets
        for day in range(self.DAYS):
            count = left if day == self.DAYS - 1 else min(left, round(shape[day] * scale))
            left -= count
            yield from self.moments(day, count)
        day = self.DAYS
        while extra > 0:
            count = min(extra, max(1, round(scale * 0.95)))
            extra -= count
            yield from self.moments(day, count)
            day += 1

    def moments(self, day, count):
        hours = self.random.choices(range(24), weights=self.HOURS, k=count)
        seconds = sorted(hour * 3600 + self.random.randrange(3600) for hour in hours)
        start = self.START + datetime.timedelta(day)
        for second in seconds:
            yield day, start + datetime.timedelta(seconds=second)

    def changes(self, day, category, group, location):
        """What changes in the world: how much longer tickets take, by where and when."""
        factor = 1.0
        if category == "Category 003" and day >= 250:
            factor *= 1.6
        if group == self.home["Category 006"] and day >= 180:
            factor *= 1.35
        if location == "Site 002" and day >= 300:
            factor *= 1.8
        if category == "Category 001" and day >= 120:
            factor *= 0.75
        return factor

    def rows(self, extra=0):
        """Rows of the export, the extra ones last; as all stand at the end of the year, or of their own day after it."""
        draw = self.random
        for i, (day, opened) in enumerate(self.openings(extra)):
            as_of = self.START + datetime.timedelta(self.DAYS if i < self.tickets else day + 1)
            category = self.pick("category")
            if day in (200, 201) and draw.random() < 0.12:
                category = "Category 009"
            group = self.home[category] if draw.random() < 0.8 else draw.choice(self.groups)
            location = self.pick("location")
            hours = self.usual_hours[category] * self.changes(day, category, group, location)
            resolved = opened + datetime.timedelta(hours=hours * draw.lognormvariate(0, 1.1))
            closed = resolved + datetime.timedelta(days=5)
            state, resolved_text, closed_text, updated = "New", "", "", opened
            if resolved <= as_of:
                state, resolved_text, updated = "Resolved", f"{resolved:%Y-%m-%d %H:%M:%S}", resolved
            if closed <= as_of:
                state, closed_text, updated = "Closed", f"{closed:%Y-%m-%d %H:%M:%S}", closed
            moves = min(5, int(draw.expovariate(1.6)))
            person = draw.randrange(20_000)
            service = self.pick("service")
            yield (
                f"INC{i:08d},{opened:%Y-%m-%d %H:%M:%S},{resolved_text},{closed_text},{updated:%Y-%m-%d %H:%M:%S},{state},"
                f"{category},{category[9:]}.{draw.randrange(4)},{group},{self.pick('priority')},{location},{service},"
                f"{self.pick('channel')},Person {person:05d},Agent {group[6:]}{draw.randrange(9)},{moves},"
                f"{int(draw.random() < 0.04)},{'true' if draw.random() < 0.9 else 'false'},"
                f"{'Solved' if resolved_text else ''},\"{service}: {draw.choice(self.SUBJECTS)}, ref {draw.randrange(10**6)}\"\n")


def world(folder, tickets, extra):
    """Two files: a year of tickets, and those opened in the hours after it."""
    year = folder / f"world-{tickets}.csv"
    after = folder / f"world-{tickets}-and-{extra}.csv"
    if not (year.exists() and after.exists()):
        year.unlink(missing_ok=True)
        rows = World(tickets).rows(extra)
        def write_year(out):
            out.write(World.HEADER)
            out.writelines(itertools.islice(rows, tickets))
        def write_after(out):
            out.write(World.HEADER)
            out.writelines(rows)
        made(year, write_year)
        after.unlink(missing_ok=True)
        made(after, write_after)
    return year, after
