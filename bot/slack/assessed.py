"""Looking at a questionnaire of ours about a use: the window with all that was answered, and what was said of it."""

from __future__ import annotations

from hashlib import sha256

from slack_sdk.errors import SlackApiError

from bot.slack import assessing, screens, windows
from bot.slack.abouts import from_sheeted
from bot.slack.fields import Field
from bot.slack.filled import Reply, field, missing
from bot.slack.front import Front
from bot.slack.payloads import Press, Submission
from bot.slack.scenes import make_voice
from store import aims, assessments
from store.assessments import Assessment
from triage.aims.assessed import KIND, Shown, name_of
from triage.aims.entry import entry_id
from triage.aims.kinds import kinds
from triage.aims.wishes import DraftEntry
from triage.outcome import Refused
from triage.schemes import GUIDED


def stamp(now: Shown) -> str:
    """Names in short what was shown."""
    return sha256(now.model_dump_json().encode()).hexdigest()[:16]


def look(front: Front, pressed: Press, person: str) -> None:
    """In the window that is open."""
    about = from_sheeted(windows.about(pressed).choice)
    seen = assessing.seen_by(front, person, about)
    if not seen.looked.may:
        raise Refused("own_assessment")
    drawn = screens.assess_review(
        seen, stamp(_held(front, about.case, about.form)[1].shown), make_voice(front)
    )
    view = pressed.view or {}
    if not view.get("id"):
        raise Refused("unknown_button")
    try:
        front.client.views_update(view_id=view["id"], hash=view.get("hash"), view=drawn)
    except SlackApiError as error:
        if str(error.response.get("error")) not in windows.LEFT:
            raise


def looked(front: Front, submission: Submission, person: str) -> Reply:
    """Kept as what they say of exactly what was shown; then the overview as it stands."""
    about = from_sheeted(submission.about)
    assessing.seen_by(front, person, about)
    said, words = field(submission, Field.RULING), field(submission, Field.WORDS)
    if not said:
        return missing(front, Field.RULING)
    if not words:
        return missing(front, Field.WORDS)
    case, held = _held(front, about.case, about.form)
    if stamp(held.shown) != about.page:
        raise Refused("entry_moved")
    kind, name, now = kinds()[KIND], name_of(case, held.questionnaire.form.id), held.shown
    wish = DraftEntry(
        actor=person,
        key=submission.key,
        entry=entry_id(kind, name, submission.key),
        kind=kind.id,
        name=name,
        seen=len(held.entry.drafts) if held.entry else 0,
        said={
            "uses": (now.ref,),
            "version": now.version,
            "answers": now.answers,
            "facts": now.facts,
            "found": now.found,
            "outcome": said,
            "words": words,
        },
    )
    desk = front.desk(actor=person)
    try:
        with front.office.store.write() as session:
            aims.carry_out(session, wish, desk)
    except Refused as refusal:
        front.office.ledger.note("assess", case, refusal, actor=person, key=submission.key, now=desk.now)
        raise
    shown = assessing.seen_by(front, person, about._replace(page=""))
    return {"response_action": "update", "view": screens.assess_overview(shown)}


def _held(front: Front, id: str, form: str) -> tuple[str, Assessment]:
    if form not in GUIDED:
        raise Refused("nothing_to_assess_by")
    with front.office.store.read() as session:
        case = assessing.case_of(session, id)
        return case.id, assessments.of_case(session, case, form)
