"""The engine on the command line as scripts see it: six commands that need no store, their documents to the letter."""
import csv
import datetime
import gzip
import io
import json
import math
import random
import re
import signal
import subprocess

import pytest
from conftest import BINARY

LONG = ["forecast", "changes", "decompose", "control"]
NEEDED = {"forecast": ["--horizon", "3"], "evaluate": ["--start", "2024-07-09"]}
COMMANDS = LONG + ["anomalies", "evaluate"]
JSON_COMMANDS = ["changes", "control", "evaluate"]


def day(i):
    return (datetime.date(2024, 1, 1) + datetime.timedelta(days=i)).isoformat()


def long_file():
    """Two series: days with a week, gaps and a step by 6 at 120; and plain steps, with a name that needs quotation marks."""
    draw = random.Random(1)
    rows = ["unique_id,ds,y"]
    for i in range(200):
        value = 20 + [3, 2, 1, 0, 0, -3, -3][i % 7] + (6 if i >= 120 else 0) + draw.gauss(0, 1)
        rows.append(f"days,{day(i)},{'' if i in (50, 51) else 'NaN' if i == 60 else round(value, 2)}")
    rows += [f'"steps, ""two""",{i + 1},{10 + draw.gauss(0, 1):.2f}' for i in range(60)]
    return "\n".join(rows) + "\n"


def wide_file(effect=12.0):
    """Half a year of days with a week; y follows x, and is raised from 2024-07-09 on; a day is left out, two cells are empty."""
    draw = random.Random(2)
    rows = ["day,y,x,share"]
    for i in range(220):
        x = 100 + [5, 3, 2, 1, 1, -6, -6][i % 7] + draw.gauss(0, 3)
        y = 20 + 0.8 * x + draw.gauss(0, 3) + (effect if i >= 190 else 0)
        if i != 30:
            rows.append(f"{day(i)},{'' if i == 40 else round(y, 2)},{'nan' if i == 45 else round(x, 2)},{0.5 if i >= 190 else 0}")
    return "\n".join(rows) + "\n"


def stream_file(rows=2000, strange_at=1800):
    """Rows every five minutes with a day, two empty values, one that is no number, and one that anyone can see."""
    draw = random.Random(3)
    start = datetime.datetime(2024, 1, 1)
    out = ["timestamp,value"]
    for i in range(rows):
        value = 50 + 10 * math.sin(i / 288 * 2 * math.pi) + draw.gauss(0, 1) + (40 if i == strange_at else 0)
        out.append(f"{start + datetime.timedelta(minutes=5 * i)},{'' if i in (700, 701) else 'nan' if i == 800 else round(value, 2)}")
    return "\n".join(out) + "\n"


def sample(command):
    return {"anomalies": stream_file, "evaluate": wide_file}.get(command, long_file)()


def ran(ratchet, command, *options, **keywords):
    done = ratchet(command, *options, *NEEDED.get(command, []), **keywords)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout


def cells(text):
    return list(csv.reader(io.StringIO(text)))


def refused(ratchet, code, *arguments, **keywords):
    """Nothing but one line on standard error, and the code."""
    done = ratchet(*arguments, **keywords)
    assert done.returncode == code, (arguments, done.returncode, done.stderr)
    assert done.stderr.startswith("ratchet: ") and done.stderr.endswith("\n") and done.stderr.count("\n") == 1, done.stderr
    return done.stderr


# What holds for each of them.


@pytest.mark.parametrize("command", COMMANDS)
def test_the_same_bytes_each_time_from_a_file_a_pipe_and_packed_and_no_store(ratchet, command):
    text = sample(command)
    (ratchet.folder / "a.csv").write_text(text)
    first = ran(ratchet, command, "a.csv")
    assert first and ran(ratchet, command, "a.csv") == first
    assert ran(ratchet, command, "-", input=text) == first
    assert ran(ratchet, command, "a.csv", "--seed", "1") == first
    # As other programs write it: a mark at the start, ends of lines in two characters.
    (ratchet.folder / "b.csv").write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert ran(ratchet, command, "b.csv") == first
    packed = gzip.compress(text.encode())
    (ratchet.folder / "a.csv.gz").write_bytes(packed)
    assert ran(ratchet, command, "a.csv.gz") == first
    (ratchet.folder / "cut.csv.gz").write_bytes(packed[:-4])
    done = ratchet(command, "cut.csv.gz", *NEEDED.get(command, []))
    assert done.returncode == 65 and "cut.csv.gz: is a damaged gzip file; " in done.stderr
    assert not ratchet.store.exists(), "these commands write nothing but their output"


@pytest.mark.parametrize("command", COMMANDS)
def test_numbers_are_numbers_everywhere(ratchet, command):
    (ratchet.folder / "a.csv").write_text(sample(command))
    out = ran(ratchet, command, "a.csv")
    if command in JSON_COMMANDS:
        json.loads(out, parse_constant=lambda word: pytest.fail(f"{word} is not JSON"))
    elif command != "anomalies":
        assert not re.search(r"\b(nan|inf)", out, re.I)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("text", ["", "\n"])
def test_an_empty_file_is_65(ratchet, command, text):
    (ratchet.folder / "empty.csv").write_text(text)
    line = refused(ratchet, 65, command, "empty.csv", *NEEDED.get(command, []))
    assert re.match(r"ratchet: empty\.csv:1: .*; .", line), line


@pytest.mark.parametrize("command", COMMANDS)
def test_standard_input_is_called_by_its_dash(ratchet, command):
    line = refused(ratchet, 65, command, "-", *NEEDED.get(command, []), input="apples,pears\n1,2\n")
    assert line.startswith("ratchet: -:1: ")


@pytest.mark.parametrize("command", COMMANDS)
def test_no_such_file_is_66(ratchet, command):
    (ratchet.folder / "folder").mkdir()
    for name in ("nothing.csv", "folder"):
        line = refused(ratchet, 66, command, name, *NEEDED.get(command, []))
        assert name in line and ";" in line


@pytest.mark.parametrize("command", COMMANDS)
def test_a_bad_cell_is_65_with_its_line(ratchet, command):
    rows = sample(command).splitlines()
    cell = rows[5].split(",")[1 if command in ("anomalies", "evaluate") else 2]
    for bad, said in ((rows[5].split(",")[0], "field"), (rows[5].replace(cell, "12..3"), "12..3")):
        (ratchet.folder / "a.csv").write_text("\n".join(rows[:5] + [bad] + rows[6:]) + "\n")
        line = refused(ratchet, 65, command, "a.csv", *NEEDED.get(command, []))
        assert line.startswith("ratchet: a.csv:6: ") and said in line, line


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("number", ["inf", "-Infinity", "1e999"])
def test_a_number_beyond_all_numbers_is_65(ratchet, command, number):
    rows = sample(command).splitlines()
    place = 1 if command in ("anomalies", "evaluate") else 2
    row = rows[5].split(",")
    row[place] = number
    (ratchet.folder / "a.csv").write_text("\n".join(rows[:5] + [",".join(row)] + rows[6:]) + "\n")
    assert "a.csv:6: " in refused(ratchet, 65, command, "a.csv", *NEEDED.get(command, []))


@pytest.mark.parametrize("command", COMMANDS)
def test_a_wrong_header_is_65_with_line_1(ratchet, command):
    (ratchet.folder / "a.csv").write_text("apples,pears\n1,2\n")
    assert refused(ratchet, 65, command, "a.csv", *NEEDED.get(command, [])).startswith("ratchet: a.csv:1: ")


@pytest.mark.parametrize(
    "arguments",
    [["forecast", "a.csv"], ["forecast", "a.csv", "--horizon", "0"], ["forecast", "a.csv", "--horizon", "x"], ["forecast", "--horizon", "3"],
     ["forecast", "a.csv", "--horizon", "3", "--level", "100"], ["forecast", "a.csv", "--horizon", "3", "--method", "ets"],
     ["forecast", "a.csv", "--horizon", "3", "--season", "0"], ["forecast", "a.csv", "--horizon", "3", "--season", "week"],
     ["forecast", "a.csv", "--horizon", "3", "--limit", "inf"], ["changes"], ["changes", "a.csv", "--season", "0"], ["changes", "a.csv", "--colour", "red"],
     ["anomalies"], ["anomalies", "a.csv", "--season", "7"], ["anomalies", "a.csv", "--seed", "x"],
     ["evaluate", "a.csv"], ["evaluate", "a.csv", "--start", "9", "--season", "0"], ["evaluate", "a.csv", "--start", "9", "--shape", "ramp"],
     ["evaluate", "a.csv", "--start", "9", "--scale", "x"], ["evaluate", "a.csv", "--start", "9", "--better", "up"],
     ["evaluate", "a.csv", "--start", "9", "--least-effect", "much"], ["evaluate", "a.csv", "--start", "9", "--guardrail", "x"],
     ["evaluate", "a.csv", "--start", "9", "--review", "0"], ["evaluate", "a.csv", "--team", "x"],
     ["decompose", "a.csv", "--season", "1"], ["decompose", "a.csv", "--kind", "apples"], ["decompose", "a.csv", "--season", "24x"],
     ["control", "a.csv", "--chart", "pie"], ["control", "a.csv", "--chart", "u"], ["control", "a.csv", "--rules", "none"], ["control", "a.csv", "--season", "1"],
     *([command, "a.csv", "--season", season] for command in ("changes", "decompose", "control") for season in ("", "7,,24")),
     ["evaluate", "a.csv", "--start", "9", "--control", "y"]],
    ids=" ".join,
)
def test_a_wrong_option_is_64_before_the_file_is_looked_for(ratchet, arguments):
    refused(ratchet, 64, *arguments)


@pytest.mark.parametrize("command", COMMANDS)
def test_output_that_cannot_be_written_is_74(ratchet, command):
    (ratchet.folder / "a.csv").write_text(sample(command))
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [BINARY, command, "a.csv", *NEEDED.get(command, [])], stdout=full, stderr=subprocess.PIPE, text=True, cwd=ratchet.folder, env=ratchet.environment)
    assert done.returncode == 74 and done.stderr.count("\n") == 1, done.stderr


@pytest.mark.parametrize("command", ["changes", "control", "decompose"])
@pytest.mark.parametrize("values", [[5.0] * 40, [1e300, -1e300] * 20, [1e-300, 3e-300] * 20, [0.0] * 39 + [1.0]], ids=["equal", "huge", "tiny", "one"])
def test_strange_values_give_a_document_or_a_reason(ratchet, command, values):
    text = "unique_id,ds,y\n" + "".join(f"a,{i},{v!r}\n" for i, v in enumerate(values))
    done = ratchet(command, "-", input=text)
    assert done.returncode in (0, 65), done.stderr
    if command != "decompose" and done.returncode == 0:
        json.loads(done.stdout, parse_constant=lambda word: pytest.fail(word))


# Forecasts.


def test_a_forecast_is_a_row_a_step_with_its_interval(ratchet):
    rows = cells(ran(ratchet, "forecast", "-", input=long_file()))
    assert rows[0] == ["unique_id", "ds_index", "mean", "lo95", "hi95"]
    assert [row[:2] for row in rows[1:]] == [[name, str(h)] for name in ("days", 'steps, "two"') for h in (1, 2, 3)]
    for row in rows[1:]:
        mean, low, high = map(float, row[2:])
        assert low <= mean <= high
    # Friday is left; what comes is a Friday, a Saturday and a Sunday after the step: 26, 23, 23.
    assert [abs(float(row[2]) - y) < 2 for row, y in zip(rows[1:4], (26, 23, 23))] == [True] * 3


def test_a_level_names_the_bounds_and_a_higher_one_is_wider(ratchet):
    wide = cells(ran(ratchet, "forecast", "-", "--level", "99", input=long_file()))
    narrow = cells(ran(ratchet, "forecast", "-", "--level", "80", input=long_file()))
    assert wide[0][3:] == ["lo99", "hi99"] and narrow[0][3:] == ["lo80", "hi80"]
    for a, b in zip(wide[1:], narrow[1:]):
        assert float(a[3]) < float(b[3]) < float(b[4]) < float(a[4])


def test_a_forecast_as_json_knows_its_dates_its_past_and_when_a_limit_is_crossed(ratchet):
    text = "unique_id,ds,y\n" + "".join(f"a,{day(i)},{100 + i + (i * 37 % 11) / 5:.1f}\n" for i in range(120))
    document = json.loads(ratchet("forecast", "-", "--horizon", "30", "--limit", "235", input=text).stdout)
    one = document["series"]["a"]
    assert list(one) == ["n", "level", "seasons", "windows", "weights", "forecast", "past", "notes", "limit"]
    assert one["forecast"][0]["time"] == day(120) and len(one["forecast"]) == 30
    assert abs(sum(one["weights"].values()) - 1) < 1e-9
    limit = one["limit"]
    assert limit["direction"] == "rising" and limit["p"] == sorted(limit["p"]) and 0 <= limit["p"][0] and limit["p"][-1] <= 1
    # The line reaches 235 at about step 15; theta damps it.
    assert 10 <= limit["median"]["step"] <= 28 and limit["median"]["time"] == day(119 + limit["median"]["step"])


def test_a_series_without_a_value_cannot_be_forecast(ratchet):
    (ratchet.folder / "a.csv").write_text("unique_id,ds,y\nlost,1,\nlost,2,nan\n")
    assert "lost" in refused(ratchet, 65, "forecast", "a.csv", "--horizon", "3")


# Changes.


def test_changes_are_one_document_with_an_entry_for_each_series(ratchet):
    document = json.loads(ran(ratchet, "changes", "-", input=long_file()))
    assert list(document) == ["series"] and list(document["series"]) == ["days", 'steps, "two"']
    one, other = document["series"].values()
    assert one["n"] == 200 and other["n"] == 60 and other["changes"] == []
    assert one["season"] == 7
    assert len(one["changes"]) == 1
    change = one["changes"][0]
    assert list(change)[:5] == ["index", "low", "high", "before", "after"]
    assert change["low"] <= change["index"] <= change["high"]
    assert abs(change["index"] - 120) <= 2, "the first observation of the new segment, counted from 0"
    assert abs(change["after"] - change["before"] - 6) < 1


def test_nothing_changed_and_too_little_to_tell(ratchet):
    text = "unique_id,ds,y\n" + "".join(f"flat,{i},4\n" for i in range(50)) + "".join(f"short,{i},{i % 3}\n" for i in range(5))
    series = json.loads(ran(ratchet, "changes", "-", input=text))["series"]
    assert series["flat"]["changes"] == [] and series["flat"]["notes"]
    assert series["short"]["changes"] == [] and "10" in series["short"]["notes"][0]


# Anomalies.


def test_scores_are_between_0_and_1_beside_the_cells_as_they_were(ratchet):
    text = stream_file()
    given, rows = cells(text), cells(ran(ratchet, "anomalies", "-", input=text))
    assert rows[0] == ["timestamp", "value", "score"] and [row[:2] for row in rows] == given
    scores = [float(row[2]) for row in rows[1:]]
    assert all(0 <= score <= 1 for score in scores)
    assert scores[1800] == max(scores) and scores[1800] > 0.999
    assert sum(score > 0.99 for score in scores) < 60


@pytest.mark.parametrize("cut", [0, 1, 99, 100, 702, 801, 1801])
def test_a_stream_cut_short_has_the_same_scores_for_the_rows_it_has(ratchet, cut):
    text = stream_file()
    whole = ran(ratchet, "anomalies", "-", input=text).splitlines()
    part = ran(ratchet, "anomalies", "-", input="\n".join(text.splitlines()[: cut + 1]) + "\n").splitlines()
    assert part == whole[: cut + 1]


def test_a_score_is_there_before_the_next_row_comes(ratchet):
    running = ratchet.start("anomalies", "-", stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    running.stdin.write("timestamp,value\n2024-01-01 00:00:00,1\n")
    running.stdin.flush()
    assert running.stdout.readline() == "timestamp,value,score\n"
    assert running.stdout.readline().startswith("2024-01-01 00:00:00,1,")
    running.stdin.close()
    assert running.wait(timeout=60) == 0


# Evaluations.


def test_an_evaluation_is_one_document(ratchet):
    document = json.loads(ran(ratchet, "evaluate", "-", "--control", "x", input=wide_file()))
    assert {"verdict", "effect", "counterfactual", "p", "method", "naive", "detectable", "warnings"} <= document.keys()
    assert document["verdict"] == "worked" and 0 <= document["p"] < 0.001 and document["method"]
    for kind, truth in (("absolute", 12), ("relative", 0.12)):
        effect = document["effect"][kind]
        assert list(effect) == ["estimate", "low", "high"] and effect["low"] < truth < effect["high"], effect
    points = document["counterfactual"]
    assert list(points[0]) == ["time", "expected", "low", "high", "observed"]
    assert [point["time"] for point in points] == [day(i) for i in range(190, 220)]
    assert all(point["low"] < point["expected"] < point["high"] for point in points)
    assert 0 < document["detectable"]["relative"] < 0.1 and isinstance(document["warnings"], list)
    assert document["stepsBefore"] == 190 and document["stepsAfter"] == 30 and document["season"] == 7
    # The absolute effect is the mean per row: about observed less expected.
    mean = sum(point["observed"] - point["expected"] for point in points) / len(points)
    assert abs(mean - document["effect"]["absolute"]["estimate"]) < 1


def test_verdicts_turn_with_the_direction_and_wait_for_enough_days(ratchet):
    verdict = lambda text, *options: json.loads(ran(ratchet, "evaluate", "-", *options, input=text))["verdict"]
    assert verdict(wide_file(), "--control", "x", "--better", "lower") == "worse"
    assert verdict(wide_file(effect=0), "--control", "x", "--least-effect", "5%") == "no difference"
    assert verdict(wide_file(effect=0), "--control", "x") == "cannot tell"
    assert verdict(wide_file(), "--end", day(195)) == "too early"
    assert verdict(wide_file(), "--adoption", "share", "--control", "x") == "worked"


@pytest.mark.parametrize("scale", ["count", "share:trials"])
def test_counts_and_shares_have_a_line_of_what_would_have_been(ratchet, scale):
    draw = random.Random(5)
    rows = ["day,y,trials"]
    for i in range(220):
        successes = sum(draw.random() < (0.5 if i < 190 else 0.4) for _ in range(40))
        rows.append(f"{day(i)},{'' if i == 200 else successes if scale == 'count' else successes / 40},40")
    document = json.loads(ran(ratchet, "evaluate", "-", "--scale", scale, input="\n".join(rows) + "\n"))
    points = document["counterfactual"]
    assert [point["time"] for point in points] == [day(i) for i in range(190, 220)] and points[10]["observed"] is None
    assert all(0 <= point["low"] < point["expected"] < point["high"] for point in points)
    seen = [point["observed"] - point["expected"] for point in points if point["observed"] is not None]
    effect = document["effect"]["absolute"]
    assert effect["low"] < sum(seen) / len(seen) < effect["high"] < 0


def test_what_has_no_effect_says_null(ratchet):
    text = "day,a,b\n" + "".join(f"{day(i)},{i % 5},{i % 3}\n" for i in range(60))
    document = json.loads(ratchet("evaluate", "-", "--team", f"a={day(40)}", "--team", "b=never", input=text).stdout)
    assert document["verdict"] == "cannot tell" and document["effect"] is None


def test_json_may_be_asked_for_where_there_is_nothing_else(ratchet):
    for command in JSON_COMMANDS:
        assert ran(ratchet, command, "-", "--json", input=sample(command)) == ran(ratchet, command, "-", input=sample(command))


def test_a_phase_that_no_row_has_is_65(ratchet):
    (ratchet.folder / "a.csv").write_text(long_file())
    assert "2023-01-01" in refused(ratchet, 65, "control", "a.csv", "--phase", "2023-01-01")


def test_what_an_evaluation_cannot_find_it_names(ratchet):
    (ratchet.folder / "a.csv").write_text(wide_file())
    assert "a.csv:1: " in refused(ratchet, 65, "evaluate", "a.csv", "--start", "2024-07-09", "--control", "z")
    assert "tomorrow" in refused(ratchet, 65, "evaluate", "a.csv", "--start", "tomorrow")
    assert "2023-01-01" in refused(ratchet, 65, "evaluate", "a.csv", "--start", "2023-01-01")
    assert "2024-07-01" in refused(ratchet, 65, "evaluate", "a.csv", "--start", "2024-07-09", "--end", "2024-07-01")


# Decompositions and control charts.


def test_the_parts_add_up_and_exist_where_a_value_is_missing(ratchet):
    text = long_file().split('"steps')[0]
    given, rows = cells(text)[1:], cells(ran(ratchet, "decompose", "-", "--season", "7", input=text))
    assert rows[0] == ["unique_id", "ds", "trend", "season1", "holiday", "remainder", "weight"]
    assert [row[:2] for row in rows[1:]] == [row[:2] for row in given]
    for (*_, y), (_, _, trend, season, holiday, remainder, weight) in zip(given, rows[1:]):
        if y in ("", "NaN"):
            assert remainder == "" and float(weight) == 0 and float(trend) > 0
        else:
            assert abs(float(trend) + float(season) + float(holiday) + float(remainder) - float(y)) < 1e-9


def test_a_chart_has_limits_for_each_point_and_says_how_often_it_alarms_in_vain(ratchet):
    one = json.loads(ran(ratchet, "control", "-", "--phase", day(120), input=long_file()))["series"]["days"]
    assert list(one) == ["chart", "n", "phases", "overdispersion", "centre", "lower", "upper", "signals", "averageRunLength"]
    assert one["chart"] == "xmr" and one["n"] == 200 and one["phases"] == [0, 120]
    for low, centre, high in zip(one["lower"], one["centre"], one["upper"], strict=True):
        assert low < centre < high
    assert len(set(one["centre"])) == 2 and abs(one["centre"][120] - one["centre"][0] - 6) < 1
    assert all(0 <= signal["index"] < 200 and signal["rule"] in one["averageRunLength"] for signal in one["signals"])
    for length in one["averageRunLength"].values():
        assert 1 <= length["low"] <= length["estimate"] <= length["high"]


def test_the_seed_is_of_the_simulated_alarms_only(ratchet):
    one, two = (json.loads(ran(ratchet, "control", "-", "--seed", seed, input=long_file()))["series"]["days"] for seed in (1, 2))
    assert one.pop("averageRunLength") != two.pop("averageRunLength") and one == two


def test_shares_have_a_file_of_denominators(ratchet):
    (ratchet.folder / "n.csv").write_text("unique_id,ds,y\n" + "".join(f"a,{i},{100 + i % 5}\n" for i in range(60)))
    (ratchet.folder / "a.csv").write_text("unique_id,ds,y\n" + "".join(f"a,{i},{10 + i * 7 % 5}\n" for i in range(60)))
    one = json.loads(ran(ratchet, "control", "a.csv", "--chart", "p", "--denominators", "n.csv"))["series"]["a"]
    assert one["chart"] == "p" and 0.05 < one["centre"][0] < 0.2
    assert "nothing.csv" in refused(ratchet, 66, "control", "a.csv", "--chart", "p", "--denominators", "nothing.csv")


# What is known to be wrong still. Each becomes an ordinary test with its repair.


def test_a_decomposition_quotes_names(ratchet):
    rows = cells(ran(ratchet, "decompose", "-", input=long_file()))
    assert {row[0] for row in rows[1:]} == {"days", 'steps, "two"'} and {len(row) for row in rows} == {len(rows[0])}


@pytest.mark.parametrize(
    "command", ["forecast", "changes", "decompose", "control"])
def test_a_series_in_two_places_is_65(ratchet, command):
    (ratchet.folder / "a.csv").write_text("unique_id,ds,y\n" + "".join(f"{name},{i},{i % 4}\n" for name in "aba" for i in range(9)))
    line = refused(ratchet, 65, command, "a.csv", *NEEDED.get(command, []))
    assert "“a”" in line and (command == "forecast" or line.startswith("ratchet: a.csv:20: "))


def test_a_day_that_comes_twice_is_named_by_its_line(ratchet):
    (ratchet.folder / "a.csv").write_text("day,y\n2024-01-01,1\n2024-01-02,1\n2024-01-02,2\n")
    assert refused(ratchet, 65, "evaluate", "a.csv", "--start", "2024-01-02").startswith("ratchet: a.csv:4: ")


@pytest.mark.parametrize("command", LONG + ["evaluate"])
def test_nothing_on_standard_input_is_told_as_such(ratchet, command):
    assert "/tmp" not in refused(ratchet, 65, command, "-", *NEEDED.get(command, []), input="")


def test_a_decomposition_of_nothing_has_a_header(ratchet):
    assert ran(ratchet, "decompose", "-", input="unique_id,ds,y\n").startswith("unique_id,ds,trend,")


def test_the_help_lists_each_command_once(ratchet):
    listed = re.findall(r"^  ([a-z]+)  ", ratchet("--help").stdout.split("SUBCOMMANDS:")[1], re.M)
    assert len(listed) == len(set(listed)) >= 18


LARGEST = random.Random(1).choices([-1e308, 1e308], k=60)


@pytest.mark.parametrize("command", ["evaluate", "decompose"])
def test_the_largest_numbers_there_are(ratchet, command):
    wide = "day,y\n" + "".join(f"{i},{v!r}\n" for i, v in enumerate(LARGEST))
    long = "unique_id,ds,y\n" + "".join(f"a,{i},{v!r}\n" for i, v in enumerate(LARGEST))
    done = ratchet("evaluate", "-", "--start", "30", input=wide) if command == "evaluate" else ratchet(command, "-", input=long)
    assert done.returncode in (0, 65), done.stderr[:200]
    assert not re.search(r"\b(nan|inf)", done.stdout, re.I)


@pytest.mark.parametrize("end", ["interrupted", "the reader has seen enough"])
def test_nothing_is_left_of_standard_input(ratchet, end):
    ratchet.environment["TMPDIR"] = str(ratchet.folder / "passing")
    (ratchet.folder / "passing").mkdir()
    text = "unique_id,ds,y\n" + "".join(f"{name},{i},{(i * 37 + name) % 11}\n" for name in range(3000) for i in range(60))
    running = ratchet.start("forecast", "-", "--horizon", "20", stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    running.stdin.write(text)
    running.stdin.close()
    assert running.stdout.readline().startswith("unique_id")
    if end == "interrupted":
        running.send_signal(signal.SIGINT)
    running.stdout.close()
    running.wait(timeout=60)
    assert list((ratchet.folder / "passing").iterdir()) == []
