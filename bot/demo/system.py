"""The management system of the example organisation: set up with what docs show as an example, and kept for a year.

Some of it is left undone on purpose, since whoever audits it has to find gaps.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from bot.config import change
from bot.demo import acts
from bot.demo.play import HANA, JONAS, LEILA, MIRA, Play
from bot.demo.player import Stuck
from bot.entries.drafting import put_forward
from bot.entries.reading import read_entries
from bot.slack.payloads import Who
from bot.slack.process import Running
from intake.source import Faults, read_file
from store import aims
from triage.aims.entry import Entry, Said, entry_id
from triage.aims.kinds import kinds
from triage.aims.wishes import ActOnEntry, ApproveEntry, DraftEntry, OfEntries

FILE = Path(__file__).parents[1] / "examples" / "aims.yaml"
TEAM = "T0EXAMPLE"
OF_A_VIEW = 9
"""Signs after the first one in the id of a window of Slack."""
PROMPT = "Nobody waits longer than two days for an answer"
ACTION = "Say in the handbook which AI is in use"


def set_up(running: Running) -> None:
    """Leila, who leads, drafts all of it; Hana, the chief executive, says yes to what needs one."""
    faults, desk = Faults(), running.front.desk()
    top = read_file(FILE, faults)
    stated = read_entries(top, faults, desk, lambda said: _of_email(running, said)) if top is not None else []
    faults.stop_if_any()
    with running.office.store.write() as session:
        put = put_forward(session, stated, desk, person(running, LEILA))
    for each in put:
        if each.entry is not None:
            approve(running, each.entry)


def begin(play: Play) -> None:
    set_up(play.theatre.running)


ASSESSED = ("ai-impact", "dpia-screening", "fria-screening", "supplier")


def switch_on(running: Running) -> None:
    """What a yes to high risk waits for from now on, as Leila ticks it in the settings."""
    office = running.office
    wished, by = {"policies": list(ASSESSED)}, person(running, LEILA)
    change(office.store, wished, by=by, key="demo:policies", now=office.now())
    office.changed()


def take_on(play: Play) -> None:
    """An action against a gap."""
    said: dict[str, Said] = {
        "title": ACTION,
        "because": "Whoever is new learns of the policy, and not of what is in use.",
        "success": "Each unit finds what it uses in the handbook.",
        "points": ("A.8.2", "7.3"),
        "owner": person(play.theatre.running, JONAS),
        "due": "2027-02-26",
    }
    draft(play.theatre.running, LEILA, "action", said, "action")


def finish(play: Play) -> None:
    """A month late."""
    entry = titled(play, "action", ACTION)
    act(
        play.theatre.running,
        JONAS,
        entry,
        "done",
        evidence="A page for each unit, linked from its front page.",
    )


def check(play: Play) -> None:
    entry = titled(play, "action", ACTION)
    act(
        play.theatre.running,
        LEILA,
        entry,
        "effective",
        shows="One of each unit and somebody new were asked on 22 and 23 April: all five found what their unit uses.",
    )


ANEW = {"03": (1, 0), "06": (1, 0), "09": (2, 1)}
"""By month: how often the use that was stopped was decided anew, and how often of that in time. What was asked on the
first day was answered on it. What Jonas answers for is never measured."""


def measure(play: Play) -> None:
    """Counted since the first day; it never gets to what was aimed at."""
    first = sum(each["id"] not in play.without for each in acts.told()["uses"])
    decided, in_time = ANEW[f"{play.theatre.clock.moment():%m}"]
    value = f"{first + in_time} of {first + decided}"
    entry = titled(play, "objective", PROMPT)
    act(play.theatre.running, MIRA, entry, "measured", value=value, met="on_the_way")


def renew_policy(play: Play) -> None:
    """A second version in autumn; what was decided before keeps the first."""
    running = play.theatre.running
    with running.office.store.read() as session:
        entry = aims.load(session, entry_id(kinds()["policy"], "ai-policy", ""))
    if entry is None or entry.in_force is None:
        raise Stuck("There is no policy.")
    text = f"{entry.said('text')}\nWhat writes to a customer by itself says that it is a machine."
    said = {**entry.in_force.said, "text": text, "since": "2027-10-15"}
    approve(running, draft(running, LEILA, "policy", said, "policy", entry=entry))


def plan_certificate(play: Play) -> None:
    """For spring; stage 1 is agreed, the rest is expected. That risks are weighed by then is left undone."""
    said: dict[str, Said] = {
        "body": "Rheinmark Certification",
        "norm": "ISO/IEC 42001",
        "covers": "All AI that our teams use for their work.",
        "wished": "2028-04-15",
        "stage_1": "2028-01-19",
    }
    approve(play.theatre.running, draft(play.theatre.running, LEILA, "certification", said, "certification"))


def leave_waiting(play: Play) -> None:
    """Nobody says yes to it, or no."""
    said: dict[str, Said] = {
        "title": "Whoever is recorded on a call",
        "needs": ("To be told before it begins", "To have it deleted"),
    }
    draft(play.theatre.running, LEILA, "party", said, "party")


def draft(
    running: Running,
    user: str,
    kind: str,
    said: Mapping[str, Said],
    key: str,
    entry: Entry | None = None,
    name: str = "",
) -> Entry:
    """A version on top of `entry`, or the first one of a new entry; `name`: of a kind that has names."""
    known = {"entry": entry.id, "name": entry.name, "seen": len(entry.drafts)} if entry is not None else {}
    key = window(key)
    about = {
        "kind": kind,
        "key": key,
        "entry": entry_id(kinds()[kind], name, key),
        "name": name,
        "said": said,
    }
    return _does(running, DraftEntry.model_validate({"actor": person(running, user), **about, **known}))


def approve(running: Running, entry: Entry, user: str = HANA) -> None:
    if (waits := entry.proposed) is not None:
        key = window(f"yes:{entry.id}:{waits.number}")
        wish = ApproveEntry(actor=person(running, user), key=key, entry=entry.id, draft=waits.number)
        _does(running, wish)


def act(running: Running, user: str, entry: Entry, act: str, **said: Said) -> Entry:
    key = window(f"{act}:{entry.id}:{entry.version}")
    about = {"actor": person(running, user), "key": key, "entry": entry.id}
    return _does(
        running, ActOnEntry.model_validate({**about, "act": act, "said": said, "seen": entry.version})
    )


def window(words: str) -> str:
    """The id that Slack would give the window in which it was done, the same for the same words."""
    return f"V{sha256(words.encode()).hexdigest()[:OF_A_VIEW].upper()}"


def _does(running: Running, wish: OfEntries) -> Entry:
    desk = running.front.desk()
    with running.office.store.write() as session:
        return aims.carry_out(session, wish, desk)


def titled(play: Play, kind: str, title: str) -> Entry:
    """The one that counts."""
    with play.theatre.store.read() as session:
        found = [each for each in aims.of_kind(session, kind, "in_force") if each.title == title]
    if not found:
        raise Stuck(f"There is no {kind} {title!r}.")
    return found[0]


def person(running: Running, user: str) -> str:
    return running.directory.person(Who(TEAM, user))


def _of_email(running: Running, said: str) -> str | None:
    """The file names the cast by their addresses, each of which begins with the first name."""
    return person(running, f"U0{said.partition('.')[0].upper()}")
