"""What Home costs in registers of growing size, for four people, beside plain SQL that finds the same rows."""

from __future__ import annotations

import os
import sqlite3
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from bench.digest import MILLION, WHOLE
from bench.filled import fill
from bench.house import TEAM, House
from bench.rounds import heading, in_turns
from bot.config import change
from bot.slack.homes import make_home
from bot.slack.payloads import Who
from bot.slack.scene import Home
from bot.slack.screens import home
from bot.slack.screens.home import SHOWN
from store import asks, overview
from triage.roles import ROLES

SIZES = (1_000, 10_000)
LARGE = 100_000
OWNS, WAITS, FEW = 300, 1_000, 3
TIMES = 5
PEOPLE = {"employee": "U0MIRA", "owner": "U0JONAS", "reviewer": "U0AMARA", "lead": "U0LEILA"}
HOLDS = {"reviewer": "U0AMARA", "privacy": "U0PRIYA", "governance_lead": "U0LEILA"}

HOLDERS = ("reviewer", "lead")

HELD = "('approved', 'approved_with_conditions', 'lapsed', 'under_reassessment')"
MINE = """FROM use u WHERE (u.requester_id = :me OR (u.owner_id = :me AND (u.submitted_at IS NOT NULL OR u.state
    IN ('disclosed', 'approved', 'approved_with_conditions', 'declined', 'lapsed', 'retired'))))
    AND u.state <> 'withdrawn'"""
USABLE = "UNION ALL ".join(
    f"""SELECT * FROM (SELECT u.* FROM use u WHERE u.state = '{state}' AND u.confidential = 0
    AND (u.requester_id IS NULL OR u.requester_id <> :me) AND (u.owner_id IS NULL OR u.owner_id <> :me)
    ORDER BY u.ref DESC LIMIT :shown) """
    for state in ("approved", "approved_with_conditions")
)
NO_PART = "NOT EXISTS (SELECT 1 FROM json_each(a.out) o WHERE o.value = :me)"
PLAIN = {
    "uses": f"""SELECT u.* {MINE} AND u.state IN {HELD}
        ORDER BY u.next_review_on IS NULL, u.next_review_on, u.ref LIMIT :shown""",
    "requests": f"""SELECT u.* {MINE} AND u.state NOT IN {HELD} AND u.state <> 'draft'
        ORDER BY u.updated_at DESC, u.id LIMIT :shown""",
    "drafts": f"SELECT u.* {MINE} AND u.state = 'draft' ORDER BY u.updated_at DESC LIMIT :shown",
    "usable": f"SELECT * FROM ({USABLE}) ORDER BY ref DESC, id LIMIT :shown",
    "waiting": f"""SELECT DISTINCT u.* FROM ask a JOIN use u ON u.id = a.use_id WHERE a.role = :role AND a.kind = 'yes'
        AND u.state IN ('in_review', 'blocked') AND (u.confidential = 0 OR :role = '') AND {NO_PART}
        ORDER BY u.due_at IS NULL, u.due_at, u.ref LIMIT :shown""",
}
BESIDE = (
    f"SELECT count(*) {MINE} AND u.state IN {HELD}",
    f"SELECT count(*) {MINE} AND u.state NOT IN {HELD} AND u.state <> 'draft'",
    f"""SELECT count(DISTINCT u.id) FROM ask a JOIN use u ON u.id = a.use_id WHERE a.role = :role AND a.kind = 'yes'
        AND u.state IN ('in_review', 'blocked') AND {NO_PART}""",
    f"""SELECT c.* FROM condition c JOIN decision d ON d.id = c.decision_id AND d.superseded_by IS NULL
        JOIN use u ON u.id = c.use_id WHERE u.id IN (SELECT u.id {MINE}) AND c.due_on IS NOT NULL
        ORDER BY c.due_on LIMIT :shown""",
)
OTHERS = (
    """SELECT DISTINCT u.*, a.seat, a.out FROM ask a JOIN use u ON u.id = a.use_id WHERE a.role = :role
        AND a.kind = 'answer' AND u.state IN ('in_review', 'needs_info', 'blocked') ORDER BY u.due_at, u.ref""",
    """SELECT DISTINCT u.*, a.seat, a.out FROM ask a JOIN use u ON u.id = a.use_id WHERE a.role = :role
        AND a.kind = 'second' AND u.state IN ('in_review', 'needs_info', 'blocked', 'approved',
        'approved_with_conditions') ORDER BY u.due_at, u.ref""",
    """SELECT r.use_id FROM review_step r JOIN use u ON u.id = r.use_id WHERE u.owner_id = :me AND r.kind = 'opened'
        AND NOT EXISTS (SELECT 1 FROM review_step l WHERE l.review = r.review AND l.kind <> 'opened')""",
    """SELECT use_id FROM plan WHERE monitor = :me UNION SELECT u.id FROM use u WHERE u.owner_id = :me
        AND u.state IN ('approved', 'approved_with_conditions') AND EXISTS (SELECT 1 FROM plan p WHERE p.use_id = u.id)
        UNION SELECT use_id FROM appointment WHERE person_id = :me AND part = 'monitor' AND kind = 'accepted'""",
    """SELECT s.* FROM snooze s WHERE s.by = :me AND EXISTS (SELECT 1 FROM due d WHERE d.subject_kind = 'use'
        AND d.subject_id = s.use_id AND d.kind = s.errand AND d.state = 'waiting') ORDER BY s.until LIMIT :shown""",
    "SELECT use_id, id FROM deployment WHERE owner_id = :me AND left_at IS NULL ORDER BY joined_at DESC LIMIT 50",
    f"""SELECT count(*) FROM condition c JOIN decision d ON d.id = c.decision_id AND d.superseded_by IS NULL
        JOIN use u ON u.id = c.use_id WHERE u.id IN (SELECT u.id {MINE}) AND c.due_on IS NOT NULL""",
)
"""Lists in which nobody has anything here; to know that is part of Home."""
OF_ROLES = (
    """SELECT * FROM ask WHERE use_id IN (SELECT u.id FROM use u WHERE u.confidential = 1 AND u.state IN ('in_review',
        'needs_info', 'blocked', 'approved', 'approved_with_conditions')
        AND EXISTS (SELECT 1 FROM ask b WHERE b.use_id = u.id AND b.role = :role))""",
    "SELECT outcome FROM done WHERE key = 'overview'",
)
"""Of whoever holds a role: which confidential requests ask for it, and the figures that were counted by the clock."""
OF_ROWS = (
    "SELECT * FROM condition WHERE use_id IN ({ids})",
    "SELECT * FROM decision WHERE subject_id IN ({ids})",
)
WHOLE_ONES = (
    """SELECT f.* FROM fact f JOIN answer_set s ON s.id = f.answer_set_id
        WHERE s.subject_kind = 'use' AND s.subject_id IN ({ids})""",
    "SELECT verdict FROM result WHERE subject_kind = 'use' AND subject_id IN ({ids})",
    "SELECT * FROM assignment WHERE use_id IN ({ids})",
    "SELECT * FROM referral WHERE use_id IN ({ids})",
    "SELECT * FROM inquiry WHERE use_id IN ({ids})",
)


class Somebody(NamedTuple):
    name: str
    id: str
    role: str


def run(rounds: int) -> None:
    sizes = (*SIZES, LARGE, WHOLE) if os.environ.get(MILLION) == "1" else (*SIZES, LARGE)
    heading("Home of four people, beside plain SQL for the same rows")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            _measured(Path(folder), size, rounds)


def _measured(folder: Path, size: int, rounds: int) -> None:
    path = folder / "home.db"
    fill(path, size)
    base = sqlite3.connect(path)
    base.execute(
        "UPDATE audit_head SET (seq, digest) = (SELECT seq, digest FROM audit_line ORDER BY seq DESC LIMIT 1)"
    )
    base.commit()
    house = House(folder, "home")
    base = sqlite3.connect(path)
    try:
        people = _settled(house, base, size)
        for each in people:
            _agree(make_home(house.front, each.id), base, each)
        things: dict[str, Any] = {}
        for each in people:
            things[f"{each.name} sql"] = lambda e=each: _spent(lambda: plain(base, e))
            things[f"{each.name} read"] = lambda e=each: _spent(lambda: make_home(house.front, e.id))
            scene = make_home(house.front, each.id)
            things[f"{each.name} drawn"] = lambda s=scene: _spent(lambda: home(s))
        taken = {
            name: each.typical * 1e3 for name, each in in_turns(things, rounds=rounds, times=TIMES).items()
        }
        tracemalloc.start()
        for each in people:
            home(make_home(house.front, each.id))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    finally:
        base.close()
        house.close()
    for each in people:
        sql, read, drawn = (taken[f"{each.name} {part}"] for part in ("sql", "read", "drawn"))
        print(
            f"{size:>9,} uses, {each.name:<9} read {read:7.2f} ms, drawn {drawn:6.2f} ms, plain SQL {sql:6.2f} ms, "
            f"read against SQL {read / sql:.2f}"
        )
    print(f"{size:>9,} uses: most memory of Python {peak / 1e6:.1f} MB")


def _spent(work: Callable[[], object]) -> float:
    """Of the processor: what others do at the same time does not count."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def _settled(house: House, base: sqlite3.Connection, size: int) -> list[Somebody]:
    """One with a few uses, one with hundreds, one with a long queue, one who leads; others have the rest."""
    front = house.front
    held_by = {f"roles.{role}": [HOLDS[role]] if role in HOLDS else [] for role in ROLES}
    change(house.store, held_by, by=None, key="bench", now=house.store.now())
    front.office.changed()
    ids = {name: front.person(Who(TEAM, user)) for name, user in PEOPLE.items()}
    many = max(size // 10, 1)
    base.execute("PRAGMA foreign_keys=OFF")
    base.executemany(
        "INSERT INTO person (id, team, slack_user, name, is_bot, deleted, restricted, foreign_team, updated_at) "
        "SELECT 'P' || :n, team, 'U' || :n, name, 0, 0, 0, 0, updated_at FROM person WHERE id = 'P'",
        [{"n": number} for number in range(many)],
    )
    base.execute("UPDATE use SET requester_id = 'P' || (abs(random()) % ?) WHERE requester_id = 'P'", [many])
    base.execute("UPDATE use SET owner_id = requester_id WHERE owner_id IS NOT NULL")
    held = "SELECT id FROM use WHERE state IN ('approved', 'approved_with_conditions') ORDER BY id LIMIT ? OFFSET ?"
    for name, count, start in (("owner", OWNS, 0), ("employee", FEW, OWNS)):
        base.execute(
            f"UPDATE use SET requester_id = ?, owner_id = ? WHERE id IN ({held})",
            [ids[name]] * 2 + [count, start],
        )
    base.execute("UPDATE ask SET role = 'privacy', seat = 'privacy'")
    base.execute(
        """UPDATE ask SET role = 'reviewer', seat = 'reviewer' WHERE use_id IN (
        SELECT id FROM use WHERE state = 'in_review' ORDER BY id LIMIT ?)""",
        [WAITS],
    )
    base.execute("ANALYZE")
    base.commit()
    house.store.engine.dispose()  # what is open still goes by what was counted before
    desk = front.desk()
    with house.store.read() as session:
        found = overview.count(session, desk.now, desk.day)
    with house.store.write() as session:
        overview.keep(session, found)
        asks.catch_up(session, desk)  # as the first round of a worker does
    roles = {"reviewer": "reviewer"}
    return [Somebody(name, id, roles.get(name, "")) for name, id in ids.items()]


def plain(base: sqlite3.Connection, who: Somebody) -> dict[str, list[str]]:
    """The ids of each list; whatever else the rows say is read, too."""
    given = {"me": who.id, "role": who.role, "shown": SHOWN}
    found = {name: [row[0] for row in base.execute(query, given).fetchall()] for name, query in PLAIN.items()}
    for query in (
        *BESIDE,
        *OTHERS,
        *(OF_ROLES if who.name in HOLDERS else ()),
    ):
        base.execute(query, given).fetchall()
    ids = [id for each in found.values() for id in each]
    for query in (*OF_ROWS, *(WHOLE_ONES if found["waiting"] else ())):
        here = found["waiting"] if query in WHOLE_ONES else ids
        base.execute(query.format(ids=", ".join("?" * len(here))), here).fetchall()
    return found


def _agree(shown: Home, base: sqlite3.Connection, who: Somebody) -> None:
    """Before anything is timed: the same rows."""
    for name, ids in plain(base, who).items():
        mine = [each.id for each in getattr(shown, name)]
        if mine != ids:
            raise AssertionError(f"plain SQL finds others in {name} of the {who.name}: {mine} {ids}")
