"""The set-up of the management system: how far it is, each kind with its entries, and one entry whole."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.slack import blocks as b
from bot.slack import objectives, phasing, programme, risks, sectors, tagging, windows, worked
from bot.slack.changing import LEAD
from bot.slack.entries import acting, below, check_inside, look, open_here, seen
from bot.slack.front import Front
from bot.slack.ids import Action
from bot.slack.linking import left_of, of_entry
from bot.slack.payloads import Press
from bot.slack.scene import System
from bot.slack.scenes import make_voice
from bot.slack.screens import entrylook
from bot.slack.screens import system as drawnsystem
from bot.slack.screens.asked import asked_blocks
from bot.slack.screens.homelead import DECIDING
from bot.slack.screens.matrix import matrix_button
from bot.slack.screens.system import Seen
from store import aims, aims_tally
from store.aims_shown import shown
from store.awaited import awaited
from store.sessions import Session
from triage.aims.asked import ASKED, PARTY
from triage.aims.competence import KIND as COMPETENCE
from triage.aims.entry import Entry
from triage.aims.kinds import kinds
from triage.aims.pathway import in_order
from triage.aims.seeing import check_may_list, check_may_look, is_stated, may_draft, may_look, shown_to
from triage.aims.standing import ORDER, WORK, Standing, approvers, standing
from triage.aims.taking import may_take_pack
from triage.aims.training import KIND as TRAINING
from triage.desk import Desk
from triage.outcome import Refused

SKILLS = frozenset((TRAINING, COMPETENCE))
VACANT = ("executive", "auditor", *DECIDING)


def called(front: Front, person: str, trigger: str) -> None:
    desk = front.desk(actor=person)
    check_may_look(person, desk)
    windows.open_by(front, trigger, view(front, person, desk))


def press(front: Front, pressed: Press, person: str) -> None:
    windows.about(pressed)  # a damaged press is refused like any other
    desk = front.desk(actor=person)
    check_may_look(person, desk)
    windows.open_window(front, pressed, person, view(front, person, desk))


def view(front: Front, person: str, desk: Desk) -> dict[str, Any]:
    """As it stands now, for this person."""
    with front.office.store.read() as session:
        found, waits = _standing(session, desk), awaited(session, person, desk, drawnsystem.NAMED)
        config = front.office.config
        words = front.words
        regions = ", ".join(config.organisation.regions).upper()
        drawn = Seen(
            standing=found,
            waiting=waits.first,
            acting=acting(session, person, desk),
            drafts=frozenset(id for id in (*ORDER, *WORK) if may_draft(kinds()[id], person, desk)),
            able={each.id: approvers(each, desk) for each in found.waiting},
            about={
                "sector": config.organisation.sector or words.label("aims.not_said"),
                "regions": regions or words.label("aims.not_said"),
            },
            fits=[sectors.title(words, each.id) for each in sectors.fitting(desk, found)],
            vacant=[role for role in VACANT if not desk.roles.get(role)],
            leads=desk.holds(person, LEAD),
            more=waits.more,
            packs=may_take_pack(person, desk),
            work=aims_tally.work(session, desk.day),
            roll_out=phasing.told(front, session, desk),
        )
    return drawnsystem.system_view(make_voice(front), drawn)


def _standing(session: Session, desk: Desk) -> Standing:
    found = [each for kind in ORDER for each in aims.of_kind(session, kind, "in_force", "proposed")]
    return standing(found, desk)


def kind(front: Front, pressed: Press, person: str) -> None:
    about = windows.about(pressed)
    desk = front.desk(actor=person)
    if about.case not in kinds():
        raise Refused("unknown_button")
    check_may_list(kinds()[about.case], person, desk)
    root, _ = below(pressed)
    windows.open_window(front, pressed, person, kind_view(front, about.case, person, desk, root=root))


def listed(front: Front, person: str, id: str, trigger: str) -> None:
    """All of a kind, for whoever typed its name."""
    desk = front.desk(actor=person)
    check_may_list(kinds()[id], person, desk)
    windows.open_by(front, trigger, kind_view(front, id, person, desk, root=""))


def kind_view(front: Front, id: str, person: str, desk: Desk, *, root: str) -> dict[str, Any]:
    of = kinds()[id]
    if of.path:
        return worked.view(front, of, person, desk, root=root)
    with front.office.store.read() as session:
        found = [shown(session, each) for each in aims.of_kind(session, id, "in_force", "proposed")]
        looks = [look(each, person, desk) for each in found]
        note = _note(front, session, looks[0].entry, desk) if of.single and looks else ""
    stood = [each for each in looks if each.counts or each.waits]
    voice = make_voice(front)
    if of.single and stood:
        return entrylook.entry_view(voice, stood[0], person, root=root, note=note)
    drafts = may_draft(of, person, desk) and is_stated(of, None)
    entries = [each.entry for each in stood]
    offered = objectives.to_choose(front.words, of, entries) or sectors.to_choose(front, of, entries, desk)
    further = _asked(front, person, desk) if id == PARTY else offered if drafts else []
    if id in SKILLS and may_draft(of, person, desk):
        further = [*further, matrix_button(front.words)]
    return drawnsystem.kind_view(voice, of, stood, drafts=drafts, root=root, further=further)


def _asked(front: Front, person: str, desk: Desk) -> list[b.Block]:
    """What interested parties wish for or ask, and waits."""
    with front.office.store.read() as session:
        found = [shown(session, each) for kind in ASKED for each in aims.of_kind(session, kind, "in_force")]
    still, _ = in_order(found, desk)
    return asked_blocks(front.words, [each for each in still if shown_to(each, person, desk)[0]])


def read(front: Front, pressed: Press, person: str) -> None:
    """One entry whole, for whoever may read it; a published policy is for all colleagues."""
    about = windows.about(pressed)
    desk = front.desk(actor=person)
    check_inside(front, person, desk)
    with front.office.store.read() as session:
        entry = seen(session, about.choice, person, desk)
        found = look(entry, person, desk)._replace(
            linked=of_entry(front, session, entry, person, desk),
            found=left_of(session, entry),
            serves=tagging.told(front, session, entry),
            tagging=tagging.opens(entry, person, desk),
        )
        note = _note(front, session, entry, desk)
    root, _ = below(pressed)
    drawn = entrylook.entry_view(make_voice(front), found, person, root=root, note=note)
    open_here(front, pressed, person, drawn)


def _note(front: Front, session: Session, entry: Entry, desk: Desk) -> str:
    """How it stands, above the whole of it."""
    return (
        risks.note(front, session, entry, desk)
        or objectives.note(front, entry)
        or programme.note(front, session, entry, desk)
    )


def for_home(session: Session, person: str, desk: Desk) -> System | None:
    """None where there is nothing of it for them."""
    looks = may_look(person, desk)
    mine, theirs = awaited(session, person, desk, drawnsystem.NAMED), acting(session, person, desk)
    if not (looks or mine.first or theirs):
        return None
    counts = aims_tally.counts(session) if looks else {}
    packs = may_take_pack(person, desk)
    return System(counts=counts, waiting=mine.first, more=mine.more, acting=theirs, packs=packs)


PRESSED: dict[Action, Callable[[Front, Press, str], None]] = {
    Action.SYSTEM: press,
    Action.SYSTEM_KIND: kind,
    Action.READ_ENTRY: read,
}
