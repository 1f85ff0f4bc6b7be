"""A review: last time's answers to confirm or change, what follows from it, what a second reader sees, what is told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.markup import Mrkdwn, cut, one_line
from bot.slack import blocks as b
from bot.slack.fields import Field
from bot.slack.ids import Action, Input, Press, View, numbered, to_value
from bot.slack.message import Message, message, modal
from bot.slack.scene import Scene
from bot.slack.screens.answers import name, picked
from bot.slack.screens.changed import differing
from bot.slack.screens.form import field_of
from bot.slack.screens.reviewpage import review_page
from intake.answers import NOT_ASKED, Answer, State
from triage.covering import Cover
from triage.reviewed import SAMPLED, ReviewStep
from triage.reviewing import answerers, asks_sample, in_one_press, lasting, seen_of, to_confirm
from triage.reviews import Review, open_review, review_named
from triage.secondreader import may_read

ABOUT = "review_"
SAME, CHANGED, KEPT, BROKEN = "same", "changed", "kept", "broken"
ENDS = ("suspend", "retire")
LONGEST, ANSWER, CONDITION = 1000, 110, 140


def review_button(scene: Scene) -> b.Element | None:
    """For whoever is asked, or may read what was said; the value of the case is all it carries."""
    review = open_review(scene.case)
    if review is None or not scene.reader:
        return None
    mine = review.state == "open" and scene.reader in answerers(scene.case, scene.desk)
    if not mine and not may_read(scene.case, scene.reader, scene.desk):
        return None
    return _button(scene, "review" if mine else "read_review")


def _button(scene: Scene, label: str, style: str = "primary") -> b.Element:
    words, title = scene.words, cut(one_line(scene.case.title or scene.case.tool_name), 120)
    said_aloud = words.label("spoken.act", act=words.label(f"button.{label}"), what=title)
    value = to_value(Press(case=scene.case.id))
    return b.button(Action.REVIEW, words.label(f"button.{label}"), value, style=style, spoken=said_aloud)


def review_ask(scene: Scene) -> tuple[Mrkdwn, list[b.Element]]:
    """One line about the open review, and what its owner can press: wherever it is asked for."""
    review = open_review(scene.case)
    if review is None:
        return Mrkdwn(""), []
    text = review_page(scene, review, {})["ask"]
    if review.state == "second":
        return text, []
    one = in_one_press(scene.case, review, scene.desk)
    if not one:
        return text, [_button(scene, "review")]
    press = Press(case=scene.case.id, question=one, choice=seen_of(scene.case, review, one))
    same = b.button(
        Action.REVIEW_SAME, scene.words.label("button.review_same"), to_value(press), style="primary"
    )
    return text, [same, _button(scene, "review_changed", "")]


def review_view(scene: Scene, review: Review) -> dict[str, Any]:
    """Each fact with its last answer; nothing is chosen beforehand."""
    words, case = scene.words, scene.case
    page = review_page(scene, review, {})
    drawn: list[b.Block | None] = [*b.sections(page["window"])]
    ways = [b.option(words.label(f"review.{each}"), each) for each in (SAME, CHANGED)]
    for question in to_confirm(case, review, scene.desk):
        label = f"{name(scene, question)}: {_plainly(scene, question)}"
        drawn.append(b.field(question, label, b.radio(Input.VALUE, ways)))
    held = [b.option(words.label(f"review.{each}"), each) for each in (KEPT, BROKEN)]
    for one in lasting(case):
        label = words.label("review.condition", text=cut(one_line(one.text), CONDITION))
        drawn.append(b.field(numbered(Field.CONDITION, one.number), label, b.radio(Input.VALUE, held)))
    if asks_sample(case, review):
        options = [b.option(words.label(f"review.sample.{each}"), each) for each in SAMPLED]
        drawn.append(b.field(Field.SAMPLE, words.label("field.sample"), b.radio(Input.VALUE, options)))
    ends = [b.option(words.label(f"review.{each}"), each) for each in ENDS]
    drawn += [
        b.divider(),
        b.field(
            Field.ENDS,
            words.label("field.ends"),
            b.several(Input.VALUE, "", ends),
            hint=words.label("field.ends_hint"),
            optional=True,
        ),
        b.field(Field.WORDS, words.label("field.review_words"), b.typed(longest=LONGEST), optional=True),
    ]
    about = f"{case.id}|{case.version}|{review.id}"
    submit = words.label("submit.review")
    return modal(words, View.REVIEW, words.label("modal.review"), drawn, submit=submit, about=about)


def review_facts_view(
    scene: Scene, review: Review, questions: tuple[str, ...], follow: tuple[str, ...], about: str
) -> dict[str, Any]:
    """The fields of what is different; `follow`: what nobody had to answer before, and now follows from it."""
    words, form, page = scene.words, scene.desk.form, review_page(scene, review, {})
    drawn: list[b.Block | None] = [*b.sections(page["follows_window" if follow else "facts_window"])]
    drawn += [field_of(scene, form.by_id[q]) for q in questions]
    drawn += [field_of(scene, form.by_id[q]) | {"optional": True} for q in follow]
    submit, title = words.label("submit.change"), words.label("modal.review")
    return modal(words, View.REVIEW_FACTS, title, drawn, submit=submit, about=about)


def review_shown_view(
    scene: Scene, review: Review, was: Mapping[str, Answer], cover: Cover, about: str
) -> dict[str, Any]:
    """`scene` shows the use as it would be; `was` are the answers that are replaced."""
    words, effect = scene.words, cover.effect.value
    gone = {int(each.removeprefix("condition:")) for each in cover.more if each.startswith("condition:")}
    broken = tuple(one.text for one in lasting(scene.case) if one.number in gone)
    page = review_page(scene, review, {"broken": broken, "rules": "rules" in cover.more})
    changes = differing(scene, was, effect)
    parts = (
        [changes["differs"]] if any(scene.case.answers[q] != was.get(q) for q in scene.case.answers) else []
    )
    drawn = [block for part in (*parts, page["broken"], changes["follows"]) for block in b.sections(part)]
    submit = words.label(f"submit.change_{effect}")
    return modal(words, View.REVIEW_SHOWN, words.label("modal.review"), drawn, submit=submit, about=about)


def told_review(scene: Scene, facts: Mapping[str, object]) -> Message:
    """`facts`: about (done, again, agreed, returned, stopped), step."""
    step = _step(scene, facts)
    review = review_named(scene.case, step.review) if step else None
    if step is None or review is None:
        return message(scene.words, scene.words.line("cut"))
    text = review_page(scene, review, {**facts, "step": step.id})["line"]
    returned = facts.get("about") == "returned" and review.returned is step
    row = [b.actions([_button(scene, "review")])] if returned else []
    return message(scene.words, text, [*b.sections(text), *row])


def review_note(scene: Scene, facts: Mapping[str, object]) -> Message:
    """Below the card: what was said, for a second reader; and that it was stopped."""
    step = _step(scene, facts)
    review = review_named(scene.case, step.review) if step else None
    if step is None or review is None:
        return message(scene.words, scene.words.line("cut"))
    about = str(facts["about"]).removeprefix(ABOUT)
    text = review_page(scene, review, {**facts, "about": about})["note"]
    waits = review.state == "second" and review.answer is step and scene.case.in_use
    row = [b.actions([_button(scene, "read_review")])] if waits and about != "stopped" else []
    return message(scene.words, text, [*b.sections(text), *row])


def on_card(scene: Scene) -> list[b.Block]:
    """How the open one stands."""
    review = open_review(scene.case)
    if review is None or not scene.case.in_use:
        return []
    text = review_page(scene, review, {})["card"]
    row = [b.actions([_button(scene, "read_review")])] if review.state == "second" else []
    return [*b.sections(text), *row]


def next_line(scene: Scene) -> Mrkdwn:
    """When it is looked at next, or that it is just now."""
    case, words = scene.case, scene.words
    review = open_review(case)
    if review is not None:
        return words.line("review.now", day=words.day(review.due), ref=review.ref)
    if case.next_review_on is None or not case.in_use:
        return Mrkdwn("")
    return words.line("review.next", day=words.day(case.next_review_on))


def _plainly(scene: Scene, question: str) -> str:
    """Its last answer, for a label."""
    answer = scene.case.answers.get(question, NOT_ASKED)
    parts = [one_line(str(picked(scene, question, choice))) for choice in answer.picked]
    if answer.state is State.unsure:
        parts.append(scene.words.label("review.unsure"))
    if answer.state is State.not_applicable:
        parts.append(scene.words.label("review.not_applicable"))
    return cut("; ".join(parts), ANSWER)


def _step(scene: Scene, facts: Mapping[str, object]) -> ReviewStep | None:
    return next((each for each in scene.case.review_steps if each.id == facts.get("step")), None)
