"""The trust pack in Slack: a version for somebody else to approve, its files, and whom it was given to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from bot.markup import Mrkdwn
from bot.slack import windows
from bot.slack.carrying import Made
from bot.slack.entries import carry_out, check_inside, open_here
from bot.slack.fields import Field
from bot.slack.filled import Reply, day, field
from bot.slack.front import Front
from bot.slack.ids import Action, View
from bot.slack.message import Message
from bot.slack.payloads import Press, Submission
from bot.slack.scenes import make_voice
from bot.slack.screens import note_view
from bot.slack.screens import trust as drawing
from bot.slack.screens.entryform import Stating
from bot.trust import answers, written
from store import aims, people, trust, trust_owed
from store.outbox import Owed
from store.owed import UPLOAD
from triage.aims.asked import INQUIRY
from triage.aims.decide import check_in_role
from triage.aims.entry import Entry, Said
from triage.aims.kinds import Act, kinds
from triage.aims.outward import single_names
from triage.aims.standing import approvers
from triage.aims.trust import GIVEN, PACK, Trust
from triage.aims.wishes import DraftEntry
from triage.desk import Desk
from triage.outcome import Refused


def press(front: Front, pressed: Press, entry: Entry | None, person: str, desk: Desk) -> None:
    """As of the last day that is over, so that it can be made again."""
    found = _found(front, desk.day - timedelta(days=1))
    seen = len(entry.drafts) if entry is not None else 0
    open_here(
        front, pressed, person, drawing.pack_view(make_voice(front), found, seen, _single(front, found))
    )


def _found(front: Front, as_of: date) -> Trust:
    with front.office.store.read() as session:
        return trust.made(session, as_of, front.office.config.timezone)


def _single(front: Front, found: Trust) -> tuple[str, ...]:
    with front.office.store.read() as session:
        return single_names(people.every_name(session), found.texts())


def handed(front: Front, submission: Submission, person: str) -> Reply:
    """A version of exactly what they had before them; it waits for somebody else."""
    desk = front.desk(actor=person)
    check_inside(front, person, desk)
    check_in_role(person, kinds()[PACK].proposes, desk)
    as_of, digest, seen = [*submission.about.split("|", 2), "", ""][:3]
    of_day = day(as_of)
    if of_day is None or of_day >= desk.day or not seen.isdecimal() or len(seen) > 8:
        raise Refused("unknown_entry")
    if _found(front, of_day).digest != digest:
        raise Refused("entry_moved")
    said: dict[str, Said] = {"as_of": as_of, "digest": digest}
    if words := field(submission, Field.TRUST_WORDS):
        said["words"] = words
    wish = DraftEntry(actor=person, key=submission.key, entry=PACK, kind=PACK, said=said, seen=int(seen))
    (entry,) = carry_out(front, [wish], desk)
    able = [front.directory.mention(each) for each in approvers(entry, desk)[:3]]
    key = "trust.handed_in" if able else "trust.handed_in_nobody"
    told = front.words.line(key, ref=entry.ref, who=front.words.listed(able, "or"))
    return {"response_action": "update", "view": note_view(front.words, told)}


def may_have(person: str, desk: Desk) -> bool:
    """Whoever makes it, approves it or gives it out."""
    of = kinds()[PACK]
    return any(desk.holds(person, role) for role in (*of.proposes, *of.approves))


def ask(front: Front, pressed: Press, person: str) -> None:
    """The files: of what waits for a yes, else of what counts, else of the last day that is over."""
    windows.about(pressed)  # a damaged press is refused like any other
    desk = front.desk(actor=person)
    check_inside(front, person, desk)
    of = kinds()[PACK]
    check_in_role(person, (*of.proposes, *of.approves), desk)
    with front.office.store.read() as session:
        entry = aims.load(session, PACK)
    held = (entry.proposed or entry.in_force) if entry is not None else None
    number = held.number if held is not None else 0
    front.once(f"trust:{pressed.key}", lambda session: trust_owed.give(session, (person,), number, desk))
    open_here(front, pressed, person, note_view(front.words, front.words.line("trust.asked")))


def _theirs(front: Front, owed: Owed) -> tuple[date, str] | None:
    """Of which day, and the digest that it has to have; None for who may not have it any more."""
    person = owed.person_id or ""
    desk = front.desk(actor=person)
    if not may_have(person, desk) or front.directory.outsider(person):
        return None
    number = int(owed.subject_id or "0")
    if not number:
        return desk.day - timedelta(days=1), ""
    with front.office.store.read() as session:
        kept = trust.kept(session, number)
    return None if kept is None else (kept[1], kept[2])


def draw(front: Front, owed: Owed) -> Message | None:
    """What stands beside the file, or instead of it."""
    held = _theirs(front, owed)
    if held is None:
        return None
    single = _single(front, _found(front, held[0]))
    return drawing.paper(front.words, *held, missing=owed.kind != UPLOAD, single=single)


def file(front: Front, owed: Owed) -> Made:
    """Never another paper than the one that was written down: where something was erased since, there is none."""
    held = _theirs(front, owed)
    found = _found(front, held[0]) if held is not None else None
    if held is None or found is None or held[1] not in ("", found.digest):
        raise LookupError("they may not have it any more, or it is not what it was")
    form = str(owed.payload["form"])
    with front.office.store.read() as session:
        counts = trust.kept(session)
    approved = counts is not None and counts[2] == found.digest
    name = "trust-pack" if approved else "draft-not-approved-trust-pack"
    return Made(f"{name}-{held[0]}.{form}", written(front.words, found, form, approved=approved))


def offered(
    front: Front, entry: Entry, act: Act, filled: Mapping[str, Said], note: Mrkdwn
) -> tuple[Act, Mapping[str, Said], Mrkdwn]:
    """Giving it out, without the digest, which follows; answering a question, with what the records say already."""
    if (entry.kind, act.id) == (PACK, GIVEN):
        fields = tuple(each for each in act.fields if each.id != "digest")
        return act.model_copy(update={"fields": fields}), filled, note
    if entry.kind != INQUIRY:
        return act, filled, note
    found = _found(front, front.desk().day - timedelta(days=1))
    return act, filled, drawing.library(front.words, answers(front.words, found), note)


def completed(front: Front, stating: Stating, given: dict[str, Said]) -> dict[str, Said]:
    if (stating.kind, stating.act) != (PACK, GIVEN):
        return given
    with front.office.store.read() as session:
        kept = trust.kept(session)
    return {**given, **({"digest": kept[2]} if kept is not None else {})}


PRESSED: dict[Action, Callable[[Front, Press, str], None]] = {Action.TRUST: ask}
HANDED: dict[View, Callable[[Front, Submission, str], Reply]] = {View.TRUST: handed}
