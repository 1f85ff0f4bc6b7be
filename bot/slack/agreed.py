"""A yes to what was stated, to one or several at once, and what is sent or taken back: for the version shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from bot.slack import screens, system, windows
from bot.slack.entries import below, carry_out, look, open_here, seen, show_anew
from bot.slack.fields import Field
from bot.slack.filled import Reply, field, missing
from bot.slack.front import Front
from bot.slack.ids import Action, View
from bot.slack.payloads import Press, Submission
from bot.slack.scenes import make_voice
from bot.slack.screens import entrylook
from bot.slack.screens.entrylook import MOST, Look, from_asked, ticked_in
from bot.slack.screens.entrywords import named
from store.awaited import awaited
from triage.aims.decide import check_may_approve, check_waiting
from triage.aims.entry import Entry
from triage.aims.ruling import check_may_send_back
from triage.aims.seeing import may_look
from triage.aims.wishes import ApproveEntry, SendEntryBack, WithdrawDraft
from triage.desk import Desk
from triage.outcome import Refused


def look_at(front: Front, pressed: Press, person: str) -> None:
    """What waits for this person's yes, whole, as much of it as a window shows."""
    windows.about(pressed)
    desk = front.desk(actor=person)
    found, more = _waiting(front, person, desk)
    if not found:
        raise Refused("entry_moved")
    drawn = _asked(front, found, more, person, below(pressed)[0])
    windows.open_window(front, pressed, person, drawn)


def _waiting(front: Front, person: str, desk: Desk) -> tuple[list[Look], int]:
    """The first, and how many more there are."""
    with front.office.store.read() as session:
        found = awaited(session, person, desk, MOST)
    return [look(each, person, desk) for each in found.first], found.more


def _asked(
    front: Front, found: Sequence[Look], more: int, person: str, root: str, note: str = ""
) -> dict[str, Any]:
    """One of them alone, several to be ticked."""
    voice = make_voice(front)
    several = (
        entrylook.approve_view(voice, found, root=root, note=note, more=more) if len(found) > 1 else None
    )
    return several or entrylook.entry_view(voice, found[0], person, root=root, note=note)


def approve(front: Front, pressed: Press, person: str) -> None:
    """One, from its message; the message is drawn anew."""
    about, desk = windows.about(pressed), front.desk(actor=person)
    wish = ApproveEntry(actor=person, key=pressed.key, entry=about.choice, draft=about.turn)
    carry_out(front, [wish], desk)


def approved(front: Front, submission: Submission, person: str) -> Reply:
    """Those that are ticked, all or none: where one has changed since, it is shown again before anybody says yes."""
    asked, desk = from_asked(submission.about), front.desk(actor=person)
    ticked = submission.fields.get(ticks := ticked_in(asked))
    chosen = [each for number, each in enumerate(asked.versions) if ticked is None or str(number) in ticked]
    if not chosen:
        return {"response_action": "errors", "errors": {ticks: front.words.label("problem.needed")}}
    wishes = [
        ApproveEntry(actor=person, key=f"{submission.key}:{entry}:{number}", entry=entry, draft=number)
        for number, entry in chosen
    ]
    try:
        done = carry_out(front, wishes, desk)
    except Refused as refusal:
        if refusal.key != "entry_moved":
            raise
        return _rest(front, person, desk, asked.root, front.refusal_text(refusal))
    _show_root(front, asked.root, person, desk)
    names = front.words.listed(named(front.words, each, each.drafts[-1]) for each in done)
    return _rest(front, person, desk, asked.root, _said(front, done, names))


def _said(front: Front, done: Sequence[Entry], names: str) -> str:
    still = [each for each in done if each.proposed is not None]
    key = "aims.approved_partly" if still else "aims.approved"
    return front.words.line(key, count=len(done), what=names)


def _rest(front: Front, person: str, desk: Desk, root: str, note: str) -> Reply:
    """What else waits for them, with the sentence above it; else the sentence alone."""
    left, more = _waiting(front, person, desk)
    drawn = _asked(front, left, more, person, root, note) if left else screens.note_view(front.words, note)
    return {"response_action": "update", "view": drawn}


def send_back(front: Front, pressed: Press, person: str) -> None:
    """The window for the reason; who may not, or presses what is outdated, hears so before writing anything."""
    about, desk = windows.about(pressed), front.desk(actor=person)
    with front.office.store.read() as session:
        entry = seen(session, about.choice, person, desk)
    waits = check_waiting(entry, about.turn)
    check_may_approve(entry, waits, person, desk)
    check_may_send_back(entry, waits, person, desk)
    drawn = entrylook.send_back_view(make_voice(front), look(entry, person, desk), root=below(pressed)[0])
    open_here(front, pressed, person, drawn)


def sent_back(front: Front, submission: Submission, person: str) -> Reply:
    asked, desk = from_asked(submission.about), front.desk(actor=person)
    reason = field(submission, Field.REASON)
    if not reason:
        return missing(front, Field.REASON)
    if len(asked.versions) != 1:
        raise Refused("unknown_entry")
    ((number, id),) = asked.versions
    wish = SendEntryBack(actor=person, key=submission.key, entry=id, draft=number, reason=reason)
    (entry,) = carry_out(front, [wish], desk)
    _show_root(front, asked.root, person, desk)
    draft = entry.drafts[-1]
    by = front.directory.mention(draft.by) if draft.by else front.words.line("aims.by_operator")
    what = named(front.words, entry, draft)
    return _rest(front, person, desk, asked.root, front.words.line("aims.sent_back", what=what, by=by))


def withdraw(front: Front, pressed: Press, person: str) -> None:
    """One's own draft, as long as nobody has said the last yes."""
    about, desk = windows.about(pressed), front.desk(actor=person)
    wish = WithdrawDraft(actor=person, key=pressed.key, entry=about.choice, draft=about.turn)
    (entry,) = carry_out(front, [wish], desk)
    text = front.words.line("aims.withdrawn", what=named(front.words, entry, entry.drafts[-1]))
    root = below(pressed)[0]
    _show_root(front, root, person, desk)
    open_here(front, pressed, person, screens.note_view(front.words, text))


def _show_root(front: Front, root: str, person: str, desk: Desk) -> None:
    if root and may_look(person, desk):
        show_anew(front, [(root, lambda: system.view(front, person, desk))])


PRESSED: dict[Action, Callable[[Front, Press, str], None]] = {
    Action.LOOK_ENTRIES: look_at,
    Action.APPROVE_ENTRY: approve,
    Action.SEND_ENTRY_BACK: send_back,
    Action.WITHDRAW_ENTRY: withdraw,
}
HANDED: dict[View, Callable[[Front, Submission, str], Reply]] = {
    View.APPROVE_ENTRIES: approved,
    View.SEND_ENTRY_BACK: sent_back,
}
