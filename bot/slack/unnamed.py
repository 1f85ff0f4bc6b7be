"""Raising a concern without one's name, and coming back to it. The door answers these itself, and by itself alone.

No function here looks at who acts: no row is made of them, no key is drawn from them, nothing is owed to them and
nothing is logged but the kind of a fault. What cannot be kept stays in its window.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from slack_sdk.errors import SlackApiError

from bot.phrase import as_typed, new_phrase
from bot.slack import screens
from bot.slack.fields import Field
from bot.slack.filled import field
from bot.slack.front import Front
from bot.slack.ids import Action, Input, View
from bot.slack.incident_wishes import answers_in
from bot.slack.payloads import Press, Submission
from bot.slack.scenes import make_voice
from store import incidents, unnamed
from triage.outcome import Refused

log = logging.getLogger(__name__)

Reply = dict[str, Any]
MINE = "mine"
"""Behind `/steward concern`: the one that was raised before."""


def called(front: Front, rest: str, trigger: str) -> Reply:
    """`/steward concern`, with or without first words, or `… mine`; only a fault is answered in words."""
    words = rest.strip()
    try:
        view = phrase_view(front) if words.lower() == MINE else _new_view(front, words)
        front.client.views_open(trigger_id=trigger, view=view)
    except Exception as error:
        _log(error)
        return {"response_type": "ephemeral", "text": front.spare_words.line("unnamed.not_opened")}
    return {}


def pressed(front: Front, press: Press) -> None:
    """In a window it takes the place of what stood there, with the words typed so far; else it opens one."""
    try:
        view = DRAWN[Action(press.action)](front, press)
        held = press.view or {}
        if held.get("type") == "modal":
            front.client.views_update(view_id=held.get("id", ""), hash=held.get("hash"), view=view)
        else:
            front.client.views_open(trigger_id=press.trigger, view=view)
    except Exception as error:
        _log(error)  # nobody can be told without knowing who; what they wrote still stands before them


def handed(front: Front, submission: Submission) -> Reply:
    try:
        return _handed(front, submission)
    except Exception as error:
        _log(error)
        return _beside(submission, front.spare_words.label("unnamed.not_kept"))


def _handed(front: Front, submission: Submission) -> Reply:
    try:
        return HANDED[View(submission.callback)](front, submission)
    except Refused as refusal:
        return _beside(submission, front.words.label(f"refusal.{refusal.key}"))


def _log(error: Exception) -> None:
    """Its kind alone: a trace, or what it says, may hold what came in."""
    level = (
        logging.INFO if isinstance(error, SlackApiError) else logging.ERROR
    )  # most often Slack's door shut
    log.log(
        level,
        "A concern without a name could not be served",
        extra={"event": "unnamed.failed", "error": type(error).__name__},
    )


def _beside(submission: Submission, said: str) -> Reply:
    """Beside the field, where the words stay."""
    name = Field.PHRASE if submission.callback == View.CONCERN_PHRASE.value else Field.WORDS
    return {"response_action": "errors", "errors": {name.value: said}}


# -- the windows


def _new_view(front: Front, words: str) -> dict[str, Any]:
    """Its number and its phrase are made now and come back with it: handed in twice it is the same concern."""
    return screens.concern_view(
        make_voice(front),
        f"{uuid4().hex}|{new_phrase()}",
        unnamed.hour_after(front.office.now()),
        words=words,
        speak_up=front.office.config.speak_up or "",
    )


def phrase_view(front: Front) -> dict[str, Any]:
    return screens.phrase_view(make_voice(front))


def _typed_so_far(press: Press) -> str:
    held = press.state.get(Field.WORDS.value) or {}
    return str((held.get(Input.VALUE.value) or {}).get("value") or "")


DRAWN: dict[Action, Callable[[Front, Press], dict[str, Any]]] = {
    Action.CONCERN: lambda front, press: _new_view(front, _typed_so_far(press)),
    Action.CONCERN_MINE: lambda front, press: phrase_view(front),
}


# -- what is handed in


def _raised(front: Front, submission: Submission) -> Reply:
    id, _, phrase = submission.about.partition("|")
    words = _words(submission)
    _check_keeps(words, phrase)
    answers, wrong = answers_in(submission)
    if wrong:
        return {
            "response_action": "errors",
            "errors": {name: front.words.label("problem.alone") for name in wrong},
        }
    store, now = front.office.store, front.office.now()
    with store.write() as session:
        due = unnamed.raise_one(session, id, phrase, words, answers, now)
    return _instead(screens.concern_kept_view(front.words, phrase, due))


def _opened(front: Front, submission: Submission) -> Reply:
    phrase, strange = as_typed(_words(submission, Field.PHRASE))
    if strange:
        return _beside(submission, front.words.label("unnamed.no_such_word", word=strange[0][:40]))
    with front.tries.one_at_a_time(), front.office.store.read() as session:
        id = unnamed.opened_by(session, phrase)
        if id is None:
            front.tries.note_wrong()
            return _beside(submission, front.words.label("unnamed.no_such_phrase"))
        incident, waiting = incidents.load(session, id), unnamed.waiting(session, id)
    about = f"{uuid4().hex}|{phrase}"
    return _instead(screens.my_concern_view(make_voice(front), about, incident, waiting))


def _written_on(front: Front, submission: Submission) -> Reply:
    """The phrase comes with the window: it, and no account, says that somebody may."""
    key, _, phrase = submission.about.partition("|")
    words = _words(submission)
    _check_keeps(words, phrase)
    store, now = front.office.store, front.office.now()
    with store.write() as session:
        id = unnamed.opened_by(session, phrase)
        if id is None:
            raise Refused("unknown_incident")
        due = unnamed.write_on(session, key, id, words, now)
    return _instead(screens.concern_written_view(front.words, due))


def _check_keeps(words: str, phrase: str) -> None:
    """Whoever has the phrase writes as they do: it must not stand before those who look into it."""
    if phrase in as_typed(words)[0]:
        raise Refused("that_is_the_phrase")


def _words(submission: Submission, name: Field = Field.WORDS) -> str:
    words = field(submission, name)
    if not words:
        raise Refused("words_needed")
    return words


def _instead(view: dict[str, Any]) -> Reply:
    return {"response_action": "update", "view": view}


HANDED: dict[View, Callable[[Front, Submission], Reply]] = {
    View.CONCERN: _raised,
    View.CONCERN_PHRASE: _opened,
    View.CONCERN_MINE: _written_on,
}
