"""The last screen of the questions; after Submit the same message is the requester's card for good."""

from __future__ import annotations

from collections.abc import Mapping

from bot.slack import blocks as b
from bot.slack.ids import Action, Press, to_block_id, to_choice, to_value
from bot.slack.message import Message, message
from bot.slack.scene import Scene
from bot.slack.screens import verdicts as v
from bot.slack.screens.answers import SHOWN, name, question_of, said
from bot.slack.screens.changed import change_button
from bot.slack.screens.conditions import fulfil_button
from bot.slack.screens.confiding import draft_button, readers_button
from bot.slack.screens.gaps import open_points, role_title
from bot.slack.screens.joined import offer
from bot.slack.screens.outcome import decision_facts
from bot.slack.screens.pairing import against, before_submitting
from bot.slack.screens.patterns import fast_offer
from bot.slack.screens.seated import asked_so_far, decider_facts, seat_facts
from bot.slack.screens.settling import settle_button
from bot.slack.screens.withdrawing import reopen_button, withdraw_button
from bot.words import Page
from intake.answers import NOT_ASKED, State
from triage.case import Status
from triage.review import is_open
from triage.settling import OPEN_TO_FACTS
from triage.submission import default_stage, default_title, default_unit
from triage.unanswered import asked_of_requester
from triage.whereabouts import is_in_use

GAPS, FEW, ROWS, ROW_TEXT, CARD_TEXT = 6, 6, 20, 100, 240
"""Rows beyond these fold into one, whose menu edits any of them: a message holds about 12,000 characters."""


def summary(scene: Scene, facts: Mapping[str, object]) -> Message:
    return _draft(scene) if scene.case.status is Status.draft else _own_card(scene)


def _draft(scene: Scene) -> Message:
    words, press, fast = scene.words, Press(case=scene.case.id), fast_offer(scene)
    page = words.page("summary", **verdict_facts(scene))
    lacking = _unit_is_missing(scene)
    rows = [question for question in _rows(scene) if not (lacking and question == "unit")]
    drawn: list[b.Block | None] = [
        b.section(page["verdict"], reasons_button(scene)),
        *before_submitting(scene),
        *fast,
        b.section(page["next"]),
        *([] if fast else offer(scene)),
        b.actions(
            [
                b.button(
                    Action.SUBMIT,
                    words.label("button.submit"),
                    to_value(press),
                    style="" if fast else "primary",
                ),
                b.button(Action.USE_FORM, words.label("button.use_form"), to_value(press)),
                draft_button(scene),
                _cancel(scene, to_value(press)),
            ]
        ),
        b.context(page["after"]),
        _missing_unit(scene) if lacking else None,
        b.section(page["open"]) if page["open"] else None,
        b.divider(),
        b.context(page["rows"]),
        *(_row(scene, question) for question in rows[:ROWS]),
        _rest(scene, rows[ROWS:]),
        _submit_below(scene, to_value(press)) if len(rows) > FEW else None,
    ]
    return message(words, page["text"], drawn)


def _submit_below(scene: Scene, value: str) -> b.Block:
    """Once more where the rows end, as the first one is out of sight on a phone by then."""
    label = scene.words.label("button.submit_below")
    return b.actions([b.button(Action.SUBMIT, label, value, number=2, style="primary")])


def _cancel(scene: Scene, value: str) -> b.Element:
    words = scene.words
    return b.confirmed(
        b.button(Action.CANCEL, words.label("button.cancel"), value),
        title=words.label("confirm.cancel_title"),
        text=words.label("confirm.cancel_text"),
        yes=words.label("confirm.do_it"),
        no=words.label("confirm.keep_it"),
    )


def _own_card(scene: Scene) -> Message:
    case, words = scene.case, scene.words
    page = own_page(scene)
    answers = [
        (name(scene, q), said(scene, q, longest=CARD_TEXT))
        for q in _rows(scene)
        if q in case.facts and q != "title"
    ]
    told = words.page("rows", rows=answers)
    drawn = [
        b.section(page["status"], reasons_button(scene)),
        *b.sections(page["decision"]),
        b.section(page["next"]) if page["next"] else None,
        b.section(page["open"]) if page["open"] else None,
        b.actions(row) if (row := _own_buttons(scene)) else None,
        b.context(told["rows"]) if answers else None,
    ]
    return message(words, page["text"], drawn)


def at_stake(scene: Scene) -> b.Block:
    """What is being decided, above the fields of a window, so that nobody decides on the wrong card."""
    page = scene.words.page("deciding", so_far=asked_so_far(scene), **verdict_facts(scene))
    return b.section(page["line"])


def own_page(scene: Scene) -> Page:
    """The parts of what a requester reads about a request that was handed in."""
    status = scene.case.status
    return scene.words.page(
        "own_card",
        **verdict_facts(scene),
        **seat_facts(scene),
        **decision_facts(scene),
        waits=status in OPEN_TO_FACTS,
    )


def _own_buttons(scene: Scene) -> list[b.Element]:
    own = (
        settle_button(scene),
        change_button(scene),
        fulfil_button(scene),
        withdraw_button(scene),
        reopen_button(scene),
        readers_button(scene),
    )
    return [button for button in own if button is not None]


def submitted(scene: Scene, facts: Mapping[str, object]) -> Message:
    asked = dict.fromkeys(role_title(scene, r.role) for r in scene.case.referrals if r.open)
    page = scene.words.page("submitted", **verdict_facts(scene), asked_roles=scene.words.listed(asked))
    return message(scene.words, page["line"], [b.section(page["line"])])


def verdict_facts(scene: Scene) -> dict[str, object]:
    """What every message about a result says: how high, why, who, by when, what until then, what is open."""
    case, verdict = scene.case, scene.case.verdict
    gaps = verdict.gaps if verdict else ()
    return {
        "title": case.title or default_title(case),
        "tool": case.tool_name,
        "ref": case.ref or "",
        "status": scene.words.line(f"status.{case.status.value}"),
        "tier": v.tier(scene),
        "eu": v.eu(scene),
        "because": v.because(scene),
        **decider_facts(scene),
        "due": v.due(scene),
        "until": v.until_then(scene),
        "recorded": v.recorded(scene),
        "stopped": v.is_stopped(case),
        "running": is_in_use(case),
        "yours": len(asked_of_requester(case, scene.desk)),
        "others": len(gaps) - len(asked_of_requester(case, scene.desk)),
        **open_points(scene, gaps, GAPS),
        "kept": scene.words.line("confided.kept") if case.confidential else "",
        "handed_over": case.handed_over,
        "settled": verdict is not None and verdict.settled,
        "clear": not is_open(case),
        "weighs": v.weighs(scene),
        "against": against(scene),
    }


def reasons_button(scene: Scene) -> b.Element:
    words = scene.words
    value = to_value(Press(case=scene.case.id))
    return b.button(
        Action.SHOW_REASONS,
        words.label("button.show_reasons"),
        value,
        spoken=words.label("spoken.show_reasons"),
    )


def _rows(scene: Scene) -> list[str]:
    """Every question that has an answer or was passed over, those with a default first."""
    case, form = scene.case, scene.desk.form
    skipped = set(case.talk.skipped) if case.talk else set()
    known = {q for q, fact in case.facts.items() if fact.answer.state is not State.not_applicable}
    known |= skipped | {
        gap.question for gap in (case.verdict.gaps if case.verdict else ()) if gap.who == "requester"
    }
    defaults = [question for question in SHOWN if question in form.by_id]
    return defaults + [q.id for q in form.questions() if q.id in known and q.id not in defaults]


def _value(scene: Scene, question: str) -> object:
    """The answer, or for what nobody was asked the default that Submit will write down."""
    case = scene.case
    if case.answers.get(question, NOT_ASKED).state is not State.not_asked:
        return said(scene, question, longest=ROW_TEXT)
    match question:
        case "owner":
            return scene.voice.mention(case.owner or case.requester)
        case "title":
            return default_title(case)
        case "stage":
            return scene.desk.wording.label("stage", default_stage(case))
        case "unit" if unit := default_unit(case, scene.desk):
            return unit
    return said(scene, question)


def _row(scene: Scene, question: str) -> b.Block:
    words, press = scene.words, Press(case=scene.case.id, question=question)
    value = _value(scene, question)
    row = words.line("summary.row", what=name(scene, question), value=value)
    missing = value == words.line("said.not_asked")
    key = "answer" if missing else "edit"
    spoken = words.label(f"spoken.{key}", what=name(scene, question))
    return b.section(row, b.button(Action.EDIT, words.label(f"button.{key}"), to_value(press), spoken=spoken))


def _unit_is_missing(scene: Scene) -> bool:
    return _value(scene, "unit") == scene.words.line("said.not_asked")


def _missing_unit(scene: Scene) -> b.Block:
    """Near Submit, as it is easily overlooked among the rows; nothing waits for it."""
    press, text = Press(case=scene.case.id, question="unit"), scene.words.line("summary.no_unit")
    if 0 < len(_named_units(scene)) <= b.OPTIONS:
        return b.section(text, _units(scene), block_id=to_block_id("unit", press))
    spoken = scene.words.label("spoken.answer", what=name(scene, "unit"))
    label = scene.words.label("button.answer")
    return b.section(text, b.button(Action.EDIT, label, to_value(press), spoken=spoken))


def _units(scene: Scene) -> b.Element:
    """The units that the organisation has named: one press, where nothing says which it is."""
    options = [b.option(unit, to_choice(unit)) for unit in _named_units(scene)]
    return b.select(Action.SET_UNIT, scene.words.label("placeholder.unit"), options)


def _named_units(scene: Scene) -> tuple[str, ...]:
    return tuple(unit for unit in dict.fromkeys(scene.desk.organisation.units) if unit.strip())


def _rest(scene: Scene, questions: list[str]) -> b.Block | None:
    """The remaining answers in one block, each editable from one menu."""
    if not questions:
        return None
    rows = [(name(scene, q), said(scene, q, longest=80)) for q in questions]
    options = [b.option(name(scene, q), q) for q in questions if question_of(scene, q)]
    menu = b.select(Action.EDIT, scene.words.label("placeholder.edit"), options)
    page = scene.words.page("rows", rows=rows)
    return b.section(page["rows"], menu, block_id=to_block_id("edit", Press(case=scene.case.id)))
