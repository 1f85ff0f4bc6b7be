"""An entry that is to count no more: the window for the reason, and the version with whose yes it ends."""

from __future__ import annotations

from collections.abc import Callable

from bot.slack import windows
from bot.slack.entries import below, carry_out, look, open_here, seen
from bot.slack.fields import Field as Of
from bot.slack.filled import Reply, field, missing
from bot.slack.front import Front
from bot.slack.ids import Action, View
from bot.slack.payloads import Press, Submission
from bot.slack.scenes import make_voice
from bot.slack.screens import entrylook
from bot.slack.screens.entrylook import from_asked
from triage.aims.decide import check_in_role
from triage.aims.wishes import DraftEntry
from triage.outcome import Refused


def retire(front: Front, pressed: Press, person: str) -> None:
    """The window for the reason; what changed since it was shown is shown anew first."""
    about, desk = windows.about(pressed), front.desk(actor=person)
    with front.office.store.read() as session:
        entry = seen(session, about.choice, person, desk)
    check_in_role(person, entry.of.proposes, desk)
    if about.turn != len(entry.drafts):
        raise Refused("entry_moved")
    drawn = entrylook.retire_view(make_voice(front), entry, root=below(pressed)[0])
    open_here(front, pressed, person, drawn)


def retired(front: Front, submission: Submission, person: str) -> Reply:
    """A version with whose yes it counts no more."""
    asked, desk, reason = from_asked(submission.about), front.desk(actor=person), field(submission, Of.REASON)
    if not reason:
        return missing(front, Of.REASON)
    if len(asked.versions) != 1:
        raise Refused("unknown_entry")
    ((number, id),) = asked.versions
    with front.office.store.read() as session:
        entry = seen(session, id, person, desk)
    wish = DraftEntry(
        actor=person, key=submission.key, entry=id, kind=entry.kind, name=entry.name, retires=True,
        reason=reason, seen=number,
    )  # fmt: skip
    (entry,) = carry_out(front, [wish], desk)
    shown = entrylook.entry_view(make_voice(front), look(entry, person, desk), person, root=asked.root)
    return {"response_action": "update", "view": shown}


PRESSED: dict[Action, Callable[[Front, Press, str], None]] = {Action.RETIRE_ENTRY: retire}
HANDED: dict[View, Callable[[Front, Submission, str], Reply]] = {View.RETIRE_ENTRY: retired}
