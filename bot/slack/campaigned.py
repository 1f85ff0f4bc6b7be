"""Campaigns in Slack: started and ended by whoever leads, and what they say drawn as it stands."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from uuid import NAMESPACE_URL, uuid5

from bot.markup import Mrkdwn
from bot.slack import screens, telling, windows
from bot.slack.askable import obstacle
from bot.slack.fields import Field
from bot.slack.filled import Reply, day, field, missing, sent_back
from bot.slack.front import Front
from bot.slack.ids import Action, View
from bot.slack.message import Message
from bot.slack.payloads import Press, Submission
from bot.slack.scenes import make_voice
from bot.slack.screens.campaigns import AMNESTY, EVERYONE
from store import asking, campaigns, disclosing, outbox, turnout
from store.errors import Unavailable
from store.outbox import Owed
from triage.campaign import Campaign, check_may_start, problem_of
from triage.desk import Desk
from triage.outcome import Refused

log = logging.getLogger(__name__)

MOST_PLACES = 10


def called(front: Front, person: str, trigger: str) -> Message | None:
    """The window that starts one, or how the one that runs stands."""
    desk = front.desk(actor=person)
    check_may_start(person, desk)
    with front.office.store.write() as session:  # of an amnesty, what is counted for the day is kept
        running = campaigns.unended(session)
        found = [turnout.figures(session, each, desk.day) for each in running]
    if running:
        return screens.campaign_figures(make_voice(front), running[0], found[0], today=desk.day, ends=True)
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


def ended(front: Front, press: Press, person: str) -> None:
    desk = front.desk(actor=person)
    check_may_start(person, desk)
    with front.office.store.write() as session:
        campaign = campaigns.load(session, windows.about(press).case)
        if campaign is None or campaign.ended_at is not None:
            raise Refused("campaign_over")
        asking.end(session, campaign, desk, by=person)
    front.wake()


def draw(front: Front, owed: Owed) -> Message | None:
    desk, step = front.desk(), str(owed.payload["step"])
    with front.office.store.read() as session:
        campaign = campaigns.load(session, str(owed.payload["campaign"]))
        if campaign is None:
            return None
        if step == asking.SUMMARY:
            found = turnout.figures(session, campaign, desk.day)
            return screens.campaign_figures(make_voice(front), campaign, found, today=desk.day)
    if owed.kind == "post" and (not campaign.runs_on(desk.day) or _is_left_out(front, campaign, owed, desk)):
        return None
    return screens.campaign(make_voice(front), campaign, step=step, today=desk.day)


def _is_left_out(front: Front, campaign: Campaign, owed: Owed, desk: Desk) -> bool:
    """A channel that others came to read since it was started; whoever leads is told so once."""
    channel = front.directory.channel(owed.place_id) if owed.place_id else None
    if channel is None or not front.shared(channel):
        return False
    if (reader := asking.reader_of(campaign, desk)) is not None:
        text = front.words.line("campaign.left_out", channel=Mrkdwn(f"<#{channel}>"))
        owe = partial(
            outbox.put, kind="post", person_id=reader, payload={"text": text}, priority=asking.PRIORITY
        )
        front.once(f"campaign:left out:{campaign.id}:{owed.place_id}", lambda s: owe(s, now=desk.now))
    return True


def follow_up(front: Front, desk: Desk) -> int:
    """By the clock, what amnesties were told; whatever is wrong with it, deadlines go on."""
    try:
        return _follow_up(front, desk)
    except Unavailable:
        raise
    except Exception as bug:
        log.error("What an amnesty was told waits", extra={"because": type(bug).__name__})
        return 0


def _follow_up(front: Front, desk: Desk) -> int:
    """First what the register does not know yet, then whose it is where that is over."""
    store, ledger = front.office.store, front.office.ledger
    taken = disclosing.take_in(store, ledger, desk, partial(_titled, front))
    with store.read() as session:
        held = campaigns.to_follow_up(session, desk.day)
        spent, open_ones = asking.is_spent(session), campaigns.to_close(session)
    if held:
        disclosing.follow_up(store, ledger, held, front.beside(desk, [each.person for each in held]))
    if spent or open_ones:
        with store.write() as session:
            asking.forget_asked(session)
            campaigns.close(session)
    return taken + len(held)


def _titled(front: Front, tool: str) -> tuple[str, str]:
    """What a use bears that was told of in an amnesty: its tool, where the catalogue knows it, and nothing else."""
    name = tool or front.words.label("campaign.unknown_tool")
    return name, front.words.label("campaign.title", tool=name)


PRESSED: dict[Action, Callable[[Front, Press, str], None]] = {
    **telling.PRESSED,
    Action.END_CAMPAIGN: ended,
}
HANDED: dict[View, Callable[[Front, Submission, str], Reply]] = {
    View.CAMPAIGN: started,
    **telling.HANDED,
}
