"""Names recognised in sentences and at addresses, as the catalogue grows; and "may I?" in registers of growing size."""

from __future__ import annotations

import random
import sqlite3
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.filled import fill
from bench.house import House
from bench.rounds import heading, in_turns
from bot.slack import asking
from intake.catalogue import Catalogue
from intake.hosts import Hosts
from intake.sentence import read
from intake.tool import Tool

GROWN = (1, 4, 16)
"""So many times the catalogue, the copies under names of their own."""
SIZES = (1_000, 10_000, 100_000)
SENTENCES, ADDRESSES, TIMES = 300, 20_000, 5
OFFICE = ("transcribe the meeting", "translate leaflets", "draft a letter to customers", "summarise reports")
TITLES = ("Draft letters", "Minutes of meetings", "Translate leaflets", "Summarise reports", "Answer tickets")
TOOLS = 40
"""Tools in the register; the first of them has a tenth of all uses."""
ASKED = "Can I use {} to translate leaflets for customers of the shop?"


def run(rounds: int) -> None:
    shipped = Catalogue.load()
    heading("names recognised, as the catalogue grows")
    for times in GROWN:
        _recognised(grown(shipped, times), times, rounds)
    heading("may I use X for Y, beside plain SQL for the same rows")
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            _answered(Path(folder), size, rounds, shipped)


def grown(shipped: Catalogue, times: int) -> tuple[Tool, ...]:
    """Copies differ in name, maker and domain, so that none is found where another is meant."""
    found = list(shipped.tools)
    for number in range(1, times):
        found += [_copy(tool, number) for tool in shipped.tools]
    return tuple(found)


def _copy(tool: Tool, number: int) -> Tool:
    mark = "abcdefghijklmnop"[number] * 2
    change = {
        "id": f"{tool.id}-{mark}",
        "name": f"{tool.name.replace(' ', '')}{mark}",
        "aliases": tuple(f"{alias.replace(' ', '')}{mark}" for alias in tool.aliases),
        "domains": tuple(f"{mark}.{domain}" for domain in tool.domains if "*" not in domain),
    }
    return tool.model_copy(update=change)


def _recognised(tools: tuple[Tool, ...], times: int, rounds: int) -> None:
    draw = random.Random(1)
    catalogue, hosts = Catalogue(tools), Hosts(tools)
    named = [draw.choice(tools) for _ in range(SENTENCES)]
    said = [f"Can we use {tool.name} to {draw.choice(OFFICE)}?" for tool in named]
    domains = [domain for tool in tools for domain in tool.domains if "*" not in domain]
    addresses = [f"{n}.{draw.choice(domains)}" if n % 2 else f"{n}.example.org" for n in range(ADDRESSES)]
    begun = time.process_time()
    read("Can I use Otter?", catalogue)
    built = time.process_time() - begun

    def each(work: Callable[[str], object], texts: list[str]) -> Callable[[], float]:
        def all_of_them() -> float:
            begun = time.process_time()
            for text in texts:
                work(text)
            return (time.process_time() - begun) / len(texts)

        return all_of_them

    def address(text: str) -> object:
        hosts.at.cache_clear()
        return hosts.at(text)

    found = in_turns(
        {"sentence": each(lambda text: read(text, catalogue), said), "address": each(address, addresses)},
        rounds=rounds,
        times=1,
    )
    sentence, place = found["sentence"].typical, found["address"].typical
    print(
        f"{len(tools):>7,} tools ({times}x): {1 / sentence:>7,.0f} sentences a second, {1 / place:>9,.0f} addresses a "
        f"second that none asked before; first look {built * 1e3:.0f} ms"
    )


def _answered(folder: Path, size: int, rounds: int, shipped: Catalogue) -> None:
    path = folder / "names.db"
    fill(path, size)
    base = sqlite3.connect(path)
    tools = [tool for tool in shipped.tools if tool.vendor and not tool.general_product][:TOOLS]
    _named(base, tools)
    house = House(folder, "names")
    try:
        common, rare = tools[0], tools[-1]
        person = house.person
        things: dict[str, Any] = {}
        for name, tool in (("common", common), ("rare", rare)):
            asked = ASKED.format(tool.name)
            plain(base, tool.id)
            asking.answer(house.front, person, asked)
            things[f"{name} sql"] = lambda t=tool.id: _spent(lambda: plain(base, t))
            things[f"{name} told"] = lambda a=asked: _spent(lambda: asking.answer(house.front, person, a))
        taken = {n: each.typical * 1e3 for n, each in in_turns(things, rounds=rounds, times=TIMES).items()}
        for name, tool in (("common", common), ("rare", rare)):
            (count,) = base.execute("SELECT count(*) FROM use WHERE tool_id = ?", [tool.id]).fetchone()
            told, sql = taken[f"{name} told"], taken[f"{name} sql"]
            print(
                f"{size:>9,} uses, {count:>6,} of the tool: answered in {told:6.2f} ms, plain SQL {sql:6.2f} ms, "
                f"ratio {told / sql:.1f}"
            )
    finally:
        base.close()
        house.close()


def _named(base: sqlite3.Connection, tools: list[Tool]) -> None:
    """Each use gets a tool and a title, one in ten the first tool."""
    now = "2026-11-30T08:00:00.000000Z"
    base.executemany(
        "INSERT INTO tool (id, slug, name, vendor, record, state, source, updated_at) VALUES (?,?,?,?,?,?,?,?)",
        [(t.id, t.id, t.name, t.vendor, "{}", "known", "catalogue", now) for t in tools],
    )
    titles = (
        "CASE abs(random()) % 5 " + " ".join(f"WHEN {n} THEN '{t}'" for n, t in enumerate(TITLES)) + " END"
    )
    base.execute(f"UPDATE use SET title = {titles}")
    rows = base.execute("SELECT id FROM use ORDER BY id").fetchall()
    draw = random.Random(2)
    picked = [(tools[0] if draw.random() < 0.1 else draw.choice(tools[1:]), id) for (id,) in rows]
    base.executemany(
        "UPDATE use SET tool_id = ?, tool_name = ? WHERE id = ?", [(t.id, t.name, id) for t, id in picked]
    )
    base.execute(
        "UPDATE audit_head SET (seq, digest) = (SELECT seq, digest FROM audit_line ORDER BY seq DESC LIMIT 1)"
    )
    base.execute("ANALYZE")
    base.commit()


STATES = ("approved", "approved_with_conditions", "in_review", "needs_info", "blocked", "declined", "disclosed",
          "under_reassessment", "lapsed", "retired")  # fmt: skip


def plain(base: sqlite3.Connection, tool: str) -> list[Any]:
    """What the answer rests on: the newest of the tool in each state, what was said of these, their decisions."""
    found: list[Any] = []
    for state in STATES:
        found += base.execute(
            "SELECT * FROM use WHERE tool_id = ? AND state = ? AND confidential = 0 ORDER BY updated_at DESC LIMIT 20",
            [tool, state],
        ).fetchall()
    ids = [row[0] for row in found]
    marks = ", ".join("?" * len(ids))
    for query in (
        f"SELECT * FROM fact f JOIN answer_set s ON s.id = f.answer_set_id WHERE s.subject_id IN ({marks})",
        f"SELECT * FROM condition WHERE use_id IN ({marks})",
        f"SELECT * FROM decision WHERE subject_id IN ({marks})",
        f"SELECT verdict FROM result WHERE subject_kind = 'use' AND subject_id IN ({marks}) LIMIT 10",
    ):
        base.execute(query, ids).fetchall()
    return found


def _spent(work: Callable[[], object]) -> float:
    """Of the processor: what others do at the same time does not count."""
    begun = time.process_time()
    work()
    return time.process_time() - begun
