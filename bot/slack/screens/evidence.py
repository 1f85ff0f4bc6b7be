"""What shows that something is done: the fields for it, and the note beside a file of which a copy was carried on."""

from __future__ import annotations

from collections.abc import Mapping

from bot.slack import blocks as b
from bot.slack.fields import Field
from bot.slack.message import Message, message
from bot.slack.scene import Scene
from triage.attaching import LONGEST
from triage.conditions import condition
from triage.sources import TASK, to_key


def evidence_fields(scene: Scene) -> list[b.Block]:
    """A link, a file where we may carry it on, and words."""
    words, link = scene.words, b.typed(longest=LONGEST, lines=False)
    hint, said = words.label("field.link_hint"), b.typed(longest=LONGEST)
    copied = words.label("field.file_hint")
    file = b.field(Field.FILE, words.label("field.file"), b.file(), hint=copied, optional=True)
    return [
        b.field(Field.LINK, words.label("field.link"), link, hint=hint, optional=True),
        *([file] if scene.attaches else []),
        b.field(Field.WORDS, words.label("field.shows"), said, optional=True),
    ]


def file_note(scene: Scene, facts: Mapping[str, object]) -> Message:
    """`facts`: file, name; step, or task and by; `why`: it could not be brought there."""
    case, task = scene.case, str(facts.get("task", ""))
    step = next((each for each in case.condition_steps if each.id == facts.get("step")), None)
    one = condition(case, step.decision, step.number) if step else None
    sent = str(facts.get("by", "")) or (step.by if step else case.requester)
    page = scene.words.page(
        "file_note",
        by=scene.voice.mention(sent),
        shown=scene.desk.book.sentence(to_key(TASK, task)) if task else one.text if one else "",
        file=str(facts.get("name", "")),
        why=str(facts.get("why", "")),
    )
    return message(scene.words, page["line"], [b.section(page["line"])])
