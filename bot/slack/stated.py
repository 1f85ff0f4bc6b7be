"""Stating an entry of the management system in a window, and what was done with one: opened, read back, carried out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from bot.markup import Mrkdwn
from bot.slack import (
    accepting,
    minuting,
    portfolio,
    prefilling,
    sampled,
    saying,
    screens,
    supplying,
    system,
    tagging,
    trusting,
    windows,
)
from bot.slack.entries import below, carry_out, check_inside, open_here, seen, show_anew
from bot.slack.entryfields import outsiders, said, short_name, wrong_act, wrong_field
from bot.slack.fields import Field as Of
from bot.slack.filled import Reply
from bot.slack.front import Front
from bot.slack.ids import Action, View
from bot.slack.linking import said_elsewhere, wrong_from
from bot.slack.payloads import Press, Submission
from bot.slack.scenes import make_voice
from bot.slack.screens import entryform
from bot.slack.screens.entryform import Stating, block, from_stating
from bot.slack.screens.entrywords import named
from store import aims
from store.aims_shown import hidden_refs, refs_of
from triage.aims.decide import ACCEPTED, check_in_role, check_may_act, check_may_draft
from triage.aims.entry import Draft, Entry, Said, entry_id
from triage.aims.kinds import Kind, kinds
from triage.aims.portfolio import ASSESSMENT
from triage.aims.seeing import has_window, is_stated
from triage.aims.standing import approvers, missing_yeses
from triage.aims.supplied import unfinished
from triage.aims.training import KIND as TRAINING
from triage.aims.trust import PACK
from triage.aims.wishes import ActOnEntry, DraftEntry
from triage.desk import Desk
from triage.outcome import Refused

OWN = {ACCEPTED: accepting.press, minuting.MINUTED: minuting.press}


def press(front: Front, pressed: Press, person: str) -> None:
    """The window for a new entry or the next version, filled with what waits or counts."""
    about = windows.about(pressed)
    desk = front.desk(actor=person)
    kind = _kind(about.case)
    check_in_role(person, kind.proposes, desk)
    entry = _known(front, about.choice or (kind.id if kind.single else ""))
    if entry is not None and entry.kind != kind.id:
        raise Refused("unknown_entry")
    if kind.id == ASSESSMENT:
        portfolio.press(front, pressed, entry, person, desk)
        return
    if kind.id == PACK:
        trusting.press(front, pressed, entry, person, desk)
        return
    _check_stated(kind, entry)
    root, lister = below(pressed)
    stating = Stating(kind.id, len(entry.drafts) if entry else 0, root, lister, "", entry.id if entry else "")
    stood = base(entry)
    begun = {} if stood else prefilling.begun(front, kind, about.choice, person, desk)
    drawn = form(front, kind, stating, stood or begun, desk, known=begun.keys())
    open_here(front, pressed, person, drawn)


def _check_stated(kind: Kind, entry: Entry | None) -> None:
    """What has a door of its own does not come in by this one."""
    if not is_stated(kind, entry):
        raise Refused("unknown_button")


def _known(front: Front, id: str) -> Entry | None:
    """Whoever may draft a kind may read its entries; of what nobody stated yet there is none."""
    with front.office.store.read() as session:
        return aims.load(session, id) if id else None


def _without_hidden(front: Front, said: Mapping[str, Said]) -> Mapping[str, Said]:
    """As the window shows it; what stays out of it is put back when it is handed in."""
    with front.office.store.read() as session:
        hidden = hidden_refs(session, refs_of(said))
    return {name: _left(value, hidden) for name, value in said.items()}


def _left(value: Said, hidden: frozenset[str]) -> Said:
    return tuple(each for each in value if each not in hidden) if isinstance(value, tuple) else value


def form(
    front: Front,
    kind: Kind,
    stating: Stating,
    said: Mapping[str, Said],
    desk: Desk,
    note: str = "",
    known: Collection[str] = (),
) -> dict[str, Any]:
    units, shown = desk.organisation.units, _without_hidden(front, said)
    drawn = supplying.in_window(kind, said, long=stating.act == supplying.LONG)
    return entryform.entry_form(make_voice(front), drawn, stating, shown, units=units, note=note, known=known)


def base(entry: Entry | None) -> Mapping[str, Said]:
    """What waits, or was sent back last, else what counts."""
    if entry is None:
        return {}
    last: Draft | None = entry.drafts[-1] if entry.drafts else None
    sent_back = last if last is not None and last.ended == "sent_back" else None
    shown = entry.proposed or sent_back or entry.in_force or last
    return shown.said if shown is not None else {}


def handed(front: Front, submission: Submission, person: str) -> Reply:
    """What does not fit goes back to its field; what somebody else changed meanwhile is told, and the words stay."""
    stating, desk = from_stating(submission.about), front.desk(actor=person)
    kind = _kind(stating.kind)
    check_inside(front, person, desk)
    _check_stated(kind, _known(front, stating.entry))
    before = _before(front, stating)
    given = said(front, submission, kind.fields, before, desk.organisation.units)
    check_may_draft(kind, _known(front, stating.entry), given, person, desk)
    if wrong := outsiders(front, submission, kind.fields):
        return wrong
    key = "" if stating.entry else submission.key
    if told := wrong_from(front, kind, given, before, person, desk, key):
        return {"response_action": "errors", "errors": {f"{Of.ENTRY.value}.from": told}}
    given = supplying.completed(front, stating, given)
    name, id = _named(kind, stating, given, submission.key)
    if wrong := _taken(front, kind, stating, id, submission.key):
        return wrong
    wish = DraftEntry(
        actor=person, key=submission.key, entry=id, kind=kind.id, name=name, said=given, seen=stating.seen
    )
    try:
        (entry,) = carry_out(front, [wish], desk)
    except Refused as refusal:
        if refusal.key == "entry_moved":
            return _again(front, kind, stating, id, given, desk)
        if refusal.key != "entry_field":
            raise
        return wrong_field(front, kind.fields, refusal)
    _show_below(front, stating._replace(entry=entry.id), person, desk)
    return {
        "response_action": "update",
        "view": screens.note_view(front.words, what_next(front, entry, desk)),
    }


def _before(front: Front, stating: Stating) -> Mapping[str, Said]:
    """What stood in the window when it was drawn."""
    entry = _known(front, stating.entry)
    if entry is None or len(entry.drafts) != stating.seen:
        return {}
    return base(entry)


def _named(kind: Kind, stating: Stating, given: Mapping[str, Said], key: str) -> tuple[str, str]:
    """Its name, where its kind has names, and the id that follows."""
    if stating.entry:
        return stating.entry.partition(":")[2] if kind.named else "", stating.entry
    name = (tagging.named(kind, given) or short_name(str(given.get("title", "")))) if kind.named else ""
    return name, entry_id(kind, name, key)


def _taken(front: Front, kind: Kind, stating: Stating, id: str, key: str) -> Reply | None:
    """Somebody stated one by that name already: that one is to be changed, not overwritten."""
    if stating.entry or not kind.named:
        return None
    if (known := _known(front, id)) is None or any(step.id == key for step in known.steps):
        return None
    title = next(field for field in kind.fields if field.id in ("title", tagging.RECORD))
    return {"response_action": "errors", "errors": {block(title): front.words.label("aims.wrong.taken")}}


def _again(
    front: Front, kind: Kind, stating: Stating, id: str, given: Mapping[str, Said], desk: Desk
) -> Reply:
    """With what was typed, on top of what somebody else said in the meantime."""
    entry = _known(front, id)
    seen = len(entry.drafts) if entry else 0
    note = front.words.line("aims.changed_meanwhile", number=seen)
    return {
        "response_action": "update",
        "view": form(front, kind, stating._replace(seen=seen, entry=id), given, desk, note),
    }


def what_next(front: Front, entry: Entry, desk: Desk) -> str:
    """That it counts, or whose yes it waits for."""
    words, waits = front.words, entry.proposed
    if unfinished(entry):
        return supplying.asked_next(front, entry, desk)
    what = named(words, entry, entry.drafts[-1])
    if waits is None:
        key = "aims.kept_training" if entry.kind == TRAINING else "aims.kept"
        return words.line(key, what=what, ref=entry.ref)
    able = approvers(entry, desk)
    roles = words.listed((words.line(f"role_name.{each}") for each in entry.of.approvers), "or")
    who = words.listed(map(front.directory.mention, able[:3]), "or")
    enough = len(able) >= missing_yeses(waits, entry.of)
    key = "aims.handed_in" if enough else "aims.handed_in_nobody"
    return words.line(key, what=what, number=waits.number, who=who, roles=roles)


def _show_below(front: Front, stating: Stating, person: str, desk: Desk) -> None:
    anew = [
        (stating.lister, lambda: _lister(front, stating, person, desk)),
        (stating.root, lambda: system.view(front, person, desk)),
    ]
    show_anew(front, anew)


def _lister(front: Front, stating: Stating, person: str, desk: Desk) -> dict[str, Any]:
    if stating.kind in supplying.KINDS and not stating.root:
        return supplying.below(front, stating, person, desk)
    return system.kind_view(front, stating.kind, person, desk, root=stating.root)


def press_act(front: Front, pressed: Press, person: str) -> None:
    """The window in which is said what was done, for whoever may say it."""
    about = windows.about(pressed)
    desk = front.desk(actor=person)
    check_inside(front, person, desk)
    with front.office.store.read() as session:
        entry = seen(session, about.choice, person, desk)
    act = entry.of.act(about.case)
    if act is None or not has_window(entry, act):
        raise Refused("unknown_button")
    if entry.in_force is None or entry.stage not in act.begins:
        raise Refused("entry_moved")
    check_may_act(entry, act, person, desk)
    if (own := OWN.get((entry.kind, act.id))) is not None:
        own(front, pressed, entry, person, desk)
        return
    root, lister = below(pressed)
    stating = Stating(entry.kind, entry.version, root, lister, act.id, entry.id)
    note = front.words.line("aims.about_entry", what=named(front.words, entry), ref=entry.ref)
    filled, source = said_elsewhere(front, entry, act.id, person, desk)
    if filled:
        note = Mrkdwn(f"{note}\n{front.words.line('aims.taken_over', ref=source)}")
    act, filled, note = saying.offered(front, entry, act, desk, filled, note)
    offers = sampled.offers(front, entry, act, person, desk)
    drawn = entryform.entry_form(
        make_voice(front), entry.of, stating, filled, act=act, note=note, offers=offers
    )
    open_here(front, pressed, person, drawn)


def handed_act(front: Front, submission: Submission, person: str) -> Reply:
    stating, desk = from_stating(submission.about), front.desk(actor=person)
    check_inside(front, person, desk)
    with front.office.store.read() as session:
        entry = seen(session, stating.entry, person, desk)
    act = entry.of.act(stating.act) if entry.kind == stating.kind else None
    if act is None or (entry.kind, act.id) in OWN or not has_window(entry, act):
        raise Refused("unknown_button")
    if wrong := outsiders(front, submission, act.fields):
        return wrong
    given = said(front, submission, act.fields, {}, desk.organisation.units)
    try:
        given = saying.completed(front, stating, given, desk)
        wish = ActOnEntry(
            actor=person, key=submission.key, entry=stating.entry, act=act.id, said=given, seen=stating.seen
        )
        (entry,) = carry_out(front, [wish], desk)
    except Refused as refusal:
        return wrong_act(front, act, refusal)
    _show_below(front, stating, person, desk)
    text = sampled.told(front, entry, act, person, desk) or front.words.line(
        f"aims.after.{act.id}", what=named(front.words, entry)
    )
    return {"response_action": "update", "view": screens.note_view(front.words, text)}


def _kind(id: str) -> Kind:
    kind = kinds().get(id)
    if kind is None:
        raise Refused("unknown_entry")
    return kind


PRESSED: dict[Action, Callable[[Front, Press, str], None]] = {
    Action.STATE_ENTRY: press,
    Action.ACT_ENTRY: press_act,
}
HANDED: dict[View, Callable[[Front, Submission, str], Reply]] = {
    View.STATE_ENTRY: handed,
    View.ACT_ENTRY: handed_act,
}
