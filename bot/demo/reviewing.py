"""The management review of the example organisation: called in autumn, held by the paper that lay on the table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bot.demo.oversight import MODEL
from bot.demo.play import AMARA, HANA, JONAS, LEILA, MIRA, Play
from bot.demo.player import Stuck
from bot.demo.system import act, approve, draft, person, titled, window
from bot.management import inputs
from bot.slack.process import Running
from store import aims
from store.convened import laid
from triage.aims.entry import Said
from triage.aims.management import Inputs
from triage.aims.minutes import PARTS, Choice, Decision, drafts, minutes, taken_up
from triage.aims.wishes import DraftEntry

REVIEW = "Management review of the first year"


def call(play: Play) -> None:
    running = play.theatre.running
    said: dict[str, Said] = {
        "title": REVIEW,
        "since": "2026-12-07",
        "due": "2027-11-09",
        "attends": tuple(person(running, each) for each in (HANA, LEILA, AMARA, JONAS)),
        "owner": person(running, LEILA),
        "words": "Please bring what you would stop, and what you would do more of.",
    }
    draft(running, LEILA, "review_call", said, "review")


DECIDED: Mapping[str, Choice] = {
    "wrong": "change",
    "measured": "change",
    "audits": "change",
    "improvements": "improvement",
    "risks": "change",
}
SECOND, LIST = "Try a second model for our search", "One list of notices for all units"


def minute(play: Play) -> None:
    """What each input led to; what was decided is somebody's at once, and the second model belongs to its risk."""
    running, called = play.theatre.running, titled(play, "review_call", REVIEW)
    lies = laid(called)
    if lies is None:
        raise Stuck("Nothing lay on the table.")
    said: dict[str, Choice] = {**dict.fromkeys(PARTS, "none"), **DECIDED}
    decisions = _decisions(running)
    risk = titled(play, "risk", MODEL).ref
    lead, desk = person(running, LEILA), running.front.desk()
    key, because = window("minutes"), f"Decided in {REVIEW}"
    with running.office.store.write() as session:
        told = _told(inputs(session, lies.since, lies.as_of, desk.organisation.zone))
        wishes = [_of_risk(each, risk) for each in drafts(decisions, called, lead, key, because)]
        made = [aims.carry_out(session, each, desk) for each in wishes]
        for each in made:
            if (wish := taken_up(each, lead, because)) is not None:
                aims.carry_out(session, wish, desk)
    there = tuple(person(running, each) for each in (HANA, LEILA, JONAS))
    written = minutes(called, (lies.digest, lies.as_of), said, decisions, made, (told, there))
    review = draft(running, LEILA, "management_review", written, "minutes")
    act(running, LEILA, called, "minuted", review=(review.ref,))
    approve(running, review)


def _decisions(running: Running) -> list[Decision]:
    leila, jonas, mira = (person(running, each) for each in (LEILA, JONAS, MIRA))
    return [
        Decision(
            part="wrong", choice="change", what=("Say of each nonconformity that a rule found what it is",),
            shows="None waits longer than two weeks", owner=leila, due=date(2027, 12, 17),
        ),
        Decision(
            part="measured", choice="change", what=("Speak with whoever has not read the policy",),
            shows="Everybody who is asked has read the second version", owner=jonas, due=date(2028, 1, 14),
        ),
        Decision(
            part="audits", choice="change", what=("Plan the audits of what none has looked at yet",),
            shows="Each clause and control stands in an audit before the end of 2029", owner=leila,
            due=date(2028, 1, 31),
        ),
        Decision(
            part="improvements", choice="improvement", what=(LIST,),
            shows="Nobody writes one anew", owner=mira, due=date(2028, 3, 31),
        ),
        Decision(
            part="risks", choice="change", what=(SECOND,),
            shows="It answers as well on our questions", owner=jonas, due=date(2028, 2, 29),
        ),
    ]  # fmt: skip


def _of_risk(wish: DraftEntry, risk: str) -> DraftEntry:
    """The second model stands among what is done about that risk."""
    if wish.said.get("title") != SECOND:
        return wish
    refs = wish.said.get("refs")
    named = refs if isinstance(refs, tuple) else ()
    return wish.model_copy(update={"said": {**wish.said, "refs": (*named, risk)}})


def _told(paper: Inputs) -> str:
    """By the numbers of the paper that lay on the table."""
    flow, wrong, told = paper.figures.flow, paper.figures.incidents, paper.figures.management
    read = told.objectives[0] if told and told.objectives else None
    lines = (
        f"{flow.came_in} requests came in, and each was answered on its day.",
        f"Of {wrong.reported} incident one deadline was missed." if wrong else "",
        f"{paper.trend.unconfirmed} nonconformities that rules found wait for somebody to say what they are, "
        f"{paper.trend.unconfirmed_major} of them major.",
        "The audit found one thing, which is put right; most clauses and controls stood in none.",
        f"Of {read.whole} who were asked to read a version of the policy {read.part} said that they did."
        if read
        else "",
        "The risk of the one model of our search is critical, and nobody bears it.",
    )
    return " ".join(filter(None, lines))
