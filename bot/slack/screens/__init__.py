"""Every picture Steward draws: values in, blocks out; nothing here asks the store, Slack or a clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.slack.message import Message
from bot.slack.scene import Scene
from bot.slack.screens import (
    between,
    card,
    confiding,
    outcome,
    question,
    reasons,
    referral,
    summary,
    turns,
    welcome,
    withdrawing,
)
from bot.slack.screens.allowed import Question, can_i
from bot.slack.screens.announcing import announce_view
from bot.slack.screens.assess import overview as assess_overview
from bot.slack.screens.assess import page_view as assess_page
from bot.slack.screens.assessreview import review_view as assess_review
from bot.slack.screens.assigning import pass_on_view, recuse_view
from bot.slack.screens.campaigns import (
    campaign,
    campaign_figures,
    campaign_view,
    none_view,
    tell_use_view,
    told_view,
)
from bot.slack.screens.changed import change_view, changed_view, told_change
from bot.slack.screens.conditions import fulfil_view, send_back_view, told_condition
from bot.slack.screens.confiding import readers_view, whole_view
from bot.slack.screens.coverage import coverage_point, coverage_view, coverage_waits, gap_action_view
from bot.slack.screens.dossiers import AUDIENCES, dossier_told, dossier_view
from bot.slack.screens.entry import answer_view, entry_view, show
from bot.slack.screens.excepting import claim_view, confirm_view, object_view
from bot.slack.screens.facts import facts_shown_view, facts_view
from bot.slack.screens.form import form_view, lost_view, note_view, start_view
from bot.slack.screens.hint import hint
from bot.slack.screens.home import home
from bot.slack.screens.incident import reported_note as reported_incident
from bot.slack.screens.incident import show as show_incident
from bot.slack.screens.incident import told as tell_incident
from bot.slack.screens.incident import whole as incident_view
from bot.slack.screens.incident_windows import act_view as act_incident_view
from bot.slack.screens.incident_windows import draft as drafted_incident
from bot.slack.screens.incident_windows import listing as list_incidents
from bot.slack.screens.incident_windows import note_of
from bot.slack.screens.incident_windows import note_view as note_incident_view
from bot.slack.screens.incident_windows import report_view as report_incident_view
from bot.slack.screens.joined import join_view, joined
from bot.slack.screens.jointly import jointly_view
from bot.slack.screens.may_i import may_i_told, may_i_view
from bot.slack.screens.measured import plan_view, readings_view, told_measured
from bot.slack.screens.motions import oppose_view, prohibited_view, put_view, second_view
from bot.slack.screens.offering import name_owner_view, not_used_view, offer, take_over_view
from bot.slack.screens.onward import (
    appoint_view,
    do_task_view,
    refuse_part_view,
    running,
    stop_view,
)
from bot.slack.screens.pack import pack_asked, pack_progress, pack_told, pack_view, proof_asked, report_asked
from bot.slack.screens.patterns import (
    ending_view,
    looked,
    pattern_told,
    patterns_list,
    propose_view,
    recorded_note,
)
from bot.slack.screens.question import question_list
from bot.slack.screens.queue import filter_view, queue_empty, queue_none_fits, queue_view, within_queue
from bot.slack.screens.reasons import reasons_view
from bot.slack.screens.referral import reply_view, reply_why_view
from bot.slack.screens.register import command_help, guide, listing, quoted, taken_as, usable, which
from bot.slack.screens.reported import report_view, reported, which_wrong_view
from bot.slack.screens.rereading import read_view
from bot.slack.screens.review import approve_view, ask_view, conditions_view, decline_view
from bot.slack.screens.reviewed import (
    review_ask,
    review_facts_view,
    review_shown_view,
    review_view,
    told_review,
)
from bot.slack.screens.rules import rules_card, rules_view
from bot.slack.screens.settings import settings_view
from bot.slack.screens.settling import settle_view
from bot.slack.screens.sighted import Sightings, sightings, sightings_unread
from bot.slack.screens.snoozing import snooze_view
from bot.slack.screens.standing import standing
from bot.slack.screens.told import from_form, settled_for_you
from bot.slack.screens.turns import edited, fresh_button
from bot.slack.screens.unnamed import (
    concern_kept_view,
    concern_view,
    concern_written_view,
    my_concern_view,
    phrase_view,
)
from bot.slack.screens.waiting import overdue
from triage.outcome import Say

__all__ = [
    "AUDIENCES",
    "Question",
    "Sightings",
    "act_incident_view",
    "announce_view",
    "answer_view",
    "appoint_view",
    "approve_view",
    "ask_view",
    "assess_overview",
    "assess_page",
    "assess_review",
    "campaign",
    "campaign_figures",
    "campaign_view",
    "can_i",
    "change_view",
    "changed_view",
    "claim_view",
    "command_help",
    "concern_kept_view",
    "concern_view",
    "concern_written_view",
    "conditions_view",
    "confirm_view",
    "coverage_point",
    "coverage_view",
    "coverage_waits",
    "decline_view",
    "do_task_view",
    "dossier_told",
    "dossier_view",
    "drafted_incident",
    "edited",
    "ending_view",
    "entry_view",
    "facts_shown_view",
    "facts_view",
    "filter_view",
    "form_view",
    "fresh_button",
    "fulfil_view",
    "gap_action_view",
    "guide",
    "hint",
    "home",
    "incident_view",
    "join_view",
    "jointly_view",
    "list_incidents",
    "listing",
    "lost_view",
    "may_i_told",
    "may_i_view",
    "my_concern_view",
    "name_owner_view",
    "none_view",
    "not_used_view",
    "note_incident_view",
    "note_of",
    "note_view",
    "object_view",
    "offer",
    "oppose_view",
    "pack_asked",
    "pack_progress",
    "pack_told",
    "pack_view",
    "pass_on_view",
    "patterns_list",
    "phrase_view",
    "plan_view",
    "prohibited_view",
    "proof_asked",
    "propose_view",
    "put_view",
    "question_list",
    "queue_empty",
    "queue_none_fits",
    "queue_view",
    "quoted",
    "read_view",
    "readers_view",
    "readings_view",
    "reasons_view",
    "recuse_view",
    "refuse_part_view",
    "render",
    "reply_view",
    "reply_why_view",
    "report_asked",
    "report_incident_view",
    "report_view",
    "reported_incident",
    "review_ask",
    "review_facts_view",
    "review_shown_view",
    "review_view",
    "rules_card",
    "rules_view",
    "second_view",
    "send_back_view",
    "settings_view",
    "settle_view",
    "show",
    "show_incident",
    "sightings",
    "sightings_unread",
    "snooze_view",
    "start_view",
    "stop_view",
    "take_over_view",
    "taken_as",
    "tell_incident",
    "tell_use_view",
    "told_view",
    "usable",
    "which",
    "which_wrong_view",
    "whole_view",
    "within_queue",
]

SCREENS: dict[Say, Callable[[Scene, Mapping[str, object]], Message]] = {
    Say.welcome: welcome.welcome,
    Say.still_offered: between.still_offered,
    Say.at_summary: between.at_summary,
    Say.question: question.question,
    Say.settled: question.settled,
    Say.not_understood: turns.not_understood,
    Say.partly: question.partly,
    Say.why: reasons.why,
    Say.help: turns.helped,
    Say.paused: turns.paused,
    Say.cancelled: turns.cancelled,
    Say.withdraw_offered: withdrawing.withdraw_offered,
    Say.withdrawn: withdrawing.withdrawn,
    Say.standing: standing,
    Say.summary: summary.summary,
    Say.submitted: summary.submitted,
    Say.card: card.card,
    Say.card_note: card.card_note,
    Say.referral: referral.referral,
    Say.inquiry: turns.inquiry,
    Say.inquiry_answer: turns.inquiry_answer,
    Say.inquiry_thanks: turns.inquiry_thanks,
    Say.decided: outcome.decided,
    Say.changed: told_change,
    Say.expiry: outcome.expiry,
    Say.joined: joined,
    Say.condition: told_condition,
    Say.recorded_note: recorded_note,
    Say.looked: looked,
    Say.pattern_told: pattern_told,
    Say.reported: reported,
    Say.measured: told_measured,
    Say.running: running,
    Say.overdue: overdue,
    Say.review: told_review,
    Say.confided: confiding.told_readers,
    Say.closed_already: turns.closed_already,
    Say.remark: turns.remark,
    Say.thanked: turns.thanked,
    Say.settled_for_you: settled_for_you,
    Say.from_form: from_form,
    Say.old_button: turns.old_button,
}


def render(say: Say, scene: Scene, facts: Mapping[str, object]) -> Message:
    """The message that is owed, as it reads now; of a confidential use only its readers read more than its tier."""
    if confiding.is_veiled(scene, say, facts):
        return confiding.veiled(scene, say, facts)
    shown = SCREENS[say](scene, facts)
    alone = say is Say.card_note and scene.case.confidential and scene.reader
    return confiding.with_ref(scene, shown) if alone else shown
