"""What the second reader sees of a review, and what they can say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.slack import blocks as b
from bot.slack.fields import Field
from bot.slack.ids import Input, View
from bot.slack.message import modal
from bot.slack.scene import Scene
from bot.slack.screens.answers import name, said
from bot.slack.screens.reviewpage import review_page
from intake.answers import NOT_ASKED, Answer
from triage.reviewed import ReviewStep
from triage.reviewing import lasting
from triage.reviews import Review

LONGEST = 1000
VERDICTS = ("agree", "return", "suspend")


def read_view(scene: Scene, review: Review, was: Mapping[str, Answer]) -> dict[str, Any]:
    """What was said, for the second reader; `was`: the answers before it."""
    words, step = scene.words, review.answer
    if step is None:
        raise ValueError("nothing was said yet")
    page = review_page(scene, review, {"step": step.id, **_rows(scene, step, was)})
    ways = [b.option(words.label(f"review.verdict_{each}"), each) for each in VERDICTS]
    drawn: list[b.Block | None] = [
        *b.sections(page["read_window"]),
        *b.sections(page["read_facts"]),
        *b.sections(page["read_result"]),
        b.field(Field.RULING, words.label("field.read_verdict"), b.radio(Input.VALUE, ways)),
        b.field(
            Field.WORDS,
            words.label("field.read_words"),
            b.typed(longest=LONGEST),
            hint=words.label("field.read_words_hint"),
            optional=True,
        ),
    ]
    about, submit = f"{scene.case.id}|{scene.case.version}|{step.id}", words.label("submit.read_review")
    return modal(words, View.READ_REVIEW, words.label("modal.read_review"), drawn, submit=submit, about=about)


def _rows(scene: Scene, step: ReviewStep, was: Mapping[str, Answer]) -> dict[str, object]:
    changed = [
        (name(scene, q), said(scene, q, was.get(q, NOT_ASKED), 200), said(scene, q, longest=200))
        for q in step.changed
    ]
    same = [(name(scene, q), said(scene, q, longest=200)) for q in step.asked if q not in step.changed]
    return {"changed_rows": changed, "same_rows": same, "kept_texts": _kept_texts(scene, step)}


def _kept_texts(scene: Scene, step: ReviewStep) -> list[str]:
    kept = {each.rpartition(" ")[0] for each in step.kept if each.endswith(" kept")}
    return [one.text for one in lasting(scene.case) if one.id in kept]
