"""What people answer to a campaign. Whoever tried to and could not is told so in a window, and noted nowhere.

A refusal in the trail would stand beside what an amnesty was told, with a name. So nothing here is refused by raising.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import NAMESPACE_URL, uuid5

from bot.slack import screens, windows
from bot.slack.colleagues import check_colleague
from bot.slack.fields import Field
from bot.slack.filled import Reply, field, missing, sent_back
from bot.slack.front import Front
from bot.slack.ids import Action, View
from bot.slack.payloads import Press, Submission, Who
from bot.slack.scenes import make_voice
from bot.slack.screens.campaigns import Row
from intake.told import read_lines
from store import campaigns, disclosing
from store.campaigns import Telling
from store.queries import may_see, unit_of
from triage.campaign import Campaign
from triage.case import Case
from triage.desk import Desk
from triage.outcome import Refused
from triage.register import Reader

MOST_LINES = 10
UNCLEAR = "reader_unclear"
Handler = Callable[[Front, Press, str], None]


def unnoted(handler: Handler) -> Handler:
    """Refusals in a window, where nothing is owed to anybody for it."""

    def handle(front: Front, press: Press, person: str) -> None:
        windows.about(press)  # a damaged press is nobody's answer, and refused like any other
        try:
            handler(front, press, person)
        except Refused as refusal:  # nobody is noted
            said = (
                front.words.line("campaign.unclear")
                if refusal.key == UNCLEAR
                else front.refusal_text(refusal)
            )
            windows.open_window(front, press, person, screens.note_view(front.words, said))

    return handle


def _asked(front: Front, who: Who, person: str, id: str) -> tuple[Campaign, Desk]:
    """Whoever presses for the first time may be a guest whom nobody has looked up yet."""
    check_colleague(front, who.team, who.user, person, outside="for_colleagues")
    desk = front.desk(beside=[person])
    with front.office.store.read() as session:
        campaign = campaigns.load(session, id)
    if campaign is None or not campaign.runs_on(desk.day):
        raise Refused("campaign_over")
    return campaign, desk


def tell(front: Front, press: Press, person: str) -> None:
    campaign, desk = _asked(front, press.who, person, windows.about(press).case)
    with front.office.store.read() as session:
        unit = unit_of(session, person, desk.organisation.units)
    windows.open_window(front, press, person, screens.tell_use_view(make_voice(front), campaign, unit=unit))


def none(front: Front, press: Press, person: str) -> None:
    campaign, _ = _asked(front, press.who, person, windows.about(press).case)
    with front.office.store.write() as session:
        campaigns.answer(session, campaign.id, person, "none")
    windows.open_window(front, press, person, screens.none_view(front.words, campaign))


def handed(front: Front, submission: Submission, person: str) -> Reply:
    """Where Slack does not say who they are, the words stay in their field."""
    try:
        return _handed(front, submission, person)
    except Refused as refusal:
        if refusal.key == UNCLEAR:
            return sent_back(front, Field.LINES, "campaign.unclear")
        view = screens.note_view(front.words, front.refusal_text(refusal))
        return {"response_action": "update", "view": view}


def _handed(front: Front, submission: Submission, person: str) -> Reply:
    """Each line becomes a use, unless it is on record and they may hear so."""
    campaign, desk = _asked(front, submission.who, person, submission.about)
    text, unit = field(submission, Field.LINES), field(submission, Field.UNIT)
    lines = read_lines(text, front.office.library.catalogue)
    if not lines:
        return missing(front, Field.LINES)
    if not unit:
        return missing(front, Field.UNIT)
    if len(lines) > MOST_LINES:
        return sent_back(front, Field.LINES, "problem.lines_many")
    told = [
        Telling(
            id=uuid5(NAMESPACE_URL, f"campaign\n{campaign.id}\n{submission.key}\n{number}").hex,
            tool=line.name,
            tool_id=line.tool.id if line.tool else None,
            unit=unit,
            purpose=line.purpose,
        )
        for number, line in enumerate(lines)
    ]
    reader = front.reader(person, desk)
    covers = disclosing.tell(front.office.store, front.office.ledger, campaign, told, reader, desk)
    front.wake()
    rows = [_row(front, each, known, reader) for each, known in zip(told, covers, strict=True)]
    return {"response_action": "update", "view": screens.told_view(front.words, campaign, rows)}


def _row(front: Front, told: Telling, known: Case | None, reader: Reader) -> Row:
    if known is None:
        return Row(told.tool, told.purpose)
    with front.office.store.read() as session:
        seen = may_see(session, reader, known.id)
    return Row(told.tool, told.purpose, there=True, ref=(known.ref or "") if seen else "")


PRESSED: dict[Action, Handler] = {Action.TELL_USE: unnoted(tell), Action.USE_NONE: unnoted(none)}
HANDED: dict[View, Callable[[Front, Submission, str], Reply]] = {View.TELL_USE: handed}
