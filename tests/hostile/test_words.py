"""Hostile words in every field that anybody can fill: nothing that leaves mentions, links, formats or steers."""

from __future__ import annotations

import copy
import typing
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.markup import Mrkdwn, clean, cut, cut_markup, escaped
from bot.slack.message import Message
from bot.words import Page
from tests.bot.slack import scenery
from tests.bot.slack.gallery import Picture, gallery
from tests.hostile.recording import Payload, Recording
from tests.hostile.stage import Stage
from tests.hostile.words import HOSTILE, MARK, shown, wrong_with
from tests.prompts.test_templates import TEMPLATES, parts_of
from tests.slack_world import ANA, BEN, CLEO, DAN, EVE
from triage import commands

PAINTED = frozenset(scenery.USERS.values())
PEOPLE = frozenset({ANA, BEN, CLEO, DAN, EVE, "U0MEG", "U0VIC"})


# -- every screen


@cache
def pictures(name: str) -> dict[str, Picture]:
    return gallery(lambda text: HOSTILE[name])


def content(picture: Picture) -> Any:
    return {"text": picture.text, "blocks": picture.blocks} if isinstance(picture, Message) else picture


@pytest.mark.parametrize("name", HOSTILE)
def test_no_screen_lets_words_do_anything(name: str) -> None:
    wrong = {
        (screen, problem)
        for screen, picture in pictures(name).items()
        for kind, text in shown(content(picture))
        for problem in wrong_with(kind, text, PAINTED)
    }
    assert wrong == set()


CALM = {
    "at_summary", "auditreport", "away", "besides", "cancelled", "closed_already", "commands", "dossier", "duties",
    "edited", "guide", "hint",
    "help", "home", "home_lead", "inquiry_thanks", "jointly", "lowering", "nudged", "old_button", "pack",
    "pattern_told", "sample", "sampledraw",
    "queue", "reason", "reasons", "receipt", "registerthen", "remark", "result", "settled_for_you", "standing",
    "still_offered",
    "thanked", "trailproof", "why", "withdraw_offered", "withdrawn",
}  # fmt: skip
"""Templates into which nobody's free words go; whoever adds one says here that it is so, or shows it in the gallery."""


def test_words_are_tried_in_every_template_that_takes_any(monkeypatch: pytest.MonkeyPatch) -> None:
    carrying: set[str] = set()
    render = Page.__getitem__

    def watched(page: Page, part: str) -> Mrkdwn:
        text = render(page, part)
        if MARK in text:
            carrying.add(str(page._template.name).removesuffix(".j2"))
        return text

    monkeypatch.setattr(Page, "__getitem__", watched)
    gallery(lambda text: HOSTILE["mentions"])
    there = {path.stem for path in TEMPLATES if parts_of(path)}
    assert there - carrying == CALM


# -- every field of a payload that people fill


WRITTEN = ("text", "value", "name", "real_name", "display_name", "title", "filetype")
ORIGINS = (
    "event message",
    "event app_mention",
    "event user_change",
    "message_action",
    "view_submission",
    "/steward",
)


def spoiled(payload: Payload, said: str) -> Payload:
    """The payload with everything replaced that somebody wrote, as it arrives from Slack or raw."""
    made = copy.deepcopy(payload)
    _spoil(made, said)
    return made


def _spoil(part: Any, said: str) -> None:
    if isinstance(part, dict):
        typed = part.get("type") in (None, "plain_text_input", "message", "app_mention", "file")
        for name, value in part.items():
            if isinstance(value, str) and name in WRITTEN and typed and value:
                part[name] = said
            else:
                _spoil(value, said)
    elif isinstance(part, list):
        for each in part:
            _spoil(each, said)


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_no_field_of_a_payload_lets_words_do_anything(recording: Recording, stage: Stage, name: str) -> None:
    """As Slack encodes them, and as if somebody had got them past that."""
    tried, wrong = 0, set()
    for kind, payloads in recording.kinds.items():
        if not kind.startswith(ORIGINS):
            continue
        for payload in payloads[:3]:
            for said in {
                HOSTILE[name],
                HOSTILE[name].replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"),
            }:
                made = spoiled(payload, said)
                tried += made != payload
                came = stage.takes(made)
                left = [sent.content for sent in came.sent] + [came.answer]
                wrong |= {
                    (kind, problem)
                    for each in left
                    for of, text in shown(each)
                    for problem in wrong_with(of, text, PEOPLE)
                }
                wrong |= {(kind, record.getMessage()) for record in came.records if record.exc_info}
                wrong |= {
                    (kind, "logs what people wrote") for record in came.records if MARK in str(vars(record))
                }
    assert tried > 20
    assert wrong == set()


# -- every field of a wish


MACHINE = {
    "do", "actor", "key", "case", "place", "root", "via", "person", "turn", "tool", "wish", "what", "version", "files",
    "claim", "ground", "effect", "sample", "decision", "valid_until", "deployment", "step", "terms", "about",
    "late", "confidential", "confirm", "rules", "number", "unsure", "secret",
    "errand", "matter", "value", "until", "motion",
    "opening", "pattern", "last_day", "plan", "last", "every", "monitor", "since", "together",
    "task", "to", "appointment", "incident",
    "cause", "trigger", "seed", "review", "same", "kept", "broken", "seen", "ends", "verdict",
    "campaign", "throughout", "suggested", "source_map", "tool_id", "left", "echo", "asked",
}  # fmt: skip
"""Ids, numbers and choices from a list."""

SPOKEN = {
    "begin.words": "event message", "type.words": "event message", "ask_requester.question": "view_submission ask",
    "approve.reason": "view_submission approve", "approve.conditions": "view_submission approve_with_conditions",
    "approve.terms": "view_submission approve_with_conditions",
    "decline.reason": "view_submission decline", "decline.would_change": "view_submission decline",
    "recuse.reason": "view_submission recuse",
    "claim_exception.reason": "view_submission claim_exception",
    "confirm_exception.reason": "view_submission confirm_exception",
    "object_exception.reason": "view_submission object_exception",
    "put_motion.reason": "view_submission put_motion",
    "second_motion.reason": "view_submission second_motion",
    "oppose_motion.reason": "view_submission oppose_motion",
    "confirm_prohibited.reason": "view_submission confirm_prohibited",
    "choose.answer": "event message", "fill.answers": "view_submission form",
    "change.answers": "view_submission changed",
    "join.unit": "view_submission join",
    "fulfil.link": "view_submission fulfil", "fulfil.words": "view_submission fulfil",
    "fulfil.file": "view_submission fulfil", "do_task.file": "view_submission do_task",
    "send_back.reason": "view_submission send_back",
    "not_used.reason": "view_submission not_used", "give_facts.answers": "view_submission facts_shown",
    "snooze.reason": "view_submission snooze",
    "report_wrong.words": "view_submission report_wrong",
    "do_task.link": "view_submission do_task", "do_task.words": "view_submission do_task",
    "confirm_review.words": "view_submission review", "confirm_review.answers": "view_submission review_shown",
    "read_review.words": "view_submission read_review",
    "refuse_part.reason": "view_submission refuse_part", "stop_use.reason": "view_submission stop_use",
    "propose_pattern.covers": "view_submission propose_pattern",
    "refuse_pattern.reason": "view_submission refuse_pattern",
    "withdraw_pattern.reason": "view_submission withdraw_pattern",
    "misfits_pattern.reason": "view_submission misfits_pattern",
    "write_plan.measures": "view_submission write_plan",
    "give_readings.readings": "view_submission give_readings",
    "settle.answers": "view_submission settle", "reply.answers": "view_submission reply",
    "choose.question": "press choose", "edit.question": "press edit",
    "disclose.source_id": "import", "disclose.title": "import", "disclose.unit": "import",
    "tell_use.tool_name": "view_submission tell_use", "tell_use.title": "view_submission tell_use",
    "tell_use.purpose": "view_submission tell_use", "tell_use.unit": "view_submission tell_use",
    "follow_up.purpose": "view_submission tell_use", "follow_up.unit": "view_submission tell_use",
    "follow_up.tool_name": "view_submission tell_use",
    "disclose.tool_name": "import", "disclose.words": "import", "disclose.answers": "import",
}  # fmt: skip
"""Everything else, with where hostile hands fill it: in the payloads here and in the fuzzing, or in an import."""


def test_every_field_of_a_wish_is_known_and_tried(recording: Recording) -> None:
    fields = {
        f"{variant.model_fields['do'].default}.{name}"
        for variant in typing.get_args(commands.Command)
        for name in variant.model_fields
        if name not in MACHINE or f"{variant.model_fields['do'].default}.{name}" in SPOKEN
    }
    assert fields == set(SPOKEN)
    assert {kind for kind in SPOKEN.values() if kind != "import"} <= set(recording.kinds)


# -- cuts


@given(st.sampled_from(sorted(HOSTILE)), st.integers(2, 400), st.integers(0, 60))
def test_a_cut_leaves_no_half_of_anything(name: str, most: int, before: int) -> None:
    said = escaped("x" * before + HOSTILE[name])
    ours = Mrkdwn(
        f"{'y' * before}<@U0ANA> &amp; <!date^1^{{date_long_pretty}}, {{time}}|2026-01-01 10:00> {said}"
    )
    for text in (cut_markup(said, most), cut_markup(ours, most)):
        assert wrong_with("mrkdwn", text, PAINTED) == []
        assert text.count("<") == text.count(">")
    cut(clean(HOSTILE[name]), most).encode()
