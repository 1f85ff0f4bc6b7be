"""What is said of an incident to whoever sees it: each clock, each step, and nothing of what they may not read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.drafting import step_words
from bot.markup import Mrkdwn, one_line
from bot.slack.scene import Voice
from bot.slack.screens.entrylook import Linked
from bot.words import Words
from triage.case import Case, DecisionKind
from triage.case import Status as UseStatus
from triage.desk import Desk
from triage.incidents.clocks import Running, clocks_of
from triage.incidents.ending import wanting
from triage.incidents.exposure import EXPOSURE, marks
from triage.incidents.incident import OVER, Incident, Status, Step
from triage.incidents.permissions import called, who_acts
from triage.incidents.relay import unanswered
from triage.incidents.rulebook import CLASSES
from triage.incidents.severity import legal, severity_of
from triage.running import BY_PEOPLE

SHOWN, FULL = 30, 3
"""Lines of its timeline; clocks of a reminder that are said in full."""
CLOCKS = "clocks_open"
FIRST_LAWS = ("ai_act", "gdpr")
UNDECIDED = frozenset(
    {UseStatus.under_reassessment, UseStatus.in_review, UseStatus.needs_info, UseStatus.blocked}
)
SETTLES = BY_PEOPLE | {DecisionKind.decline}
"""A use that was stopped waits in one of these for such a decision."""


@dataclass(frozen=True)
class Seen:
    """An incident as somebody sees it. `whole`: whether they may read all of it; a card is read by anybody there,
    and then `person` is nobody. `model`: the one that may be asked about it; "" for none."""

    incident: Incident
    case: Case | None
    desk: Desk
    voice: Voice
    whole: bool
    person: str = ""
    model: str = ""
    entries: tuple[Linked, ...] = ()
    """Nonconformities and ideas that came from it, for whoever may read them."""
    raises: bool = False
    """Whether this person may make it a nonconformity."""

    @property
    def words(self) -> Words:
        return self.voice.words


def facts_of(seen: Seen, step: str = "", clocks_told: Sequence[str] = ()) -> dict[str, object]:
    """What its templates are given; of what only its readers see nothing but references and terms."""
    incident, now, words = seen.incident, seen.incident.now, seen.words
    severity, hidden = severity_of(incident), not seen.whole
    clocks = clocks_of(incident, seen.case, seen.desk)
    waiting = [each for each in clocks if each.waits and incident.status not in OVER]
    certain = [each for each in waiting if each.certain]
    possible = [each for each in waiting if not each.certain]
    due_now = [each for each in waiting if each.id in clocks_told]
    shown = due_now if hidden else _in_full(due_now)
    action = next((each for each in now.actions if each.id == step), None)
    between = {"floor": _level(words, severity.floor), "ceiling": _level(words, severity.ceiling)}
    return {
        "ref": incident.ref,
        "kind": words.label(f"incident.kind.{now.kind.value}"),
        "status": words.label(f"incident.status.{now.status.value}"),
        "severity": words.label("incident.within", severity=between["floor"])
        if severity.settled
        else words.label("incident.between", **between),
        "so_far": words.label(
            "incident.within" if severity.settled else "incident.so_far", severity=between["floor"]
        ),
        "untouched": incident.status is Status.reported,
        "because": [
            words.label(f"incident.because.{rule}")
            for rule in severity.because
            if rule != "recorded" or len(severity.because) == 1
        ],
        "use": _use(seen),
        "marks": []
        if hidden
        else [words.label(f"incident.choice.{EXPOSURE}.{each}") for each in marks(incident)],
        "happening": bool(now.answers.get("happening") and "yes" in now.answers["happening"].picked),
        "coordinator": _who(seen, now.coordinator) if now.coordinator else "",
        "over": incident.status in OVER,
        "rejected": incident.status is Status.rejected,
        "closed_to_others": hidden,
        "words": action.words if action else "" if hidden else now.words or now.message,
        "called": [_who(seen, one) for one in called(incident, seen.desk)],
        "unnamed": now.anonymous,
        "unanswered": unanswered(incident),
        "from_outside": now.from_outside,
        "answered_by": _who(seen, now.answered.by) if now.answered else "",
        "answered_at": now.answered.when if now.answered else None,
        "wrote": "" if hidden else next((e.words for e in reversed(now.relayed) if e.way == "wrote"), ""),
        "due": words.day(action.due) if action else "",
        "reporter": _who(seen, now.reporter) if now.reporter else words.label("incident.somebody"),
        "certain": [_clock(seen, each) for each in certain],
        "possible": _by_law(seen, possible),
        "every": [_clock(seen, each) for each in possible],
        "due_now": [_clock(seen, each) for each in shown],
        "rest": len(due_now) - len(shown),
        "triaged": now.triaged,
        "next": _clock(seen, first) if (first := _first(certain or possible)) else None,
        "others": len(certain) - 1,
        "may": len(possible),
        "next_step": _next_step(seen),
        "may_end": _may_end(words, possible),
        "settled": [_settled(seen, each) for each in clocks if each.settled is not None],
        "classes": [
            (
                words.label(f"incident.class.{id}"),
                words.label(f"incident.class_is.{legal(incident, id).value}"),
            )
            for id in CLASSES
        ],
        "suspended": _suspended(seen),
        "contained": words.label(f"incident.how.{now.contained}") if now.contained else "",
        "actions": [] if hidden else [_action(seen, each) for each in now.actions],
        "ended_by": _who(seen, now.ended_by) if now.ended_by else "",
        "ended_why": "" if hidden else now.ended_why,
        "lessons": "" if hidden else now.lessons,
        "timeline": [] if hidden else [_line(seen, each) for each in incident.steps[-SHOWN:]],
    }


def _first(waiting: Sequence[Running]) -> Running | None:
    """The one that ends first; one whose term has to be looked up after all others."""
    dated = [each for each in waiting if each.due is not None]
    return min(dated, key=lambda each: (each.due, not each.certain), default=next(iter(waiting), None))


def _next_step(seen: Seen) -> str:
    """What stands between it and its end, besides its clocks, which are told by themselves."""
    if seen.incident.status in OVER:
        return ""
    missing = wanting(seen.incident, seen.case, seen.desk)
    first = next((each for each in missing if each != CLOCKS), "" if missing else "close")
    return seen.words.label(f"incident.next.{first}") if first else ""


def _in_full(due_now: Sequence[Running]) -> Sequence[Running]:
    """What is certain, so far as it fits a phone; else only what ends first. Details has the rest."""
    certain = [each for each in due_now if each.certain]
    first = _first(due_now)
    return certain[:FULL] or ([first] if first is not None else [])


def _suspended(seen: Seen) -> Mapping[str, object]:
    """How its use stands since it was stopped; what became of it only for whoever may read that."""
    if not seen.incident.now.suspended or seen.case is None:
        return {}
    known = seen.words.line(f"status.{seen.case.status.value}") if seen.whole else ""
    stopped = max(step.at for step in seen.incident.steps if step.kind == "suspend")
    decided = any(made.at > stopped and made.kind in SETTLES for made in seen.case.decisions)
    return {"still": seen.case.status in UNDECIDED and not decided, "status": known}


def _level(words: Words, level: str) -> str:
    return words.label(f"incident.severity.{level}")


def _use(seen: Seen) -> str:
    """Of a confidential one its reference alone."""
    case = seen.case
    if case is None:
        return ""
    title = one_line(case.title or case.tool_name)
    return f"{title} ({case.ref})" if seen.whole else case.ref or ""


def _who(seen: Seen, person: str) -> Mrkdwn:
    return seen.voice.mention(person)


def _clock(seen: Seen, each: Running) -> Mapping[str, object]:
    words, clock = seen.words, each.clock
    people = who_acts(clock.role, seen.desk)
    who = (
        words.listed((_who(seen, one) for one in people[:3]), "or")
        if people
        else words.line(f"role.{clock.role}")
    )
    return {
        "name": words.label(f"clock.{clock.id}"),
        "basis": clock.source,
        "who": who,
        "what": words.label(f"clock_do.{clock.id}"),
        "missed": each.state == "missed",
        "at_once": each.at_once,
        "starts": each.starts,
        "due": each.due,
        "binding": each.binding,
        "certain": each.certain,
        "since": words.day(clock.since),
    }


def _by_law(seen: Seen, possible: Sequence[Running]) -> list[Mapping[str, object]]:
    """What is not excluded, each law once; those that bind only some organisations stand together, at the end."""
    found: list[Mapping[str, object]] = []
    for several in ([FIRST_LAWS[0]], [FIRST_LAWS[1]], None):
        of_it = [
            e for e in possible if (e.clock.law in several if several else e.clock.law not in FIRST_LAWS)
        ]
        laws = sorted({seen.words.label(f"clock_law.{each.clock.law}") for each in of_it})
        dues = [each.due for each in of_it if each.due is not None and not each.at_once]
        if of_it:
            found.append(
                {
                    "name": ", ".join(laws),
                    "at_once": any(each.at_once for each in of_it),
                    "due": min(dues, default=None),
                    "missed": any(each.state == "missed" for each in of_it),
                }
            )
    return found


def _may_end(words: Words, possible: Sequence[Running]) -> str:
    """The question that most of them wait for."""
    asked = [question for each in possible for question in each.open]
    return words.label(f"incident.ask.{max(set(asked), key=asked.count)}") if asked else ""


def _settled(seen: Seen, each: Running) -> Mapping[str, object]:
    made = each.settled
    assert made is not None
    return {
        "name": seen.words.label(f"clock.{each.id}"),
        "state": each.state,
        "by": _who(seen, made.by),
        "role": seen.words.line(f"role_name.{made.role}"),
        "when": made.when or made.at,
        "reason": made.reason if seen.whole else "",
    }


def _action(seen: Seen, each: Any) -> Mapping[str, object]:
    found = seen.words.label(f"incident.found.{each.effective}") if each.effective else ""
    return {
        "words": each.words,
        "owner": _who(seen, each.owner),
        "due": seen.words.day(each.due),
        "done": each.done_at is not None,
        "effective": found,
    }


def _line(seen: Seen, step: Step) -> Mapping[str, object]:
    order = ("words", "message", "reason", "evidence", "lessons", "link")
    said = " | ".join(step.texts[name] for name in order if name in step.texts)
    by = _who(seen, step.by) if step.by else seen.words.label("incident.somebody")
    way = str(step.detail.get("relay", ""))
    what = f"incident.relay.{way}" if way and step.kind == "note" else step_words(step)
    return {"at": step.at, "by": by, "what": seen.words.label(what), "words": said}
