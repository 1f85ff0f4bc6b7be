"""What goes to a role that can settle an open question: in the card's thread, answered by pressing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.markup import Mrkdwn
from bot.slack import blocks as b
from bot.slack.abouts import About, to_about
from bot.slack.ids import Action, Press, View, to_value
from bot.slack.message import Message, message, modal
from bot.slack.scene import Scene
from bot.slack.screens import choices as c
from bot.slack.screens.answers import ask_alone, label, name, question_of, said
from bot.slack.screens.form import field_of
from bot.slack.screens.gaps import before_it, role_title, who_said
from intake.form import Question
from triage.case import Referral
from triage.referring import still_able

NAMED = 8
"""So many people are mentioned by name; a role with more is best held by a user group."""


def referral(scene: Scene, facts: Mapping[str, object]) -> Message:
    """`facts`: number. What waits with its buttons, what was answered with who said it."""
    number = int(str(facts["number"]))
    asked = _asked(scene, number)
    waiting = [r for r in asked if r.open]
    page = scene.words.page(
        "referral",
        waiting=len(waiting),
        asks=[ask_alone(scene, r.question) for r in waiting],
        **_about(scene, asked),
    )
    drawn: list[b.Block | None] = [b.section(page["head"])]
    drawn += [b.section(_row(scene, r)) for r in asked]
    if waiting:
        drawn.append(b.actions(_buttons(scene, number, waiting)))
        drawn.append(b.context(page["after"]))
    return message(scene.words, page["text"], drawn)


def _about(scene: Scene, asked: list[Referral]) -> dict[str, object]:
    first, case = asked[0], scene.case
    before = before_it(scene, first)
    instead_of = dict.fromkeys(role_title(scene, r.instead_of) for r in asked if r.instead_of)
    return {
        "summons": _summons(scene, first.role, asked),
        "role": role_title(scene, first.role),
        "instead_of": scene.words.listed(instead_of, "or"),
        "before": who_said(scene, before) if before and before.key != first.key else "",
        "requester": scene.voice.mention(case.requester),
        "handed_over": case.handed_over,
        "title": case.title,
        "ref": case.ref or "",
    }


def summoned(scene: Scene, number: int) -> Mrkdwn:
    """Who is called by its message; nobody any more once all of it is answered."""
    asked = _asked(scene, number)
    return _summons(scene, asked[0].role, asked) if any(r.open for r in asked) else Mrkdwn("")


def _summons(scene: Scene, role: str, asked: list[Referral]) -> Mrkdwn:
    """Groups as groups, everybody else by name; never whoever's own use it is, nor who does not know."""
    groups = scene.voice.groups(role)
    in_groups = {person for _, members in groups for person in members}
    waiting = [r.question for r in asked if r.open]
    people = [p for p in still_able(scene.case, role, waiting, scene.desk) if p not in in_groups]
    return Mrkdwn(" ".join([*(mention for mention, _ in groups), *map(scene.voice.mention, people[:NAMED])]))


def _row(scene: Scene, asked: Referral) -> Mrkdwn:
    """One question with its examples out of the way, or what became of it."""
    known = question_of(scene, asked.question)
    fact = scene.case.facts.get(asked.question)
    page = scene.words.page(
        "referred",
        ask=ask_alone(scene, asked.question),
        help=scene.desk.wording.help(asked.question) if known else "",
        state=asked.state,
        what=name(scene, asked.question),
        value=said(scene, asked.question) if fact else "",
        by=who_said(scene, asked),
    )
    return page["line"]


def _buttons(scene: Scene, number: int, waiting: list[Referral]) -> list[b.Element]:
    """A single short question is one press; everything else is a window with all that waits."""
    words, value = scene.words, to_value(Press(case=scene.case.id, turn=number))
    row = _choices(scene, number, waiting[0].question) if len(waiting) == 1 else []
    if not row:
        row = [b.button(Action.REPLY_WINDOW, words.label("button.answer"), value, style="primary")]
    unsure = words.label("button.reply_unsure")
    why = words.label("button.why")
    return [*row, b.button(Action.REPLY_UNSURE, unsure, value), b.button(Action.REPLY_WHY, why, value)]


def _choices(scene: Scene, number: int, question: str) -> list[b.Element]:
    known = question_of(scene, question)
    if known is None:
        return []
    offered = c.offered(scene, known)
    if not c.as_buttons(scene, known, offered):
        return []
    press = Press(case=scene.case.id, turn=number, question=question)
    return [
        b.button(
            Action.REPLY, label(scene, question, choice), to_value(press._replace(choice=choice)), number=n
        )
        for n, choice in enumerate(offered, 1)
    ]


def reply_view(scene: Scene, number: int) -> dict[str, Any]:
    """One field for each question that waits; what somebody does not know stays empty."""
    words = scene.words
    drawn: list[b.Block | None] = [b.section(_window_head(scene))]
    drawn += [field_of(scene, known, fresh=True) for known in _waiting(scene, number)]
    about = to_about(About(scene.case.id, number))
    title, submit = words.label("modal.reply"), words.label("button.answer")
    return modal(words, View.REPLY, title, drawn, submit=submit, about=about)


def reply_why_view(scene: Scene, number: int) -> dict[str, Any]:
    """Why it is asked, with cases on both sides of the line."""
    words, wording = scene.words, scene.desk.wording
    drawn: list[b.Block | None] = []
    for known in _waiting(scene, number):
        page = words.page(
            "why",
            ask=ask_alone(scene, known.id),
            why=wording.why(known.id),
            examples=wording.examples(known.id),
            sources=(),
        )
        drawn.append(b.section(page["line"]))
    return modal(words, View.NOTE, words.label("modal.why"), drawn)


def _window_head(scene: Scene) -> Mrkdwn:
    case = scene.case
    purpose = case.answers.get("purpose")
    page = scene.words.page(
        "replying",
        title=case.title,
        ref=case.ref or "",
        requester=scene.voice.mention(case.requester),
        purpose=purpose.text if purpose else case.words,
    )
    return page["line"]


def _waiting(scene: Scene, number: int) -> list[Question]:
    waiting = [r.question for r in _asked(scene, number) if r.open]
    return [known for question in waiting if (known := question_of(scene, question))]


def _asked(scene: Scene, number: int) -> list[Referral]:
    """In the order of the form."""
    order = {question: place for place, question in enumerate(scene.desk.form.by_id)}
    asked = [r for r in scene.case.referrals if r.number == number]
    return sorted(asked, key=lambda r: order.get(r.question, len(order)))
