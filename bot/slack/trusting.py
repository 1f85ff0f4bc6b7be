"""The trust pack in Slack: a version for somebody else to approve, its files, and whom it was given to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import NamedTuple

from bot.markup import Mrkdwn
from bot.slack import windows
from bot.slack.carrying import Made, NotCarried
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
from store import aims, coverage, people, trust, trust_owed
from store.outbox import Owed
from store.owed import UPLOAD
from store.portfolio import end_of
from triage.aims.asked import INQUIRY
from triage.aims.covered import Covered
from triage.aims.decide import check_in_role
from triage.aims.entry import TELLS, Entry, Said
from triage.aims.kinds import Act, kinds
from triage.aims.outward import single_names
from triage.aims.standing import approvers
from triage.aims.trust import GIVEN, PACK, Trust
from triage.aims.wishes import DraftEntry
from triage.desk import Desk
from triage.enough import DAY
from triage.outcome import Refused


def press(front: Front, pressed: Press, entry: Entry | None, person: str, desk: Desk) -> None:
    """As of the last day that is over, so that it can be made again."""
    as_of, seen = desk.day - DAY, len(entry.drafts) if entry is not None else 0
    covered = _covered(front, as_of)
    if covered is None:
        drawn = note_view(front.words, front.words.line("coverage.waits"))
    else:
        found = _found(front, as_of, covered)
        drawn = drawing.pack_view(make_voice(front), found, seen, _single(front, found))
    open_here(front, pressed, person, drawn)


def _covered(front: Front, as_of: date) -> tuple[Covered, ...] | None:
    """While Slack waits, so from what the clock counted; None where it has to count first."""
    zone = front.office.config.timezone
    with front.office.store.read() as session:
        return coverage.was_covered(session, end_of(as_of, zone), zone)


def _found(front: Front, as_of: date, covered: Iterable[Covered]) -> Trust:
    with front.office.store.read() as session:
        return trust.made(session, as_of, front.office.config.timezone, covered)


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
    if (covered := _covered(front, of_day)) is None:
        raise Refused("coverage_waits")
    tells = _found(front, of_day, covered).tells  # taken only where the digest is its own
    said: dict[str, Said] = {"as_of": as_of, "digest": digest, TELLS: tells}
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


class Paper(NamedTuple):
    """`digest`: "" of what nobody handed in. `found`: None where it is not what was handed in any more."""

    as_of: date
    digest: str
    found: Trust | None
    approved: bool = False


def _theirs(front: Front, owed: Owed) -> Paper | None:
    """None for who may not have it any more."""
    person, zone = owed.person_id or "", front.office.config.timezone
    desk = front.desk(actor=person)
    if not may_have(person, desk) or front.directory.outsider(person):
        return None
    number, before = int(owed.subject_id or "0"), desk.day - DAY
    with front.office.store.read() as session:
        if not number:
            return Paper(before, "", trust.made(session, before, zone))
        held, counts = trust.kept(session, number), trust.kept(session)
        if held is None:
            return None
        pack = aims.load(session, PACK)
        fits = pack is not None and not trust.unfit(session, pack, desk.day, zone)
        approved = fits and counts is not None and counts.digest == held.digest
        return Paper(held.as_of, held.digest, trust.whole(session, held, zone), approved)


def draw(front: Front, owed: Owed) -> Message | None:
    """What stands beside the file, or instead of it."""
    held = _theirs(front, owed)
    if held is None:
        return None
    single = _single(front, held.found) if held.found is not None else ()
    missing = owed.kind != UPLOAD or held.found is None
    return drawing.paper(front.words, held.as_of, held.digest, missing=missing, single=single)


def file(front: Front, owed: Owed) -> Made:
    """Never another paper than the one that was handed in: where something of it was erased since, there is none."""
    held = _theirs(front, owed)
    if held is None:
        raise LookupError("they may not have it any more")
    if held.found is None:
        raise NotCarried("gone")
    form = str(owed.payload["form"])
    name = "trust-pack" if held.approved else "draft-not-approved-trust-pack"
    paper = written(front.words, held.found, form, approved=held.approved)
    return Made(f"{name}-{held.as_of}.{form}", paper)


def offered(
    front: Front, entry: Entry, act: Act, filled: Mapping[str, Said], note: Mrkdwn
) -> tuple[Act, Mapping[str, Said], Mrkdwn]:
    """Giving it out, without the digest, which follows; answering a question, with what the records say already."""
    if (entry.kind, act.id) == (PACK, GIVEN):
        fields = tuple(each for each in act.fields if each.id != "digest")
        return act.model_copy(update={"fields": fields}), filled, note
    if entry.kind != INQUIRY:
        return act, filled, note
    as_of = front.desk().day - DAY
    found = _found(front, as_of, _covered(front, as_of) or ())
    return act, filled, drawing.library(front.words, answers(front.words, found), note)


def completed(front: Front, stating: Stating, given: dict[str, Said]) -> dict[str, Said]:
    if (stating.kind, stating.act) != (PACK, GIVEN):
        return given
    with front.office.store.read() as session:
        kept = trust.kept(session)
    return {**given, **({"digest": kept.digest} if kept is not None and kept.digest else {})}


PRESSED: dict[Action, Callable[[Front, Press, str], None]] = {Action.TRUST: ask}
HANDED: dict[View, Callable[[Front, Submission, str], Reply]] = {View.TRUST: handed}
