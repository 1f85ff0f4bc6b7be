"""The words about one review, whoever reads them and where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta

from bot.markup import Mrkdwn, cut, one_line
from bot.slack.scene import Scene
from bot.slack.screens.answers import name, said
from bot.slack.screens.seated import decider_facts
from bot.slack.screens.verdicts import due as decision_due
from bot.slack.screens.verdicts import tier, until_then
from bot.words import Page
from triage.cadence import cadence
from triage.lifecycle import WAITING
from triage.reviewed import ReviewStep
from triage.reviewing import in_one_press, lasting, reviewer_of, to_confirm
from triage.reviews import Review

A_YEAR = 330
"""From so many days on a month alone could be meant of this year."""
NOTED = 300
"""Of what somebody noted that a tool changed, as much as is read in one glance."""


def review_page(scene: Scene, review: Review, facts: Mapping[str, object]) -> Page:
    case, voice = scene.case, scene.voice
    step = next((each for each in review.steps if each.id == facts.get("step")), None) or review.answer
    back, asked = review.returned, reviewer_of(case, scene.desk)
    one = in_one_press(case, review, scene.desk) if review.state == "open" else ""
    questions = to_confirm(case, review, scene.desk)
    read = next((s for s in review.steps[review.steps.index(step) + 1 :]), None) if step else None
    return scene.words.page(
        "review",
        about=str(facts.get("about", "")),
        title=case.title or case.tool_name,
        ref=case.ref or "",
        review=review.ref,
        why=list(_why(scene, review)),
        facts=len(questions) > 0,
        count=len(questions) + len(lasting(case)),
        one=name(scene, one) if one else "",
        answer=said(scene, one, longest=200) if one else "",
        due=scene.words.day(review.due),
        late=review.due < scene.desk.day,
        second=review.state == "second",
        state=review.state,
        asked=voice.mention(asked) if asked else scene.words.line("review.nobody"),
        asked_back=back.words if back else "",
        reader=voice.mention(back.by) if back else "",
        by=voice.mention(step.by) if step and step.by else "",
        words=step.words if step else "",
        day=scene.words.day_at(step.at) if step else "",
        outcome=step.outcome if step else "",
        until=quiet_until(scene) if review.state == "done" else "",
        open=review.state == "open",
        waits=case.status in WAITING or (review.state == "second" and case.in_use),
        same=[q for q in step.asked if q not in step.changed] if step else [],
        changed=[name(scene, q) for q in step.changed] if step else [],
        sample=scene.words.label(f"review.sample.{step.sample[0]}") if step and step.sample else "",
        kept=sum(each.endswith(" kept") for each in step.kept) if step else 0,
        read_by=voice.mention(read.by) if read and read.kind in ("agreed", "returned") else "",
        sent_back=read is not None and read.kind == "returned",
        broken=facts.get("broken", ()),
        rules=bool(facts.get("rules")),
        changed_rows=facts.get("changed_rows", ()),
        same_rows=facts.get("same_rows", ()),
        kept_texts=facts.get("kept_texts", ()),
        result=scene.words.line("review.result", tier=tier(scene)),
        **decider_facts(scene),
        decision_due=decision_due(scene),
        meanwhile=until_then(scene),
    )


def _why(scene: Scene, review: Review) -> Iterator[Mrkdwn]:
    """What called for it, each kind once."""
    own = bool(scene.reader) and scene.reader == reviewer_of(scene.case, scene.desk)
    found = dict.fromkeys(_kind(step, own=own) for step in review.called)
    yield from (scene.words.line(f"review.cause.{each}") for each in found)
    asset = scene.desk.assets.get(scene.case.tool_id or "")
    for change, words in (asset.changed if asset else {}).items():
        if f"vendor_{change}" in found and words:
            yield scene.words.line("review.noted", words=cut(one_line(words), NOTED))


def _kind(step: ReviewStep, *, own: bool) -> str:
    """`own`: it is said to whoever answers for it now."""
    if step.trigger.startswith("owner:"):
        return "owner" if own else "owner_other"
    return step.cause


def quiet_until(scene: Scene) -> str:
    """The month in which it is asked for next; with its year where the month alone says too little."""
    planned = scene.case.next_review_on
    if planned is None or not scene.case.in_use:
        return ""
    opens = planned - timedelta(days=cadence().ahead)
    month = scene.words.label(f"month.{opens.month}")
    return f"{month} {opens.year}" if (opens - scene.desk.day).days >= A_YEAR else month
