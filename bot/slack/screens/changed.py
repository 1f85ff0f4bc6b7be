"""What is different about a use since it was approved: asked in a window, shown before it counts, told to everybody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bot.slack import blocks as b
from bot.slack.ids import Action, Press, View, to_value
from bot.slack.message import Message, message, modal
from bot.slack.scene import Scene
from bot.slack.screens.answers import name, said
from bot.slack.screens.form import field_of
from bot.slack.screens.seated import decider_facts
from bot.slack.screens.verdicts import due, tier, until_then
from bot.words import Page
from intake.answers import NOT_ASKED, Answer, State
from intake.condition import View as Sight
from triage.changing import may_change
from triage.covering import Cover, changed

LONGEST = 160


def change_button(scene: Scene) -> b.Element | None:
    """For those whose use it is."""
    case = scene.case
    if not may_change(case, scene.reader):
        return None
    return b.button(Action.CHANGE, scene.words.label("button.change"), to_value(Press(case=case.id)))


def change_view(scene: Scene, about: str, *, only: str = "") -> dict[str, Any]:
    """What was answered, and what else is asked of it for sure; nothing counts before its difference was shown.

    `only`: one question, alone.
    """
    case, desk, words = scene.case, scene.desk, scene.words
    sight = Sight(desk.form.gates, case.answers, desk.settings(case))
    drawn: list[b.Block | None] = [b.section(words.line("changing.intro", title=case.title))]
    moved = {"stage"} if case.stage_moves else set()  # it moves through gates, not by saying so
    for page in desk.form.pages:
        asked = [
            each
            for each in page.questions
            if each.id not in moved
            and only in ("", each.id)
            and (
                each.id in case.answers
                or (not each.claim and not each.after and sight.shown(each.id) is True)
            )
        ]
        if asked:
            drawn += [b.header(words.label(f"form.page.{page.id}")), *(field_of(scene, q) for q in asked)]
    submit = words.label("submit.change")
    return modal(words, View.CHANGE, words.label("modal.change"), drawn, submit=submit, about=about)


def changed_view(scene: Scene, was: Mapping[str, Answer], cover: Cover, about: str) -> dict[str, Any]:
    """`scene` shows the use as it would be; `was` are the answers that are replaced."""
    words = scene.words
    page = differing(scene, was, cover.effect.value)
    drawn = [*b.sections(page["differs"]), *b.sections(page["follows"])]
    submit = words.label(f"submit.change_{cover.effect.value}")
    return modal(words, View.CHANGED, words.label("modal.change"), drawn, submit=submit, about=about)


def differing(scene: Scene, was: Mapping[str, Answer], effect: str) -> Page:
    """What is different, and what follows; `scene` shows the use as it would be."""
    questions = [q for q in scene.case.answers if scene.case.answers[q] != was.get(q, NOT_ASKED)]
    return _page(scene, effect, questions, was)


def told_change(scene: Scene, facts: Mapping[str, object]) -> Message:
    """In the thread of whoever asked. `facts`: effect, questions, by."""
    page = _page(scene, str(facts.get("effect")), _questions(facts), scene.approved, by=str(facts.get("by")))
    drawn = [block for part in ("head", "differs", "follows") for block in b.sections(page[part])]
    return message(scene.words, page["text"], drawn)


def change_note(scene: Scene, facts: Mapping[str, object]) -> Message:
    """The same below the card."""
    page = _page(scene, str(facts.get("effect")), _questions(facts), scene.approved, by=str(facts.get("by")))
    text = page["note"]
    return message(scene.words, text, [*b.sections(text), *b.sections(page["differs"])])


def since_approval(scene: Scene) -> list[tuple[str, object, object]]:
    """By name: what was answered when it was approved, and what is answered now."""
    case = scene.case
    questions = changed(scene.desk.form, scene.approved, case.answers) if scene.approved else {}
    return list(_rows(scene, questions, scene.approved))


def _page(
    scene: Scene, effect: str, questions: Iterable[str], was: Mapping[str, Answer], *, by: str = ""
) -> Page:
    decision = scene.case.decision
    return scene.words.page(
        "changed",
        effect=effect,
        title=scene.case.title,
        ref=scene.case.ref or "",
        rows=list(_rows(scene, questions, was)),
        own=by == scene.reader,
        by=scene.voice.mention(by) if by else "",
        conditions=decision.conditions if decision else (),
        tier=tier(scene),
        **decider_facts(scene),
        due=due(scene),
        until=until_then(scene),
    )


def _rows(
    scene: Scene, questions: Iterable[str], was: Mapping[str, Answer]
) -> Iterable[tuple[str, object, object]]:
    for question in questions:
        before, now = was.get(question, NOT_ASKED), scene.case.answers.get(question, NOT_ASKED)
        if {before.state, now.state} != {State.not_asked}:
            here, there = (said(scene, question, answer, LONGEST) for answer in (now, before))
            yield name(scene, question), there, here


def _questions(facts: Mapping[str, object]) -> tuple[str, ...]:
    given = facts.get("questions", ())
    return tuple(map(str, given)) if isinstance(given, tuple | list) else ()
