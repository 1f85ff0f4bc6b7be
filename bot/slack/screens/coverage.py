"""What shows each clause and control, in a window: gaps first, each with its next step, and one point whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot import covering
from bot.markup import Mrkdwn
from bot.slack import blocks as b
from bot.slack.fields import Field
from bot.slack.ids import Action, Input, Press, View, to_value
from bot.slack.message import modal
from bot.slack.scene import Voice
from bot.words import Words, strong
from triage.aims.covered import Covered
from triage.aims.functions import functions
from triage.aims.standard import standard

PAGE = 10
NAMED = 3
"""References of one source."""
SOURCES = 12


def coverage_button(words: Words, *, number: int | None = None) -> b.Element:
    """The one way in, for whoever may look."""
    return b.button(Action.COVERAGE, words.label("button.coverage"), to_value(Press(case="")), number=number)


def coverage_view(voice: Voice, found: Sequence[Covered], turn: int = 0) -> dict[str, Any]:
    """`turn`: which page, counted from nought; behind the last comes the last."""
    words = voice.words
    rows = [each for stage in covering.STAGES for each in found if each.stage == stage]
    turn = max(0, min(turn, (len(rows) - 1) // PAGE))
    shown = rows[turn * PAGE : (turn + 1) * PAGE]
    drawn: list[b.Block | None] = []
    if not turn:
        drawn += [b.section(_groups(words, found)), b.context(words.line("coverage.about"))]
    stage = ""
    for number, each in enumerate(shown):
        if each.stage != stage:
            stage = each.stage
            drawn.append(
                b.header(words.label(f"coverage.stage.{stage}", count=covering.count(found, each.stage)))
            )
        drawn.append(b.section(_gist(words, each), _look(words, each, number)))
    steps = []
    if turn:
        steps.append(_step(words, "home_earlier", turn - 1, 0))
    if (turn + 1) * PAGE < len(rows):
        steps.append(_step(words, "home_next", turn + 1, 1))
    drawn.append(b.actions(steps) if steps else None)
    return modal(words, View.COVERAGE, words.label("coverage.title"), drawn)


def coverage_waits(voice: Voice) -> dict[str, Any]:
    """The first time, where there is much to count."""
    drawn = [b.section(voice.words.line("coverage.waits"))]
    return modal(voice.words, View.COVERAGE, voice.words.label("coverage.title"), drawn)


def _groups(words: Words, found: Sequence[Covered]) -> Mrkdwn:
    """How it stands in one sentence, and each group in a line that a phone shows whole."""
    lines = [strong(covering.counted(words, found))]
    for group in covering.by_group(found):
        lines.append(
            words.line(
                "coverage.group",
                bar=covering.bar(group.points),
                id=group.id,
                title=group.title,
            )
        )
    return Mrkdwn("\n".join(lines))


def _gist(words: Words, each: Covered) -> Mrkdwn:
    key = "coverage.gap" if each.is_gap else "coverage.kept"
    about = {"point": each.point, "title": standard()[each.point].title, "why": covering.why(words, each)}
    return words.line(key, **about, **({"next": each.next} if each.is_gap else {}))


def _look(words: Words, each: Covered, number: int) -> b.Element:
    spoken = words.label("spoken.coverage", point=each.point)
    press = to_value(Press(case="", choice=each.point))
    return b.button(
        Action.COVERAGE_POINT, words.label("button.coverage_point"), press, number=number, spoken=spoken
    )


def _step(words: Words, label: str, turn: int, number: int) -> b.Element:
    press = to_value(Press(case="", turn=turn))
    return b.button(Action.COVERAGE_PAGE, words.label(f"button.{label}"), press, number=number)


def coverage_point(voice: Voice, each: Covered, *, takes: bool) -> dict[str, Any]:
    """`takes`: this person may make an action of it."""
    words, point = voice.words, standard()[each.point]
    head = words.line(
        "coverage.point",
        point=each.point,
        title=point.title,
        stage=words.label(f"coverage.is.{each.stage}"),
        summary=point.summary,
    )
    drawn: list[b.Block | None] = [
        b.section(head),
        b.section(words.line("coverage.so", why=covering.why(words, each))),
    ]
    if each.is_gap:
        drawn.append(b.section(words.line("coverage.next", next=each.next)))
    if serves := functions().of_point(each.point):
        drawn.append(b.context(words.line("functions.serves", ids=", ".join(serves))))
    if point.theirs:
        drawn.append(b.context(words.line("coverage.theirs", what=point.theirs)))
    if each.is_gap and takes:
        press = to_value(Press(case="", choice=each.point))
        label = words.label("button.gap_action")
        drawn.append(b.actions([b.button(Action.GAP_ACTION, label, press, style="primary")]))
    if each.evidence:
        drawn += [b.divider(), *(b.section(_source(words, one, each)) for one in each.evidence[:SOURCES])]
    nothing = [
        covering.title(name) for name in each.missing if name not in {one.name for one in each.evidence}
    ]
    if nothing:
        drawn.append(b.context(words.line("coverage.none_of", what="; ".join(nothing))))
    return modal(words, View.COVERAGE, words.label("coverage.title"), drawn)


def _source(words: Words, one: Any, each: Covered) -> Mrkdwn:
    key = "coverage.source" if one.count else "coverage.source_old"
    text = words.line(
        key,
        title=one.title,
        count=one.count or one.older,
        day=words.day(one.newest.date()),
        refs=", ".join(one.sample[:NAMED]),
    )
    return Mrkdwn(f"{text}\n{words.line('coverage.alone')}") if one.alone else text


def gap_action_view(voice: Voice, each: Covered) -> dict[str, Any]:
    """Filled with the point and what comes next; whoever hands it in says whose it is and until when."""
    words, point = voice.words, standard()[each.point]
    title = words.label("coverage.action_title", point=each.point, title=point.title)
    success = words.label("coverage.action_success", point=each.point)
    person = b.person(Input.VALUE, words.label("placeholder.person"))
    fields = [
        b.section(words.line("coverage.action", point=each.point, title=point.title)),
        b.field(
            Field.GAP_TITLE, words.label("field.gap_title"), b.typed(text=title, longest=200, lines=False)
        ),
        b.field(Field.REASON, words.label("field.gap_because"), b.typed(text=each.next), optional=True),
        b.field(Field.GAP_SUCCESS, words.label("field.gap_success"), b.typed(text=success)),
        b.field(Field.PERSON, words.label("field.gap_owner"), person),
        b.field(Field.DUE, words.label("field.gap_due"), b.day(Input.VALUE, words.label("placeholder.day"))),
    ]
    return modal(
        words,
        View.GAP_ACTION,
        words.label("button.gap_action"),
        fields,
        submit=words.label("submit.gap_action"),
        about=each.point,
    )
