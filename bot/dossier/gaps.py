"""What is still open about it, and how anybody can check what the dossier says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC

from bot import supplying
from bot.dossier.decided import stood
from bot.dossier.parts import Lines, Section, day
from bot.dossier.voice import Voice
from store.dossier import Kept
from triage.incidents.incident import OVER
from triage.reviews import open_review
from triage.tasks import tasks_of


def gaps(kept: Kept, voice: Voice) -> Section:
    say, found = voice.words.label, tuple(_gaps(kept, voice))
    said = () if found else (say("dossier.gap.none"),)
    return Section("gaps", say("dossier.gap.head"), said, (Lines(found),) if found else ())


def _gaps(kept: Kept, voice: Voice) -> Iterator[str]:
    say, case, today = voice.words.label, kept.case, kept.at.astimezone(UTC).date()
    if case.owner is None:
        yield say("dossier.gap.owner")
    if case.verdict is None:
        yield say("dossier.gap.result")
    for gap in case.verdict.gaps if case.verdict else ():
        yield say("dossier.gap.question", question=voice.open(gap.question), who=voice.role(gap.who))
    if case.decision is None:
        yield say("dossier.gap.decision")
    for bound in kept.conditions:
        state = stood(bound, kept)
        if state in ("met", "replaced") or (state == "open" and not bound.due_on):
            continue
        state = voice.known("dossier.condition_state", state)
        due = bound.due_on or say("dossier.condition.always")
        yield say("dossier.gap.condition", text=bound.text, state=state, due=due)
    if (inquiry := case.inquiry) is not None:
        asked = {"question": inquiry.question if voice.inside else "…"}
        yield say("dossier.gap.inquiry", **asked)
    for referral in case.referrals:
        if referral.open:
            about = {"question": voice.open(referral.question), "who": voice.role(referral.role)}
            yield say("dossier.gap.question", **about)
    for task in tasks_of(case):
        if task.done is None and task.task not in kept.holders:
            yield say("dossier.gap.task", task=task.task.replace("_", " "), due=day(task.due))
    if (review := open_review(case)) is not None:
        late = review.due < today
        key = "dossier.gap.review_late" if late else "dossier.gap.review"
        yield say(key, ref=review.ref, due=day(review.due))
    for incident in kept.incidents:
        if incident.status not in OVER:
            state = voice.known("incident.status", incident.status.value)
            yield say("dossier.gap.incident", ref=incident.ref, state=state)
    if voice.inside:
        yield from supplying.of_use(voice.words, kept.supplier, due=False)
    changed = [line.seq for line in kept.lines if not line.what]
    if changed:
        yield say("dossier.gap.changed", lines=", ".join(map(str, changed)))


def proof(kept: Kept, voice: Voice, *, as_of: str) -> Section:
    """Commands, and the head of the trail that they have to find."""
    say, ref = voice.words.label, kept.case.ref or ""
    until = f" --as-of {as_of}" if as_of else ""
    whole = " --confidential" if kept.case.confidential else ""
    commands = (
        f"steward verify --head {kept.head.digest}",
        f"steward story {ref} --all{whole}",
        f"steward dossier {ref}{until}{whole} --for {voice.audience} --out again.html",
    )
    said = (say("dossier.proof.said"), say("dossier.proof.head_said", line=kept.head.seq))
    shown = (Lines((kept.head.digest,), code=True), Lines(commands, code=True))
    return Section("proof", say("dossier.proof.head"), said, shown)
