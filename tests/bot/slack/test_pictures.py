"""The main screens as they were last looked at; STEWARD_REDRAW=1 writes them anew, to be read in the diff."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from bot.slack.message import Message
from tests.bot.slack.gallery import gallery

KEPT = Path(__file__).parent / "screens"
MAIN = (
    "welcome",
    "question_kind",
    "question_people",
    "question_red_flag",
    "question_together",
    "summary",
    "summary_open",
    "summary_forbidden",
    "submitted",
    "own_card_decided",
    "card",
    "card_open",
    "card_approved",
    "decided_yes_if",
    "decided_no",
    "window_conditions",
    "can_i",
    "show",
    "home",
    "home_own",
    "home_lead",
    "home_page",
    "nonconformities",
    "nonconformity_planned",
    "ideas",
    "idea_heard",
    "raise_which",
    "audit_drawing",
    "audit_found",
    "nudge_all",
    "nudge_both",
    "nudge_entries",
    "overdue_deputy",
    "offer_orphans",
    "offer_claims",
    "campaign",
    "campaign_amnesty",
    "campaign_came_to",
    "tell_use_view_amnesty",
    "hint",
    "window_assessing_whole",
    "window_assess_review",
    "window_tested",
    "window_tested_page",
    "window_tested_review",
    "window_system_record_purpose",
    "window_take_over",
    "window_dossier",
    "window_facts",
    "facts_asked",
    "draft_silent",
    "digest_week",
    "digest_month",
    "digest_incidents",
    "question_paired",
    "confided_card",
    "readers_kept",
    "window_plan",
    "window_readings",
    "measured_past",
    "window_review",
    "window_read_review",
    "review_done",
    "rules_open",
    "show_pilot",
    "running_called",
    "running_named",
    "decided_not_yet",
    "incident_card",
    "window_incident",
    "window_concern",
    "window_concern_kept",
    "window_my_concern",
    "coverage",
    "soa_list",
    "soa_control",
    "soa_control_stale",
    "soa_approve",
    "agenda",
    "agenda_unplanned",
    "coverage_point",
    "coverage_point_old",
    "gap_action",
    "window_pack",
    "window_pack_no_scope",
    "window_pack_asked",
    "sample",
    "pack_making",
    "pack_made_unsound",
    "pack_file",
    "pack_failed_disk",
    "incident_outside",
    "incident_outside_answered",
    "card_heard",
    "window_assessing_each_group",
    "window_assessing_heard",
    "programme_begun",
    "programme_covers",
    "report_file",
    "looks",
    "proof_sound",
    "proof_broken",
    "supplier_begun",
    "supplier_parts",
    "supplier_questions",
    "supplier_stale",
    "suppliers",
    "system_lead",
    "home_system",
    "entry_form_policy",
    "entry_form_again",
    "entry_waits",
    "entries_approve",
    "entries_waiting",
    "entries_became",
    "policy_counts",
    "policy_read",
    "review_looked",
    "review_minutes",
    "portfolio_themes",
    "portfolio_leads",
    "asked",
    "asked_parties",
    "asked_answered",
    "trust_pack",
    "planned_post",
    "review_agreed",
    "ack_please",
    "ack_again",
    "ack_who",
    "ack_ask",
    "risks",
    "risk_from",
    "risk_aside",
    "risk_weigh",
    "risk_accept",
    "risk_stale",
)


PICTURES = gallery()


@pytest.mark.parametrize("name", MAIN)
def test_a_main_screen_is_as_it_was_approved(name: str) -> None:
    picture = PICTURES[name]
    shown = {"text": picture.text, "blocks": picture.blocks} if isinstance(picture, Message) else picture
    text = json.dumps(shown, indent=1, ensure_ascii=False) + "\n"
    path = KEPT / f"{name}.json"
    if os.environ.get("STEWARD_REDRAW") == "1":
        path.write_text(text)
    assert path.read_text() == text


def test_no_picture_is_kept_of_what_is_not_shown() -> None:
    assert {path.stem for path in KEPT.glob("*.json")} == set(MAIN)
