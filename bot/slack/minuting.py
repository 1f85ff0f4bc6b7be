"""The minutes of a management review: what is said of each input, and decisions that become somebody's at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from bot import prefilled
from bot.slack import screens
from bot.slack.colleagues import check_colleague
from bot.slack.entries import check_inside, open_here, seen
from bot.slack.entryfields import WRONG
from bot.slack.fields import Field
from bot.slack.filled import Reply, day
from bot.slack.front import Front
from bot.slack.ids import View
from bot.slack.payloads import Press, Submission, Who
from bot.slack.scenes import make_voice
from bot.slack.screens import minuting as drawing
from bot.slack.screens.minuting import input_of, of_part
from store import aims, aims_owed
from store.aims_shown import shown
from store.convened import CALL, REVIEW, Laid, agreed_last, laid, people
from store.sessions import Session
from triage.aims.check import LONGEST
from triage.aims.decide import check_may_act
from triage.aims.entry import Entry, entry_id
from triage.aims.kinds import kinds
from triage.aims.minutes import (
    CHOICES,
    MOST,
    PARTS,
    Choice,
    Decision,
    drafts,
    minutes,
    taken_up,
    to_said,
    to_text,
)
from triage.aims.standing import approvers
from triage.aims.wishes import ActOnEntry, DraftEntry, OfEntries
from triage.desk import Desk
from triage.outcome import Refused

MINUTED = (CALL, "minuted")


def press(front: Front, pressed: Press, call: Entry, person: str, desk: Desk) -> None:
    """For whoever may write them; what was not sent out cannot have been looked at."""
    open_here(front, pressed, person, drawing.looked_view(make_voice(front), call, _laid(call)))


def _laid(call: Entry) -> Laid:
    found = laid(call)
    if found is None:
        raise Refused("review_not_laid")
    return found


def _call(front: Front, submission: Submission, person: str, desk: Desk) -> Entry:
    """The one that the window is about, for whoever may write its minutes still."""
    check_inside(front, person, desk)
    id = submission.about.partition("|")[0]
    with front.office.store.read() as session:
        entry = seen(session, id, person, desk)
    act = entry.of.act("minuted") if entry.kind == CALL else None
    if act is None:
        raise Refused("unknown_entry")
    check_may_act(entry, act, person, desk)
    return entry


def looked(front: Front, submission: Submission, person: str) -> Reply:
    """To the second window, as soon as something is said of each."""
    desk = front.desk(actor=person)
    call = _call(front, submission, person, desk)
    said: dict[str, Choice] = {}
    for part in PARTS:
        held = submission.fields.get(input_of(part), ("",))[0]
        said.update((part, each) for each in CHOICES if each == held)
    empty = {input_of(part): front.words.label("problem.needed") for part in PARTS if part not in said}
    if empty:
        return {"response_action": "errors", "errors": empty}
    number = submission.about.partition("|")[2]
    version = int(number) if number.isdecimal() and len(number) < 9 else -1
    with front.office.store.read() as session:
        earlier = [shown(session, each) for each in agreed_last(session)]
    begun = prefilled.minutes(front.words, _laid(call), said, earlier, desk.day)
    attends = people(call, "attends")
    drawn = drawing.minutes_view(make_voice(front), call, version, said, to_text(said), attends, begun)
    return {"response_action": "update", "view": drawn}


class _Filled(NamedTuple):
    """What stands in the second window; `wrong`: what there is to say beside its fields."""

    attended: tuple[str, ...]
    words: str
    decisions: tuple[Decision, ...]
    wrong: dict[str, str]


def handed(front: Front, submission: Submission, person: str) -> Reply:
    """The minutes, which wait for an executive's yes, and what was decided, which its owners hear of: in one go."""
    desk = front.desk(actor=person)
    call = _call(front, submission, person, desk)
    _, number, text = [*submission.about.split("|", 2), "", ""][:3]
    said = to_said(text)
    if said is None or not number.isdecimal():
        raise Refused("unknown_entry")
    filled = _filled(front, submission, said, desk)
    if filled.wrong:
        return {"response_action": "errors", "errors": filled.wrong}
    review, made = _carry_out(front, submission, call, int(number), said, filled, person, desk)
    able = [front.directory.mention(each) for each in approvers(review, desk)[:3]]
    key = "minutes.handed_in" if able else "minutes.handed_in_nobody"
    told = front.words.line(key, count=len(made), ref=review.ref, who=front.words.listed(able, "or"))
    return {"response_action": "update", "view": screens.note_view(front.words, told)}


def _filled(front: Front, submission: Submission, said: dict[str, Choice], desk: Desk) -> _Filled:
    wrong: dict[str, str] = {}
    users = tuple(filter(None, submission.fields.get(Field.REVIEW_ATTENDED.value, ())))
    attended = tuple(
        _colleague(front, submission, Field.REVIEW_ATTENDED.value, user, wrong) for user in users
    )
    words = _words(submission, Field.REVIEW_WORDS.value)
    needed = front.words.label("problem.needed")
    wrong |= {} if attended else {Field.REVIEW_ATTENDED.value: needed}
    wrong |= {} if words else {Field.REVIEW_WORDS.value: needed}
    found = [
        _decision(front, submission, part, choice, wrong, desk)
        for part, choice in said.items()
        if choice != "none"
    ]
    return _Filled(attended, words, tuple(filter(None, found)), wrong)


def _decision(
    front: Front, submission: Submission, part: str, choice: Choice, wrong: dict[str, str], desk: Desk
) -> Decision | None:
    names = {
        field: of_part(field, part)
        for field in (Field.DECISION, Field.DECISION_SHOWS, Field.DECISION_OWNER, Field.DECISION_DUE)
    }
    given = {field: _words(submission, name) for field, name in names.items()}
    before = len(wrong)
    for field, text in given.items():
        if not text:
            wrong[names[field]] = front.words.label("problem.needed")
    what = tuple(" ".join(line.split()) for line in given[Field.DECISION].splitlines() if line.strip())
    if len(what) > MOST or any(len(each) > LONGEST["line"] for each in what):
        wrong[names[Field.DECISION]] = front.words.label("minutes.too_much")
    due = day(given[Field.DECISION_DUE])
    if given[Field.DECISION_DUE] and (due is None or due < desk.day):
        wrong[names[Field.DECISION_DUE]] = front.words.label("problem.gap_past")
    owner = given[Field.DECISION_OWNER] and _colleague(
        front, submission, names[Field.DECISION_OWNER], given[Field.DECISION_OWNER], wrong
    )
    if len(wrong) > before or due is None:
        return None
    return Decision(
        part=part, choice=choice, what=what, shows=given[Field.DECISION_SHOWS], owner=owner, due=due
    )


def _words(submission: Submission, name: str) -> str:
    held = submission.fields.get(name, ())
    return held[0].strip() if held else ""


def _colleague(front: Front, submission: Submission, name: str, user: str, wrong: dict[str, str]) -> str:
    """Who attended hears the minutes, and who owns something of it: colleagues only."""
    person = front.person(Who(submission.who.team, user))
    try:
        check_colleague(front, submission.who.team, user, person)
    except Refused as refusal:
        wrong[name] = front.words.label(WRONG[refusal.key])
    return person


def _carry_out(
    front: Front,
    submission: Submission,
    call: Entry,
    seen: int,
    said: dict[str, Choice],
    filled: _Filled,
    person: str,
    desk: Desk,
) -> tuple[Entry, Sequence[Entry]]:
    """All of it or none; whoever is concerned hears once of all that was done."""
    found, key = _laid(call), submission.key
    because = front.words.label("minutes.because", what=call.title)[: LONGEST["line"]]
    moved: list[aims_owed.Moved] = []

    def note(session: Session, before: Entry | None, after: Entry, desk: Desk) -> None:
        moved.append(aims_owed.Moved(before, after))

    with front.office.store.write() as session:

        def do(wish: OfEntries) -> Entry:
            return aims.carry_out(session, wish, desk, note)

        made = [do(each) for each in drafts(filled.decisions, call, person, key, because)]
        for each in made:
            if (up := taken_up(each, person, because)) is not None:
                do(up)
        told = minutes(
            call,
            (found.digest, found.as_of),
            said,
            filled.decisions,
            made,
            (filled.words, filled.attended),
        )
        review = do(
            DraftEntry(
                actor=person,
                key=key,
                entry=entry_id(kinds()[REVIEW], "", key),
                kind=REVIEW,
                said=told,
            )
        )
        about = {"actor": person, "key": f"{key}:minuted", "entry": call.id, "act": "minuted", "seen": seen}
        do(ActOnEntry.model_validate({**about, "said": {"review": (review.ref,)}}))
        aims_owed.owe(session, moved, desk)
    front.wake()
    return review, made


HANDED: dict[View, Callable[[Front, Submission, str], Reply]] = {
    View.REVIEW_LOOKED: looked,
    View.REVIEW_MINUTES: handed,
}
