"""What somebody's own queue costs: its window and Home with a thousand requests waiting beside ten."""

from __future__ import annotations

import tempfile
from pathlib import Path

from sqlmodel import select

from bench.house import TEAM, House
from bench.rounds import heading, in_turns, row, timed
from bot.slack.homes import make_home
from bot.slack.payloads import Who
from bot.slack.queueing import drawn
from bot.slack.screens import home
from bot.slack.sitting import Sitting
from store.tables import AskRow, UseRow
from triage.talking import Steer

FEW, MANY = 10, 1_000
TIMES = 5


def run(rounds: int) -> None:
    heading(f"A queue of {MANY:,} beside one of {FEW}")
    with tempfile.TemporaryDirectory() as folder:
        houses = {count: House(Path(folder), f"queue{count}") for count in (FEW, MANY)}
        people = {count: _filled(house, count) for count, house in houses.items()}
        things = {}
        for count, house in houses.items():
            front, person = house.front, people[count]
            things[f"the window, {count:,} waiting"] = lambda f=front, p=person: timed(
                lambda: drawn(f, p, Sitting())
            )
            things[f"Home, {count:,} waiting"] = lambda f=front, p=person: timed(
                lambda: home(make_home(f, p))
            )
        taken = in_turns(things, rounds=rounds, times=TIMES)
        for house in houses.values():
            house.close()
    for name, each in taken.items():
        row(name, each)
    for what in ("the window", "Home"):
        many, few = (taken[f"{what}, {count:,} waiting"].typical for count in (MANY, FEW))
        print(f"{what} at {MANY:,} against {FEW}: {many / few:.2f}")


def _filled(house: House, count: int) -> str:
    """So many that wait for one person, alike in everything but number."""
    front = house.front
    front.do(Steer(actor=house.person, key="over", case=house.case, wish="hand_over"))
    with house.store.write() as session:
        use = session.exec(select(UseRow).where(UseRow.id == house.case)).one().model_dump()
        asked = [each.model_dump() for each in session.exec(select(AskRow)).all()]
        for number in range(2, count + 1):
            about = {"id": f"{number:032x}", "ref": f"AIU-2031-{number:04}"}
            session.add(UseRow(**use | about))
            session.flush()
            session.add_all(AskRow(**each | {"use_id": about["id"]}) for each in asked)
    people = {front.person(Who(TEAM, user)) for user in ("U0AMARA", "U0LEILA", "U0JONAS")}
    return max(people, key=lambda person: len(make_home(front, person).waiting))
