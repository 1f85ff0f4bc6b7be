"""An incident as it is shown: its card with each clock, the whole of it, and what one person is told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.markup import Mrkdwn, one_line
from bot.slack import blocks as b
from bot.slack.ids import Action, Press, View, to_block_id, to_value
from bot.slack.message import Message, message, modal
from bot.slack.scene import Voice
from bot.slack.screens.consulted import consult_button
from bot.words import Page, Words
from triage.case import Case
from triage.desk import Desk
from triage.incidents.clocks import Running, clocks_of
from triage.incidents.incident import OVER, Incident, Status, Step
from triage.incidents.outcome import About
from triage.incidents.permissions import called, who_acts
from triage.incidents.relay import unanswered
from triage.incidents.rulebook import CLASSES
from triage.incidents.severity import legal, severity_of

SHOWN = 30
OFFERED = {
    About.action: "do_action",
    About.closed: "reopen",
    About.rejected: "reopen",
    About.owner: "contain",
    About.clocks: "settle_clock",
    About.wrote_on: "ask_back",
}
"""The button below what one person is told."""
FIRST_LAWS = ("ai_act", "gdpr")
FIRST = ("take_up", "assess", "contain")
"""Buttons of a card, as long as it is open; the rest stands in its menu."""
MENU = (
    *("suspend", "name_use", "serious", "breach", "settle_clock", "note", "cause", "add_action"),
    *("do_action", "check_action", "noted_told", "close", "reject"),
)


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

    @property
    def words(self) -> Words:
        return self.voice.words


def card(seen: Seen) -> Message:
    page = _page(seen)
    text = page["card"]
    return message(
        seen.words, text, [*b.sections(text), *_parts(page, "clocks", "done"), *_buttons(seen, details=True)]
    )


def told(seen: Seen, about: About, step: str = "", clocks: Sequence[str] = ()) -> Message:
    """What one person is told; the step names the action it is about."""
    if about is About.card:
        return card(seen)
    page = _page(seen, step, clocks)
    text = page[about.value]
    wish = OFFERED.get(about, "")
    row = [_do(seen, wish, Press(case=seen.incident.id, choice=wish), 0)] if wish else []
    row += [_details(seen)] if row and wish != "reopen" and seen.whole else []
    return message(seen.words, text, [*b.sections(text), b.actions(row) if row else None])


def whole(seen: Seen) -> dict[str, Any]:
    page = _page(seen)
    drawn = [
        *b.sections(page["card"]),
        *_parts(page, "clocks", "every", "done", "timeline"),
        *_buttons(seen, details=False),
    ]
    return modal(seen.words, View.INCIDENT, seen.incident.ref, drawn)


def show(seen: Seen) -> Message:
    page = _page(seen)
    text = page["card"]
    drawn = [
        *b.sections(text),
        *_parts(page, "clocks", "every", "done", "timeline"),
        *_buttons(seen, details=False),
    ]
    return message(seen.words, text, drawn)


def _parts(page: Page, *names: str) -> Iterator[b.Block]:
    for name in names:
        yield from b.sections(page[name])


def _buttons(seen: Seen, *, details: bool) -> list[b.Block]:
    id, words = seen.incident.id, seen.words
    if seen.incident.status in OVER:
        row = [_do(seen, "reopen", Press(case=id, choice="reopen"), 0)]
        return [b.actions([*row, *([_details(seen)] if details else [])])]
    wishes = [wish for wish in FIRST if wish != "take_up" or not seen.incident.now.coordinator]
    row = [_do(seen, wish, Press(case=id, choice=wish), number) for number, wish in enumerate(wishes)]
    menu_wishes = (*(["ask_back"] if seen.incident.now.anonymous else []), *MENU)
    options = [b.option(words.label(f"incident.do.{wish}"), wish) for wish in menu_wishes]
    asks = [consult_button(words, id, "incident")] if seen.model else []
    menu = b.select(Action.INCIDENT_MORE, words.label("placeholder.incident_more"), options)
    return [
        b.actions([*row, *([_details(seen)] if details else []), *asks]),
        b.actions([menu], block_id=to_block_id("incident", Press(case=id))),
    ]


def _do(seen: Seen, wish: str, press: Press, number: int) -> b.Element:
    label = seen.words.label(f"incident.do.{wish}")
    return b.button(Action.INCIDENT_DO, label, to_value(press), number=number)


def _details(seen: Seen) -> b.Element:
    press = Press(case=seen.incident.id)
    return b.button(Action.INCIDENT_SHOW, seen.words.label("button.details"), to_value(press))


# -- what is said


def _page(seen: Seen, step: str = "", clocks_told: Sequence[str] = ()) -> Page:
    incident, now, words = seen.incident, seen.incident.now, seen.words
    severity = severity_of(incident)
    clocks = clocks_of(incident, seen.case, seen.desk)
    waiting = [each for each in clocks if each.waits and incident.status not in OVER]
    certain = [each for each in waiting if each.certain]
    possible = [each for each in waiting if not each.certain]
    action = next((each for each in now.actions if each.id == step), None)
    between = {"floor": _level(words, severity.floor), "ceiling": _level(words, severity.ceiling)}
    hidden = not seen.whole
    return words.page(
        "incident",
        ref=incident.ref,
        kind=words.label(f"incident.kind.{now.kind.value}"),
        status=words.label(f"incident.status.{now.status.value}"),
        severity=words.label("incident.within", severity=between["floor"])
        if severity.settled
        else words.label("incident.between", **between),
        because=[
            words.label(f"incident.because.{rule}")
            for rule in severity.because
            if rule != "recorded" or len(severity.because) == 1
        ],
        use=_use(seen),
        happening=bool(now.answers.get("happening") and "yes" in now.answers["happening"].picked),
        coordinator=_who(seen, now.coordinator) if now.coordinator else "",
        over=incident.status in OVER,
        rejected=incident.status is Status.rejected,
        closed_to_others=hidden,
        words=action.words if action else "" if hidden else now.words or now.message,
        called=[_who(seen, one) for one in called(incident, seen.desk)],
        unnamed=now.anonymous,
        unanswered=unanswered(incident),
        wrote="" if hidden else next((e.words for e in reversed(now.relayed) if e.way == "wrote"), ""),
        due=words.day(action.due) if action else "",
        reporter=_who(seen, now.reporter) if now.reporter else words.label("incident.somebody"),
        certain=[_clock(seen, each) for each in certain],
        possible=_by_law(seen, possible),
        every=[_clock(seen, each) for each in possible],
        due_now=[_clock(seen, each) for each in waiting if each.id in clocks_told],
        may_end=_may_end(words, possible),
        settled=[_settled(seen, each) for each in clocks if each.settled is not None],
        classes=[
            (
                words.label(f"incident.class.{id}"),
                words.label(f"incident.class_is.{legal(incident, id).value}"),
            )
            for id in CLASSES
        ],
        suspended=now.suspended,
        contained=words.label(f"incident.how.{now.contained}") if now.contained else "",
        actions=[] if hidden else [_action(seen, each) for each in now.actions],
        ended_by=_who(seen, now.ended_by) if now.ended_by else "",
        ended_why="" if hidden else now.ended_why,
        lessons="" if hidden else now.lessons,
        timeline=[] if hidden else [_line(seen, each) for each in incident.steps[-SHOWN:]],
    )


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
    what = f"incident.relay.{way}" if way and step.kind == "note" else f"incident.step.{step.kind}"
    return {"at": step.at, "by": by, "what": seen.words.label(what), "words": said}


def reported_note(words: Words, ref: str) -> Mrkdwn:
    return words.page("incident", ref=ref)["reported"]
