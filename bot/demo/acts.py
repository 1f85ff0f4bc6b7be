"""The acts of the year in which all goes well, or is late: asking, beginning, putting off, reviewing, leaving."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from bot.demo.member import CARDS, Member
from bot.demo.play import AMARA, JONAS, LEILA, MIRA, PETRA, PRIYA, Play, fields, ref_of
from bot.demo.player import Stuck
from bot.slack.fields import Field
from bot.slack.ids import Action, numbered
from store import employees
from store.employees import Employee
from triage.lifecycle import WAITING
from triage.stages import Stage
from triage.tasks import PLANNED, tasks_of

FILE = Path(__file__).with_name("year.yaml")
WIKI = "https://wiki.example.com/ai"
PARTS = {"deputy": JONAS, "overseer": JONAS, "monitor": JONAS}
"""Whom Priya names for her use."""


def told() -> dict[str, list[dict[str, Any]]]:
    read: dict[str, list[dict[str, Any]]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return read


def uses(play: Play) -> list[dict[str, Any]]:
    return [each for each in told()["uses"] if each["id"] not in play.without]


def begin(play: Play) -> None:
    play.theatre.server.workspace.person(PETRA).deleted = False  # she leaves in spring
    play.theatre.server.invites(JONAS, CARDS)  # who looks into incidents reads their cards
    rows = [Employee.model_validate(each) for each in told()["people"]]
    store = play.theatre.store
    with store.write() as session:
        employees.take(session, employees.compared(session, rows), whole=True, now=store.now())
    for use in uses(play):
        who = play.person(use["who"])
        who.asks_for(use["says"], use["answers"])
        card = play.card(play.person(AMARA))
        play.refs[use["id"]] = ref_of(card)
        for user in use["decided_by"]:
            decide(play.person(user), card["ts"], use)


def decide(person: Member, ts: str, use: Mapping[str, Any]) -> None:
    held, bound = use.get("conditions", ()), use.get("bound")
    action = Action.APPROVE_WITH_CONDITIONS if held else Action.APPROVE
    person.presses_at(ts, action)
    given = {Field.REASON.value: use["approve"]}
    if held:
        given[Field.CONDITIONS.value] = "\n".join(held)
    if use.get("until"):
        given[Field.UNTIL.value] = use["until"]
    if bound:
        person.presses_in_window(Action.ADD_CONDITION)
        given |= {f"own_{name}.1": each for name, each in bound.items()}
    person.hands_in(**given)


# -- from the yes to its use


FAR = {"translate": 2, "reports": 2, "minutes": 2, "code": 1}
"""How many gates each goes through: into its pilot, into use. What is not here is ready, and waits."""
GATES = (Stage.pilot, Stage.in_use)


def go_live(play: Play) -> None:
    for use in uses(play):
        who, far = play.person(use["who"]), FAR.get(use["id"], 0)
        for stage in GATES[:far]:
            _does_all(play, who, use["id"])
            who.presses(Action.MOVE_ON, about=play.refs[use["id"]], having=stage.value)
        if far < 2:
            _does_all(play, who, use["id"])


def _does_all(play: Play, who: Member, use: str) -> None:
    ref = play.refs[use]
    for task in [each.task for each in tasks_of(play.case(use)) if each.done is None]:
        case = play.case(use)
        if any(each.task == task and each.kind == "accepted" for each in case.appointments):
            continue
        if task == "owner":
            who.presses(Action.ACCEPT_PART, about=ref)
        elif task in PARTS:
            who.presses(Action.APPOINT, about=ref)
            who.hands_in(task=task, person=PARTS[task])
            play.person(PARTS[task]).presses(Action.ACCEPT_PART, about=ref)
        elif task == PLANNED:
            who.presses(Action.WRITE_PLAN, about=ref)
            who.hands_in(every="quarterly")
        else:
            who.presses(Action.DO_TASK, about=ref)
            who.hands_in(task=task, link=f"{WIKI}/{task.replace('_', '-')}")


READ = {"complaint": (0, 1, 0), "corrected": (7, 4, 5), "wrong": (2, 3, 1)}
"""By a word of the measure: what is read in spring, summer and autumn. None is past its limit."""
MONTHS = ("03", "06", "09")


def report(play: Play) -> None:
    """Whoever is asked for numbers gives them; where Mira watches, one more is corrected than where Jonas does."""
    quarter = MONTHS.index(f"{play.theatre.clock.moment():%m}")
    for user in (MIRA, JONAS, PRIYA):
        person = play.person(user)
        while person.on_home(Action.GIVE_READINGS):
            person.hands_in(**_read(person, quarter, more=user == MIRA))


def _read(person: Member, quarter: int, *, more: bool) -> dict[str, str]:
    found = {}
    for block in (person.hands.view() or {})["blocks"]:
        if str(block.get("block_id", "")).startswith(Field.FIGURE.value):
            asked = str(block["label"]["text"]).lower()
            each = next((row for name, row in READ.items() if name in asked), (0, 0, 0))
            found[str(block["block_id"])] = str(each[quarter] + (more and each is READ["corrected"]))
    return found


# -- reminders


def put_off(play: Play) -> None:
    jonas = play.person(JONAS)
    jonas.presses(Action.SNOOZE, about=play.refs["code"])
    jonas.hands_in(until="2027-01-13", reason="The team meets on Wednesday")


def meet(play: Play) -> None:
    jonas = play.person(JONAS)
    jonas.presses(Action.FULFIL, about=play.refs["code"])
    jonas.hands_in(condition="2", words="Read and signed by all nine", link=f"{WIKI}/secure-coding")


def leave(play: Play) -> None:
    """Her account is closed: what she answered for is offered to her manager."""
    play.theatre.server.deactivates(PETRA)
    play.theatre.settle()


def take_over(play: Play) -> None:
    mira = play.person(MIRA)
    mira.presses(Action.TAKE_OVER, about=play.refs["reports"])
    mira.hands_in()


# -- reviews


def confirm_sorting(play: Play) -> None:
    confirm(play, PRIYA, "sorting")


def confirm_code(play: Play) -> None:
    confirm(play, JONAS, "code")


def confirm_reports(play: Play) -> None:
    confirm(play, MIRA, "reports")


def confirm_translate(play: Play) -> None:
    confirm(play, JONAS, "translate")


def confirm(play: Play, user: str, use: str) -> None:
    """With one press where one is offered, else each fact in its window."""
    person, title = play.person(user), play.refs[use]
    if person.on_home(Action.REVIEW_SAME, about=title):
        return
    person.on_home(Action.REVIEW, about=title)
    person.hands_in(**_all_as_it_was(person))


def _all_as_it_was(person: Member) -> dict[str, str]:
    given = {}
    for name, element in fields(person.hands.view()).items():
        if element["type"] == "radio_buttons":
            kept = name.startswith(numbered(Field.CONDITION, 0)[:-1])
            given[name] = "right" if name == Field.SAMPLE else "kept" if kept else "same"
    return given


def read_sorting(play: Play) -> None:
    leila = play.person(LEILA)
    leila.presses(Action.REVIEW, where=CARDS, about=play.refs["sorting"])
    leila.hands_in(ruling="agree")


FOLLOWS = {"worst": "material_loss", "reverse": "days", "scale": "lt1000"}
"""What is asked further once nobody checks them any more."""


def change_minutes(play: Play) -> None:
    mira = play.person(MIRA)
    mira.on_home(Action.REVIEW, about=play.refs["minutes"])
    mira.hands.fills(**_all_as_it_was(mira) | {"output_use": "changed"})
    mira.submits()
    mira.hands.fills(output_use="shared_unchecked")
    while (view := mira.hands.view()) is not None and view.get("submit"):
        mira.hands.fills(**{name: each for name, each in FOLLOWS.items() if name in fields(view)})
        if problems := mira.submits():
            raise Stuck(f"What changed could not be said: {problems}")
    mira.leaves()


def approve_minutes(play: Play) -> None:
    """By everybody whose yes it needs now."""
    approve(play, "minutes", "Customers read them first and can correct them.")


def approve(play: Play, use: str, reason: str) -> None:
    asked = next(each for each in told()["uses"] if each["id"] == use)
    for user in (LEILA, AMARA):
        if play.case(use).status in WAITING:
            card = play.card(play.person(user), play.refs[use])
            decide(play.person(user), card["ts"], asked | {"approve": reason})
