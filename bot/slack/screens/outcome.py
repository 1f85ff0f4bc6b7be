"""What became of a request, in the words that every copy of it shows."""

from __future__ import annotations

from collections.abc import Mapping

from bot.markup import Mrkdwn
from bot.slack import blocks as b
from bot.slack.ids import Action, Press, to_value
from bot.slack.message import Message, message
from bot.slack.scene import Scene
from bot.slack.screens.conditions import fulfil_button, stated
from bot.slack.screens.onward import after_yes, waits_for_pilot
from bot.slack.screens.patterns import said_yes
from bot.slack.screens.seated import signed_by
from triage.case import REFUSALS, Case, Decision, DecisionKind, Status
from triage.conditions import stopped_by
from triage.ended import ended_by
from triage.lifecycle import WAITING
from triage.running import has_to_stop, was_approved
from triage.seats import signer, yeses

DIGITS = 12
HALTED = {Status.withdrawn, Status.lapsed, Status.under_reassessment}
"""Of a digest, as everywhere where people read one."""


def decision_facts(scene: Scene) -> dict[str, object]:
    """The last decision, and the question that waits for an answer, if any.

    One that has run out, or was made before the use was opened again or withdrawn, is `former`.
    """
    case, decision = scene.case, scene.case.decision
    former = decision is not None and case.status in WAITING | HALTED
    signature = decision.signatures[0] if decision and decision.signatures else None
    under = decision.under if decision else None
    waiting = case.inquiry
    return {
        "decided": decision.kind.value if decision and not former else "",
        "former": former,
        "ended": ended_by(case, scene.desk.day),
        "withdrawn": case.status is Status.withdrawn,
        "lapsed": case.status is Status.lapsed,
        "unmet": _unmet(scene) if case.status in (Status.lapsed, Status.under_reassessment) else [],
        "declined": decision is not None and decision.kind in REFUSALS,
        "prohibited": decision is not None and decision.kind is DecisionKind.confirm_prohibited,
        "by": signed_by(scene.voice, decision) if decision and signature else "",
        "role": scene.words.line(f"role_name.{signature.role}") if signature else "",
        "at": decision.at if decision else None,
        "reason": decision.reason if decision else "",
        "pattern": under.name if under else "",
        "pattern_yes": said_yes(scene.voice, under.yes) if under else "",
        "also": [_yes(scene, *each) for each in _others(case)],
        "conditions": stated(scene) if decision else (),
        "first": waits_for_pilot(scene),
        "has_to_stop": has_to_stop(case),
        "approved_before": was_approved(case),
        "would_change": decision.would_change if decision else "",
        "ends": scene.words.day(decision.valid_until) if decision and decision.valid_until else "",
        "asked": waiting.question if waiting else "",
        "asked_by": scene.voice.mention(waiting.asked_by) if waiting else "",
        "requester": scene.voice.mention(case.requester),
        "ours": _ours(scene) if decision and not former else "",
    }


def _unmet(scene: Scene) -> list[tuple[str, str]]:
    """What stopped it and can be said to be met, each with its day."""
    found = (one for one in stopped_by(scene.case) if not one.handed_in)
    return [(one.text, scene.words.day(one.term.due)) for one in found if one.term.due]


def decided(scene: Scene, facts: Mapping[str, object]) -> Message:
    """Told to the requester in a new message: yes or no first, then why, then what happens next."""
    case = scene.case
    page = scene.words.page(
        "decided", title=case.title, tool=case.tool_name, ref=case.ref or "", **decision_facts(scene)
    )
    drawn = [block for part in ("head", "terms", "next") for block in b.sections(page[part])]
    if case.decision is not None and case.decision.kind in REFUSALS:
        drawn.append(b.actions([_ask_anew(scene)]))
    if button := fulfil_button(scene):
        drawn.append(b.actions([button]))
    return message(scene.words, page["text"], [*drawn, *after_yes(scene)])


def expiry(scene: Scene, facts: Mapping[str, object]) -> Message:
    """That an approval has ended. `facts`: decision."""
    case = scene.case
    made = next((d for d in case.decisions if d.id == facts.get("decision")), None)
    ends = scene.words.day(made.valid_until) if made and made.valid_until else ""
    page = scene.words.page("expiry", title=case.title, ref=case.ref or "", ends=ends)
    return message(scene.words, page["line"], b.sections(page["line"]))


def receipt(scene: Scene) -> b.Block | None:
    """For everyone in the thread: who, in which role, when, on which answers and rules, and how to check it."""
    case, words = scene.case, scene.words
    if (made := case.decision) is None or not (made.signatures or made.under):
        return None
    signed, under = made.signatures[0] if made.signatures else None, made.under
    page = words.page(
        "receipt",
        pattern=under.name if under else "",
        pattern_yes=said_yes(scene.voice, under.yes) if under else "",
        what=words.line(f"status.{case.status.value}"),
        by=signed_by(scene.voice, made) if signed else "",
        role=words.line(f"role_name.{signed.role}") if signed else "",
        at=made.at,
        yeses=[_yes(scene, each) for each in yeses(case)],
        facts=made.facts_digest[:DIGITS],
        policies=words.listed(_named(scene, policy) for policy in made.policies),
        ours=_ours(scene),
        ref=case.ref or "",
        discussed=scene.discussed,
    )
    return b.context(page["line"])


def _ours(scene: Scene) -> Mrkdwn:
    """The organisation's own policies that counted on the day of the decision."""
    told = ({"title": each.title, "number": each.number} for each in scene.published)
    return scene.words.listed(scene.words.line("aims.on_record", **each) for each in told)


def _others(case: Case) -> tuple[tuple[Decision, ...], ...]:
    """Whoever else said yes, each once, with all that they said it for."""
    last = signer(case.decision) if case.decision and case.decision.rests_on else ""
    by_person: dict[str, tuple[Decision, ...]] = {}
    for each in yeses(case):
        by_person[signer(each)] = (*by_person.get(signer(each), ()), each)
    return tuple(made for person, made in by_person.items() if person != last)


def _yes(scene: Scene, *made: Decision) -> Mapping[str, object]:
    signed, words = made[-1].signatures[-1], scene.words
    roles = dict.fromkeys(each.signatures[-1].role for each in made)
    return {
        "by": signed_by(scene.voice, made[-1]),
        "role": words.listed(words.line(f"role_name.{role}") for role in roles),
        "at": signed.at,
        "reason": made[-1].reason,
    }


def _named(scene: Scene, policy: str) -> str:
    """As a decision has it: name, version and digest; the version of rules of one's own is their digest."""
    name, version = [*policy.split(" "), ""][:2]
    title = next((known.title for known in scene.desk.book.policies if known.name == name), name)
    return f"{title} ({scene.words.label('version', version=version)})" if version else title


def _ask_anew(scene: Scene) -> b.Element:
    """As Home has it: a new request, with the tool if we know it."""
    press = Press(case="", choice=scene.case.tool_id or "")
    return b.button(Action.HOME_START, scene.words.label("button.ask_anew"), to_value(press))
