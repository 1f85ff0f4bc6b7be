"""Names of everything that can be pressed, chosen, filled in or called, and what a press carries with it."""

from __future__ import annotations

import re
from enum import StrEnum
from hashlib import sha256
from typing import NamedTuple

from bot.slack.fields import Field

UNSURE = "unsure"
"""The choice that means "Not sure" wherever choices are offered."""
NOTHING = "-"  # the choice that means none of the tools offered


class Action(StrEnum):
    """What an element does. In one row the same action may stand several times; see `drawn` and `heard`."""

    START = "start"
    START_BLANK = "start_blank"
    USE_FORM = "use_form"
    NOT_NOW = "not_now"
    PICK_TOOL = "pick_tool"
    CHOOSE = "choose"
    PICK = "pick"
    PICK_DONE = "pick_done"
    NONE_OF_THESE = "none_of_these"
    ONE_OF_THESE = "one_of_these"
    NONE_OF_ALL = "none_of_all"
    SINGLY = "singly"
    NOT_SURE = "not_sure"
    USE_PROPOSAL = "use_proposal"
    USE_SUGGESTION = "use_suggestion"
    BACK = "back"
    SKIP = "skip"
    PAUSE = "pause"
    RESUME = "resume"
    CANCEL = "cancel"
    WHY = "why"
    HELP = "help"
    HAND_OVER = "hand_over"
    MORE = "more"
    EDIT = "edit"
    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    REOPEN = "reopen"
    SHOW_REASONS = "show_reasons"
    APPROVE = "approve"
    APPROVE_WITH_CONDITIONS = "approve_with_conditions"
    ASK = "ask"
    DECLINE = "decline"
    TAKE = "take"
    PASS_ON = "pass_on"
    RECUSE = "recuse"
    CHANGE = "change"
    JOIN = "join"
    ACCEPT_TERMS = "accept_terms"
    LEAVE = "leave"
    ADD_CONDITION = "add_condition"
    FULFIL = "fulfil"
    VERIFY_CONDITION = "verify_condition"
    SEND_BACK = "send_back"
    PROPOSE_PATTERN = "propose_pattern"
    CONFIRM_PATTERN = "confirm_pattern"
    REFUSE_PATTERN = "refuse_pattern"
    WITHDRAW_PATTERN = "withdraw_pattern"
    FITS_PATTERN = "fits_pattern"
    MISFITS_PATTERN = "misfits_pattern"
    REPORT_WRONG = "report_wrong"
    ANNOUNCE = "announce"
    WRITE_PLAN = "write_plan"
    GIVE_READINGS = "give_readings"
    SNOOZE = "snooze"
    NOT_MINE = "not_mine"
    MOVE_ON = "move_on"
    DO_TASK = "do_task"
    APPOINT = "appoint"
    ACCEPT_PART = "accept_part"
    REFUSE_PART = "refuse_part"
    STOP_USE = "stop_use"
    GIVE_FACTS = "give_facts"
    TAKE_OVER = "take_over"
    NAME_OWNER = "name_owner"
    NOT_OURS = "not_ours"
    NOT_USED = "not_used"
    REVIEW = "review"
    REVIEW_SAME = "review_same"
    CLAIM_EXCEPTION = "claim_exception"
    CONFIRM_EXCEPTION = "confirm_exception"
    OBJECT_EXCEPTION = "object_exception"
    SET_TIER = "set_tier"
    ACCEPT_RISK = "accept_risk"
    EXCEPT_PRACTICE = "except_practice"
    SECOND_MOTION = "second_motion"
    OPPOSE_MOTION = "oppose_motion"
    CONFIRM_PROHIBITED = "confirm_prohibited"
    CONFIDE = "confide"
    OPEN_UP = "open_up"
    OPEN_WHOLE = "open_whole"
    READERS = "readers"
    DROP_READER = "drop_reader"
    HOME_START = "home_start"
    BEGIN_KEPT = "begin_kept"
    ASK_FOR_IT = "ask_for_it"
    MAY_I = "may_i"
    HOME_SHOW = "home_show"
    HOME_PAGE = "home_page"
    HOME_ASK = "home_ask"
    SETTINGS = "settings"
    ANSWER = "answer"
    SETTLE = "settle"
    QUEUE = "queue"
    QUEUE_NEXT = "queue_next"
    QUEUE_LATER = "queue_later"
    QUEUE_BACK = "queue_back"
    QUEUE_FILTER = "queue_filter"
    QUEUE_ALL = "queue_all"
    JOINTLY = "jointly"
    REPLY = "reply"
    REPLY_WINDOW = "reply_window"
    REPLY_UNSURE = "reply_unsure"
    REPLY_WHY = "reply_why"
    SET_UNIT = "set_unit"
    WHOLE_FORM = "whole_form"
    ASSESS = "assess"
    ASSESS_PAGE = "assess_page"
    ASSESS_REVIEW = "assess_review"
    ENFORCE_RULES = "enforce_rules"
    WITHDRAW_RULES = "withdraw_rules"
    SHOW_RULES = "show_rules"
    REPORT_INCIDENT = "report_incident"
    INCIDENT_DO = "incident_do"
    INCIDENT_MORE = "incident_more"
    INCIDENT_SHOW = "incident_show"
    CONCERN = "concern"
    CONCERN_MINE = "concern_mine"
    TELL_USE = "tell_use"
    USE_NONE = "use_none"
    END_CAMPAIGN = "end_campaign"
    HINT_ASK = "hint_ask"
    HINT_AWAY = "hint_away"
    CONSULT = "consult"
    MADE_OF_IT = "made_of_it"


class Input(StrEnum):
    """`action_id` of every field in a modal; the field is named by its `block_id`, so one is enough."""

    VALUE = "value"


class View(StrEnum):
    """`callback_id` of each modal."""

    SNOOZE = "snooze"
    FORM = "form"
    APPROVE = "approve"
    APPROVE_WITH_CONDITIONS = "approve_with_conditions"
    ASK = "ask"
    DECLINE = "decline"
    PASS_ON = "pass_on"
    RECUSE = "recuse"
    CHANGE = "change"
    CHANGED = "changed"
    JOIN = "join"
    FULFIL = "fulfil"
    SEND_BACK = "send_back"
    PROPOSE_PATTERN = "propose_pattern"
    REFUSE_PATTERN = "refuse_pattern"
    WITHDRAW_PATTERN = "withdraw_pattern"
    MISFITS_PATTERN = "misfits_pattern"
    REPORT_WRONG = "report_wrong"
    WRITE_PLAN = "write_plan"
    GIVE_READINGS = "give_readings"
    DO_TASK = "do_task"
    APPOINT = "appoint"
    REFUSE_PART = "refuse_part"
    STOP_USE = "stop_use"
    FACTS = "facts"
    FACTS_SHOWN = "facts_shown"
    TAKE_OVER = "take_over"
    NAME_OWNER = "name_owner"
    NOT_USED = "not_used"
    REVIEW = "review"
    REVIEW_FACTS = "review_facts"
    REVIEW_SHOWN = "review_shown"
    READ_REVIEW = "read_review"
    CLAIM_EXCEPTION = "claim_exception"
    CONFIRM_EXCEPTION = "confirm_exception"
    OBJECT_EXCEPTION = "object_exception"
    PUT_MOTION = "put_motion"
    SECOND_MOTION = "second_motion"
    OPPOSE_MOTION = "oppose_motion"
    CONFIRM_PROHIBITED = "confirm_prohibited"
    READERS = "readers"
    START = "start"
    HOME_ASK = "home_ask"
    REASONS = "reasons"
    ENTRY = "entry"
    NOTE = "note"
    ANSWER = "answer"
    SETTINGS = "settings"
    RULES = "rules"
    QUEUE = "queue"
    QUEUE_FILTER = "queue_filter"
    JOINTLY = "jointly"
    SETTLE = "settle"
    REPLY = "reply"
    ASSESS = "assess"
    ASSESS_PAGE = "assess_page"
    ASSESS_REVIEW = "assess_review"
    REPORT_INCIDENT = "report_incident"
    INCIDENT_DO = "incident_do"
    INCIDENT = "incident"
    CONCERN = "concern"
    CONCERN_PHRASE = "concern_phrase"
    CONCERN_MINE = "concern_mine"
    CAMPAIGN = "campaign"
    TELL_USE = "tell_use"
    CONSULT = "consult"


class Shortcut(StrEnum):
    ASK_ABOUT_AI = "ask_about_ai"
    LOG_THIS_USE = "log_this_use"
    ANSWER_WRONG = "answer_wrong"
    INCIDENT_FROM = "incident_from"
    INCIDENT_NOTE = "incident_note"


class Command(StrEnum):
    STEWARD = "/steward"


class Press(NamedTuple):
    """What a pressed element says about itself; `turn` is 0 outside of a question."""

    case: str
    turn: int = 0
    question: str = ""
    choice: str = ""


def to_choice(words: str) -> str:
    """A short id for words that have none of their own."""
    return sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def drawn(action: Action | Input, number: int | None = None) -> str:
    """The `action_id` to draw; a number tells several of the same row apart."""
    return action.value if number is None else f"{action.value}.{number}"


def numbered(field: Field, number: int) -> str:
    """The `block_id` of one of several fields of the same kind."""
    return f"{field.value}.{number}"


def heard(action: Action) -> re.Pattern[str]:
    """Matches every drawn form of `action`."""
    return re.compile(rf"{re.escape(action.value)}(\.\d+)?")


def named(action_id: str) -> Action:
    """The action of a drawn id; ValueError for one that is not ours."""
    return Action(action_id.partition(".")[0])


def to_value(press: Press) -> str:
    """For a button: ids; free words only as the choice, where they are a question that whoever presses goes on with."""
    return f"{press.case}|{press.turn}|{press.question}|{press.choice}"


def from_value(value: str) -> Press:
    """ValueError where this is not a value of ours."""
    case, turn, question, choice = value.split("|", 3)
    return Press(case=case, turn=int(turn), question=question, choice=choice)


def to_block_id(row: str, press: Press) -> str:
    """Menus and pickers have no value of their own, so their row names what they belong to."""
    return f"{row}:{to_value(press)}"


def from_block_id(block_id: str) -> Press:
    return from_value(block_id.partition(":")[2])
