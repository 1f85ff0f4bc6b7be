"""A discovery of five million lines, and domains identified, beside the plain tools one would use instead."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from bench.listed import write_log
from bench.rounds import heading
from bot.library import library

ROWS = 5_000_000
GROWTH = (1_000_000, ROWS)
OURS = """
import sys
from bot.sightings.counting import Counting
from bot.sightings.reading import read_sightings
from intake.applications import Applications
from bot.library import library
with open(sys.argv[1], "rb") as log:
    read = read_sightings(log)
    counting = Counting(read.plan, Applications(library().catalogue))
    for block in read.blocks:
        counting.add(block.rows)
print(counting.read, sum(count.hits for count in counting.counts.values()))
"""
POLARS = """
import sys, json
import polars as pl
homes = pl.LazyFrame(json.load(open(sys.argv[2])), schema=["host", "tool"], orient="row")
log = pl.scan_csv(sys.argv[1]).with_columns(
    host=pl.col("URL").str.extract(r"^https?://([^/]+)", 1),
    week=pl.col("Timestamp").str.slice(0, 10).str.to_date().dt.truncate("1w"),
)
found = log.join(homes, on="host").group_by("tool", "Department", "week").agg(
    hits=pl.len(), people=pl.col("User").n_unique()
).collect(engine="streaming")
print(found["hits"].sum())
"""
DUCKDB = """
import sys, json
import duckdb
base = duckdb.connect()
base.execute("CREATE TABLE homes (host TEXT, tool TEXT)")
base.executemany("INSERT INTO homes VALUES (?, ?)", json.load(open(sys.argv[2])))
found = base.execute(f'''SELECT tool, "Department", date_trunc('week', "Timestamp") AS week, count(*) AS hits,
    count(DISTINCT "User") FROM read_csv('{sys.argv[1]}') l
    JOIN homes ON homes.host = regexp_extract(l."URL", '^https?://([^/]+)', 1) GROUP BY ALL''').fetchall()
print(sum(row[3] for row in found))
"""
IDENTIFY = """
import sys
from bot.cli.identify import identify
from bot.library import library
from intake.hosts import Hosts
with open(sys.argv[1], "rb") as lines:
    identify(lines, Hosts(library().catalogue.tools), lambda text: None)
"""
JOINED = """
import sys, json
homes = dict(json.load(open(sys.argv[2])))
with open(sys.argv[1]) as lines:
    for line in lines:
        json.dumps({"domain": line[:-1], "tool": homes.get(line[:-1])})
"""


class Ran(NamedTuple):
    """`peak` in megabytes, of the whole process."""

    seconds: float
    peak: float
    said: str


def run(rounds: int) -> None:
    """Each once in a process of its own: five million lines take long enough."""
    with tempfile.TemporaryDirectory(prefix="steward-bench-") as folder:
        tools = library().catalogue.tools
        homes = Path(folder) / "homes.json"
        homes.write_text(json.dumps([[d, tool.id] for tool in tools for d in tool.domains if "*" not in d]))
        _discover(Path(folder), homes)
        _identify(Path(folder), homes)


def _discover(folder: Path, homes: Path) -> None:
    heading("discovery out of a web log")
    peaks = []
    for rows in GROWTH:
        log = folder / "log.csv"
        write_log(log, rows, list(library().catalogue.tools))
        ours = _once(OURS, log)
        peaks.append(ours.peak)
        print(
            f"{rows:>9,} rows, {log.stat().st_size / 1e6:,.0f} MB: {_told(ours)}, "
            f"{rows / ours.seconds:,.0f} rows a second"
        )
        for name, plain in (("polars", POLARS), ("duckdb", DUCKDB)):
            if (beside := _tried(name, plain, log, homes)) is not None:
                print(
                    f"{'':>9} {name}: {_told(beside)}; ours takes {ours.seconds / beside.seconds:.2f} times as long"
                )
    print(f"peak of five times as many rows: {peaks[-1] / peaks[0]:.2f} times (aim: flat)")


def _identify(folder: Path, homes: Path) -> None:
    heading("domains identified")
    names, known = folder / "domains.txt", [host for host, _ in json.loads(homes.read_text())]
    with names.open("w") as file:
        for number in range(GROWTH[0]):
            file.write(f"{known[number % len(known)] if number % 10 == 0 else f'h{number}.example.com'}\n")
    ours, plain = _once(IDENTIFY, names), _once(JOINED, names, homes)
    print(
        f"{GROWTH[0]:>9,} domains, nearly all different: {_told(ours)}, {GROWTH[0] / ours.seconds:,.0f} a second"
    )
    print(
        f"{'':>9} a dictionary of exact names: {_told(plain)}; "
        f"ours takes {ours.seconds / plain.seconds:.2f} times as long"
    )


def _tried(name: str, program: str, *files: Path) -> Ran | None:
    try:
        return _once(program, *files)
    except subprocess.CalledProcessError:
        print(f"{'':>9} {name}: not installed: make bench-peers")
        return None


def _once(program: str, *files: Path) -> Ran:
    begun = time.perf_counter()
    measure = f"{program}\nimport resource\nprint(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    done = subprocess.run(
        [sys.executable, "-c", measure, *map(str, files)], check=True, capture_output=True, text=True
    )
    *said, peak = done.stdout.split("\n")[:-1]
    return Ran(
        time.perf_counter() - begun, int(peak) / (1e3 if sys.platform != "darwin" else 1e6), " ".join(said)
    )


def _told(ran: Ran) -> str:
    return f"{ran.seconds:.1f} s, {ran.peak:,.0f} MB"
