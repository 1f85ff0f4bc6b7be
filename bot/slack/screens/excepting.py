"""An exception that two people confirm: what was said of it, its buttons, and the windows in which it is said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.markup import Mrkdwn
from bot.slack import blocks as b
from bot.slack.abouts import Excepted, to_excepted
from bot.slack.fields import Field
from bot.slack.ids import Action, Input, Press, View, to_value
from bot.slack.message import Message, message, modal
from bot.slack.scene import Scene
from bot.slack.screens.answers import label, name, said
from bot.slack.screens.review import SHORT
from bot.slack.screens.summary import at_stake
from triage.case import Basis, Decision, DecisionKind
from triage.excepting import CONDITIONS, EXCLUSION, LEGAL, Offer, live, offer
from triage.signed import last_said

NOTES = frozenset({"annex_claim", "annex_rebuttal", "annex_objection", "exception_gone"})
"""What is told of it below the card."""


def exception(scene: Scene) -> list[b.Block]:
    """Who said what, as far as it counts; nothing where nobody did."""
    standing = live(scene.case, scene.desk)
    return b.sections(_said(scene, standing, "exception")) if standing else []


def exception_buttons(scene: Scene) -> list[b.Element]:
    """Whether this person may is asked when they press."""
    words, standing = scene.words, live(scene.case, scene.desk)
    if offer(scene.case, scene.desk) is None or (
        standing is not None and standing.kind is DecisionKind.annex_rebuttal
    ):
        return []
    value = to_value(Press(case=scene.case.id, choice=standing.id if standing else ""))
    if standing is None:
        return [b.button(Action.CLAIM_EXCEPTION, words.label("button.claim_exception"), value)]
    return [
        b.button(Action.CONFIRM_EXCEPTION, words.label("button.confirm_exception"), value),
        b.button(Action.OBJECT_EXCEPTION, words.label("button.object_exception"), value),
    ]


def exception_note(scene: Scene, facts: Mapping[str, object]) -> Message:
    """A line in the card's thread."""
    decision = next((d for d in scene.case.decisions if d.id == facts.get("exception")), None)
    if decision is None:
        raise ValueError("a note on an exception that nobody spoke of")
    because = str(facts.get("because", ""))
    text = _said(scene, decision, "exception_note", about=str(facts["about"]), gone_by=because)
    return message(scene.words, text, b.sections(text))


def claim_view(scene: Scene, offered: Offer, lost: str = "") -> dict[str, Any]:
    """`lost`: why what somebody else said before counts no more."""
    words = scene.words
    options = [b.option(_ground(scene, each), each) for each in offered.grounds]
    chosen = offered.grounds[0] if len(offered.grounds) == 1 else ""
    placeholder = words.label("placeholder.choose")
    menu = b.select(Input.VALUE, placeholder, options, chosen=chosen)
    former = last_said(scene.case) if lost else None
    fields = [
        *(
            b.sections(_said(scene, former, "exception_note", about="exception_gone", gone_by=lost))
            if former
            else ()
        ),
        b.field(Field.GROUND, words.label("field.ground"), menu),
        _reason(scene, "field.exception_reason"),
        b.context(words.line("exception.then")),
    ]
    about = Excepted(scene.case.id, scene.case.version)
    return _window(scene, View.CLAIM_EXCEPTION, offered.questions, fields, about)


def confirm_view(scene: Scene, claim: Decision, basis: Basis) -> dict[str, Any]:
    """What the first said stands above the field."""
    fields = [
        *b.sections(_said(scene, claim, "exception")),
        _reason(scene, "field.exception_more", needed=False),
    ]
    about = Excepted(scene.case.id, scene.case.version, claim.id)
    return _window(scene, View.CONFIRM_EXCEPTION, basis.questions, fields, about)


def object_view(scene: Scene, claim: Decision, basis: Basis) -> dict[str, Any]:
    fields = [*b.sections(_said(scene, claim, "exception")), _reason(scene, "field.objection")]
    about = Excepted(scene.case.id, scene.case.version, claim.id)
    return _window(scene, View.OBJECT_EXCEPTION, basis.questions, fields, about)


def _window(
    scene: Scene, view: View, questions: tuple[str, ...], fields: list[b.Block], about: Excepted
) -> dict[str, Any]:
    """Above the fields stands what it rests on."""
    words = scene.words
    rows = [(name(scene, q), said(scene, q, longest=600)) for q in _answered(scene, questions)]
    drawn = [
        at_stake(scene),
        *b.sections(words.page("excepting", rows=rows)["list"]),
        *fields,
    ]
    title, submit = words.label(f"modal.{view}"), words.label(f"submit.{view}")
    return modal(words, view, title, drawn, submit=submit, about=to_excepted(about))


def _answered(scene: Scene, questions: tuple[str, ...]) -> list[str]:
    """In the order of the form, without what does not apply any more."""
    ignored = scene.case.verdict.ignored if scene.case.verdict else ()
    known = scene.case.facts.keys() - set(ignored)
    return [q for q in scene.desk.form.by_id if q in questions and q in known]


def _reason(scene: Scene, label: str, *, needed: bool = True) -> b.Block:
    words = scene.words
    hint = words.label("field.exception_hint") if needed else ""
    return b.field(Field.REASON, words.label(label), b.typed(longest=SHORT), hint=hint, optional=not needed)


def _ground(scene: Scene, ground: str) -> str:
    """What the Act leaves out stands in the words of the form, where it was claimed."""
    if ground in CONDITIONS:
        return scene.words.label(f"ground.{ground}")
    return label(scene, EXCLUSION, ground)


def _said(scene: Scene, decision: Decision, page: str, **more: object) -> Mrkdwn:
    words, basis = scene.words, decision.basis
    if basis is None:
        raise ValueError("a decision about an exception that rests on nothing")
    claim = next((d for d in scene.case.decisions if d.id == basis.claim), decision)
    facts: dict[str, object] = {
        "people": [
            (scene.voice.mention(s.person), words.line(f"role_name.{s.role}")) for s in decision.signatures
        ],
        "first": scene.voice.mention(claim.signatures[0].person),
        "confirmed": decision.kind is DecisionKind.annex_rebuttal,
        "claimed": decision.kind is DecisionKind.annex_claim,
        "legal": all(s.role != LEGAL for s in decision.signatures),
        "outside": basis.ground not in CONDITIONS,
        "ground": _ground(scene, basis.ground),
        "reason": claim.reason,
        "added": decision.reason if decision is not claim else "",
        "at": decision.at,
    }
    return words.page(page, **facts | more)["line"]
