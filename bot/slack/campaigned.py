"""Campaigns in Slack: started by whoever leads, answered by everybody, and what they say drawn as it stands."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import NAMESPACE_URL, uuid5

from bot.slack import screens, windows
from bot.slack.askable import obstacle
from bot.slack.colleagues import check_colleague
from bot.slack.fields import Field
from bot.slack.filled import Reply, day, field, missing, sent_back
from bot.slack.front import Front
from bot.slack.ids import Action, View
from bot.slack.message import Message
from bot.slack.payloads import Press, Submission, Who
from bot.slack.scenes import make_voice
from bot.slack.screens.campaigns import AMNESTY, EVERYONE, Row
from intake.told import Line, read_lines
from store import asking, campaigns, disclosing
from store.campaigns import Telling
from store.employees import of_person
from store.errors import Unavailable
from store.outbox import Owed
from store.queries import may_see, usual_unit
from store.sessions import Session
from triage.campaign import Campaign, check_may_start, problem_of
from triage.case import Case
from triage.desk import Desk
from triage.disclosures import TellUse
from triage.outcome import Refused

log = logging.getLogger(__name__)

MOST_PLACES, MOST_LINES = 10, 10


class Told(NamedTuple):
    """One line: what is kept of it, the use it opens if it opens one, and what is said of it."""

    telling: Telling
    wish: TellUse | None
    row: Row


def called(front: Front, person: str, trigger: str) -> Message | None:
    """The window that starts one, or how the one that runs stands."""
    desk = front.desk(actor=person)
    check_may_start(person, desk)
    with front.office.store.read() as session:
        running = campaigns.unended(session)
        if running:
            found = campaigns.figures(session, running[0])
            return screens.campaign_figures(make_voice(front), running[0], found, today=desk.day, ends=True)
    windows.open_by(front, trigger, screens.campaign_view(make_voice(front), desk.day))
    return None


def started(front: Front, submission: Submission, person: str) -> Reply:
    desk = front.desk(actor=person)
    check_may_start(person, desk)
    since, until = (day(field(submission, name)) for name in (Field.SINCE, Field.UNTIL))
    if since is None or until is None:
        return missing(front, Field.SINCE if since is None else Field.UNTIL)
    channels, how = (submission.fields.get(each.value, ()) for each in (Field.PLACES, Field.HOW))
    if wrong := _wrong(front, channels, how, since, until, desk):
        return sent_back(front, *wrong)
    places = tuple(front.directory.place(channel) for channel in dict.fromkeys(channels))
    campaign = Campaign(
        id=uuid5(NAMESPACE_URL, f"campaign\n{submission.key}").hex,
        started_by=person,
        places=places,
        everyone=EVERYONE in how,
        amnesty=AMNESTY in how,
        since=since,
        until=until,
        words=field(submission, Field.WORDS),
        at=desk.now,
    )
    with front.office.store.write() as session:
        if campaigns.load(session, campaign.id) is None:
            if campaigns.unended(session):
                raise Refused("campaign_runs")
            campaigns.start(session, campaign)
            asking.plan(session, campaign, desk)
    front.wake()
    text = front.words.line("campaign.started", since=front.words.day(since), until=front.words.day(until))
    return {"response_action": "update", "view": screens.note_view(front.words, text)}


def _wrong(
    front: Front, channels: Sequence[str], how: Sequence[str], since: date, until: date, desk: Desk
) -> tuple[Field, str] | None:
    """The first field that does not fit, and what is said beside it."""
    if problem := problem_of(since, until, desk.calendar(), desk.now):
        return Field.SINCE if problem == "past" else Field.UNTIL, f"problem.campaign_{problem}"
    if not channels and EVERYONE not in how:
        return Field.PLACES, "problem.campaign_nowhere"
    if len(channels) > MOST_PLACES:
        return Field.PLACES, "problem.campaign_many"
    found = obstacle(front, tuple(dict.fromkeys(channels)))
    return (Field.PLACES, f"problem.campaign_{found}") if found else None


def _running(session: Session, id: str, desk: Desk) -> Campaign:
    campaign = campaigns.load(session, id)
    if campaign is None or not campaign.runs_on(desk.day):
        raise Refused("campaign_over")
    return campaign


def _asked(front: Front, who: Who, person: str, id: str) -> tuple[Campaign, Desk]:
    """Whoever presses for the first time may be a guest whom nobody has looked up yet."""
    check_colleague(front, who.team, who.user, person, outside="for_colleagues")
    desk = front.desk(beside=[person])
    with front.office.store.read() as session:
        return _running(session, id, desk), desk


def tell(front: Front, press: Press, person: str) -> None:
    campaign, _ = _asked(front, press.who, person, windows.about(press).case)
    with front.office.store.read() as session:
        employee = of_person(session, person)
        unit = usual_unit(session, person) or (employee.unit if employee else "")
    windows.open_window(front, press, person, screens.tell_use_view(make_voice(front), campaign, unit=unit))


def none(front: Front, press: Press, person: str) -> None:
    campaign, _ = _asked(front, press.who, person, windows.about(press).case)
    with front.office.store.write() as session:
        campaigns.answer(session, campaign.id, person, "none")
    windows.open_window(front, press, person, screens.none_view(front.words, campaign))


def ended(front: Front, press: Press, person: str) -> None:
    desk = front.desk(actor=person)
    check_may_start(person, desk)
    with front.office.store.write() as session:
        campaign = campaigns.load(session, windows.about(press).case)
        if campaign is None or campaign.ended_at is not None:
            raise Refused("campaign_over")
        asking.end(session, campaign, desk, by=person)
    front.wake()


def handed(front: Front, submission: Submission, person: str) -> Reply:
    """Each line becomes a use, unless their team has one on record."""
    campaign, desk = _asked(front, submission.who, person, submission.about)
    text, unit = field(submission, Field.LINES), field(submission, Field.UNIT)
    lines = read_lines(text, front.office.library.catalogue)
    if not lines:
        return missing(front, Field.LINES)
    if not unit:
        return missing(front, Field.UNIT)
    if len(lines) > MOST_LINES:
        return sent_back(front, Field.LINES, "problem.lines_many")
    with front.office.store.read() as session:
        made = [
            _told(front, session, campaign, person, submission.key, number, line, unit, desk)
            for number, line in enumerate(lines)
        ]
    wishes = [each.wish for each in made if each.wish is not None]
    told = [each.telling for each in made]
    disclosing.tell(front.office.store, front.office.ledger, campaign, person, told, wishes, desk)
    front.wake()
    view = screens.told_view(front.words, campaign, [each.row for each in made])
    return {"response_action": "update", "view": view}


def _told(
    front: Front,
    session: Session,
    campaign: Campaign,
    person: str,
    key: str,
    number: int,
    line: Line,
    unit: str,
    desk: Desk,
) -> Told:
    tool = line.tool.id if line.tool else line.name
    id = uuid5(NAMESPACE_URL, f"campaign\n{campaign.id}\n{key}\n{number}").hex
    telling = Telling(id=id, tool=line.name, unit=unit, purpose=line.purpose, use=id)
    row = Row(line.name, line.purpose)
    if line.tool and (known := disclosing.there(session, tool, unit)) is not None and known.id != id:
        kept = telling.model_copy(update={"use": known.id, "new": False})
        return Told(kept, None, row._replace(there=True, ref=_ref(front, session, known, person, desk)))
    before = disclosing.told_already(session, campaign, line.name, unit)
    if before is not None and before != id and (campaign.amnesty or not line.tool):
        kept = telling.model_copy(update={"use": before, "new": False})
        return Told(kept, None, row._replace(there=not campaign.amnesty))
    return Told(telling, _wish(front, campaign, person, f"{key}:{number}", id, line, unit), row)


def _ref(front: Front, session: Session, known: Case, person: str, desk: Desk) -> str:
    return (known.ref or "") if may_see(session, front.reader(person, desk), known.id) else ""


def _wish(front: Front, campaign: Campaign, person: str, key: str, id: str, line: Line, unit: str) -> TellUse:
    """Of an amnesty it bears the tool, and nothing of whose it is."""
    about: dict[str, Any] = {"case": id, "campaign": campaign.id, "tool_name": line.name}
    about |= {"tool_id": line.tool.id if line.tool else None}
    if campaign.amnesty:
        title = front.words.label("campaign.title", tool=line.name)
        return TellUse(actor="", key=f"campaign:{id}", via="amnesty", title=title, **about)
    return TellUse(actor=person, key=key, purpose=line.purpose, unit=unit, **about)


def draw(front: Front, owed: Owed) -> Message | None:
    desk, step = front.desk(), str(owed.payload["step"])
    with front.office.store.read() as session:
        campaign = campaigns.load(session, str(owed.payload["campaign"]))
        if campaign is None:
            return None
        if step == asking.SUMMARY:
            found = campaigns.figures(session, campaign)
            return screens.campaign_figures(make_voice(front), campaign, found, today=desk.day)
    if owed.kind == "post" and not campaign.runs_on(desk.day):
        return None
    return screens.campaign(make_voice(front), campaign, step=step, today=desk.day)


def follow_up(front: Front, desk: Desk) -> int:
    """By the clock, after one that is over; whatever is wrong with it, deadlines go on."""
    store = front.office.store
    try:
        with store.read() as session:
            held, spent = campaigns.to_follow_up(session, desk.day), asking.is_spent(session)
        if held:
            beside = front.beside(desk, [each.person for each in held])
            disclosing.follow_up(store, front.office.ledger, held, beside)
        if spent:
            with store.write() as session:
                asking.forget_asked(session)
        return len(held)
    except Unavailable:
        raise
    except Exception as bug:
        log.error("What an amnesty was told waits", extra={"because": type(bug).__name__})
        return 0


PRESSED: dict[Action, Callable[[Front, Press, str], None]] = {
    Action.TELL_USE: tell,
    Action.USE_NONE: none,
    Action.END_CAMPAIGN: ended,
}
HANDED: dict[View, Callable[[Front, Submission, str], Reply]] = {
    View.CAMPAIGN: started,
    View.TELL_USE: handed,
}
