"""The register of risks at the desk: drawn for one person, narrowed, page by page; and what rules name beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from bot.markup import Mrkdwn
from bot.slack import soa, windows
from bot.slack.entries import check_inside, look
from bot.slack.front import Front
from bot.slack.ids import Action, to_choice
from bot.slack.payloads import Press
from bot.slack.scenes import make_voice
from bot.slack.screens import risks as drawing
from bot.slack.screens.riskaccept import note_of
from bot.slack.screens.risks import PAGE, Row, Seen
from store import aims, origins, own, queries, risks, risks_kept, risks_stale
from store.aims_shown import shown
from store.sessions import Session
from triage.aims.entry import Entry
from triage.aims.kinds import kinds
from triage.aims.seeing import GOVERNING, may_draft, may_read_risks
from triage.aims.sifting import TOOL, USE, Sift, Weighed, fits, from_text, next_day
from triage.desk import Desk
from triage.outcome import Refused
from triage.policies import book_with

RISK = "risk"


def check_may_look(front: Front, person: str, desk: Desk) -> None:
    check_inside(front, person, desk)
    if not may_read_risks(person, desk):
        held = dict.fromkeys(one for role in GOVERNING for one in sorted(desk.roles.get(role, ())))
        raise Refused("not_your_risks", people=" ".join(held))


def called(front: Front, person: str, trigger: str) -> None:
    windows.open_by(front, trigger, view(front, person, Sift(), 0))


def press(front: Front, pressed: Press, person: str) -> None:
    about = windows.about(pressed)
    windows.open_window(front, pressed, person, view(front, person, from_text(about.choice), 0))


def sift(front: Front, pressed: Press, person: str) -> None:
    """What was chosen, in the same window."""
    windows.turn(front, pressed, person, view(front, person, from_text(windows.about(pressed).choice), 0))


def turn(front: Front, pressed: Press, person: str) -> None:
    about = windows.about(pressed)
    windows.turn(front, pressed, person, view(front, person, from_text(about.choice), about.turn))


def view(front: Front, person: str, wanted: Sift, page: int) -> dict[str, Any]:
    """As it stands now; behind the last page comes the last."""
    desk = front.desk(actor=person)
    check_may_look(front, person, desk)
    with front.office.store.read() as session:
        seen = _seen(front, session, person, desk, wanted, page)
    return drawing.risks_view(make_voice(front), seen)


def _seen(front: Front, session: Session, person: str, desk: Desk, wanted: Sift, page: int) -> Seen:
    every = _theirs(session, person, desk)
    tools = risks.tools_of(session, every)
    by_choice = {to_choice(tool): tool for held in tools.values() for tool in held}
    meant = Sift(TOOL, by_choice.get(wanted.value, "")) if wanted.about == TOOL else wanted
    if wanted.about == USE and not _may_see(front, session, person, desk, wanted.value):
        wanted = meant = Sift()
    found = [each for each in every if fits(each, meant, person, desk, tools)]
    page = max(0, min(page, (len(found) - 1) // PAGE))
    here = found[page * PAGE : (page + 1) * PAGE]
    actions = risks.actions_of(session, [each.entry for each in here])
    rows = [_row(session, each, actions[each.entry.id], desk) for each in here]
    drafts = may_draft(kinds()[RISK], person, desk)
    named = sorted(by_choice.values(), key=str.casefold)
    lacks = len(risks_kept.missing(session)) if drafts else 0
    happened = len(origins.waiting(session)) if drafts else 0
    return Seen(every, rows, len(found), wanted, page, named, drafts, lacks, happened)


def _theirs(session: Session, person: str, desk: Desk) -> list[Weighed]:
    """What this person may read of it: a first version that waits is not for everybody."""
    found = risks.register(session, desk.day)
    looks = ((each, look(each.entry, person, desk)) for each in found)
    return [each for each, seen in looks if seen.counts or seen.waits]


def _may_see(front: Front, session: Session, person: str, desk: Desk, ref: str) -> bool:
    """Which risks hang on a use is for whoever may read the use."""
    return queries.entry(session, front.reader(person, desk), ref) is not None


def _row(session: Session, one: Weighed, actions: Sequence[Entry], desk: Desk) -> Row:
    day = next_day(one.entry, actions, desk.calendar())
    return Row(shown(session, one.entry), one.standing, day, _has_ended(session, one))


def _has_ended(session: Session, one: Weighed) -> bool:
    """Whether it is to be closed, as all uses that it hangs on are over; a person does that, or says why not."""
    return one.standing is not None and not one.standing.closed and aims.have_ended(session, one.entry)


def note(front: Front, session: Session, entry: Entry, desk: Desk) -> Mrkdwn:
    """How it stands, above a risk that is read; nothing above anything else."""
    if entry.kind != RISK:
        return Mrkdwn("")
    actions = [shown(session, each) for each in risks.actions_of(session, [entry])[entry.id]]
    kept = aims.load(session, entry.id) or entry
    one = risks.weighed(session, kept, desk.day)
    return note_of(make_voice(front), one.standing, actions, ended=_has_ended(session, one))


def for_home(session: Session, person: str, desk: Desk) -> bool:
    """Whether the way in stands there."""
    return may_read_risks(person, desk)


def suggest(front: Front, desk: Desk) -> None:
    """What operation suggests of controls, then of risks, as both are read from the same register."""
    soa.keep(front, desk)
    keep(front, desk)


def keep(front: Front, desk: Desk) -> None:
    """Works out what rules name once something changed, right after what is suggested of controls was."""
    worked = front.worked
    if worked is None or worked is front.weighed_from:
        return
    named = tuple(dict.fromkeys((*front.office.config.policies, *risks_kept.NAMING)))
    with front.office.store.read() as session:
        book = book_with(named, own.text_of(session, own.in_force(session)))
        found = risks_kept.worked_out(session, desk.form, book)
        arisen = origins.worked_out(session)
        stale = risks_stale.untold(session, desk)
    with front.office.store.write() as session:
        risks_kept.keep(session, found, desk.now)
        origins.keep(session, arisen, desk.now)
        told = risks_stale.tell(session, stale, desk)
    front.weighed_from = worked
    if told:
        front.wake()


PRESSED: dict[Action, Callable[[Front, Press, str], None]] = {
    Action.RISKS: press,
    Action.RISKS_SIFT: sift,
    Action.RISKS_PAGE: turn,
}
