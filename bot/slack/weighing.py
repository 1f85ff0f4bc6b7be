"""A risk stated at the desk: from what rules name, the library or by hand, in two windows; and one weighed anew."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.markup import escaped
from bot.riskmap import levels_said
from bot.slack import originating, risks, screens, windows
from bot.slack.entries import carry_out, check_inside, open_here, seen, show_anew
from bot.slack.entryfields import outsiders, said, wrong_field
from bot.slack.filled import Reply
from bot.slack.front import Front
from bot.slack.ids import Action, View
from bot.slack.payloads import Press, Submission
from bot.slack.scenes import make_voice
from bot.slack.screens import riskform
from bot.slack.screens.entryform import block
from bot.slack.screens.entrywords import named
from bot.slack.screens.riskform import MEASURE, MOST, RISK, WHAT, Held, fields, from_held, to_held
from bot.slack.stated import base, what_next
from store import aims, origins, queries, risks_kept
from triage.aims.check import checked
from triage.aims.decide import check_in_role
from triage.aims.entry import Entry, Said, entry_id
from triage.aims.kinds import kinds
from triage.aims.risks import known
from triage.aims.sifting import Sift
from triage.aims.wishes import DraftEntry
from triage.desk import Desk
from triage.outcome import Refused


def _desk(front: Front, person: str) -> Desk:
    desk = front.desk(actor=person)
    check_inside(front, person, desk)
    check_in_role(person, kinds()[RISK].proposes, desk)
    return desk


def begin(front: Front, pressed: Press, person: str) -> None:
    """Where it comes from; `choice`: the use that it is to hang on."""
    _desk(front, person)
    use = windows.about(pressed).choice
    with front.office.store.read() as session:
        missing, waiting = risks_kept.missing(session), origins.waiting(session)
    root = str((pressed.view or {}).get("id", "")) if _on_register(pressed) else ""
    open_here(front, pressed, person, riskform.from_view(make_voice(front), missing, use, root, waiting))


def _on_register(pressed: Press) -> bool:
    return (pressed.view or {}).get("callback_id") == View.RISKS.value


def take(front: Front, pressed: Press, person: str) -> None:
    """What was chosen, filled in; in the place of the window in which it was."""
    about, desk = windows.about(pressed), _desk(front, person)
    view = pressed.view or {}
    use, _, root = str(view.get("private_metadata", "")).partition("|")
    if view.get("callback_id") != View.RISK_FROM.value:
        raise Refused("unknown_button")
    by_rule = about.question == "rule"
    if about.question == "arisen":
        said = originating.filled(front, about.choice)
    else:
        said = _filled(front, about.choice, use, person, desk, by_rule=by_rule)
    held = Held(root=root, said=said)
    windows.redraw(front, pressed, riskform.what_view(make_voice(front), held))


def _filled(
    front: Front, library: str, use: str, person: str, desk: Desk, *, by_rule: bool
) -> Mapping[str, Said]:
    """As the library has it, with the uses for which rules name it, or the one that it was begun on."""
    risk = known(library)
    if library and risk is None:
        raise Refused("unknown_button")
    filled: dict[str, Said] = {"source": "manual"}
    if risk is not None:
        filled = {
            "source": "triage_rule" if by_rule else "library",
            "library": risk.id,
            "title": risk.title,
            "scenario": risk.scenario,
            "category": risk.category,
            "affected": risk.affected,
            "points": risk.points,
        }
    with front.office.store.read() as session:
        found = next((each for each in risks_kept.missing(session) if each.risk == library), None)
        entry = queries.entry(session, front.reader(person, desk), use) if use else None
    uses = (use,) if entry is not None else found.first if found is not None and by_rule else ()
    filled |= {"uses": uses} if uses else {}
    return filled | ({"owner": entry.owner} if entry is not None and entry.owner else {})


def said_what(front: Front, submission: Submission, person: str) -> Reply:
    """What could go wrong is said; what does not fit goes back to its field."""
    desk, held = _desk(front, person), _held(submission)
    of = fields(WHAT)
    given = said(front, submission, of, {}, desk.organisation.units)
    if wrong := outsiders(front, submission, of):
        return wrong
    try:
        whole = {**held.said, **checked(of, given, desk)}
    except Refused as refusal:
        return wrong_field(front, of, refusal)
    after = held._replace(said=whole)
    if len(to_held(after)) > MOST:
        return _errors(front, "scenario", "aims.wrong.carried")
    shown = riskform.weigh_view(make_voice(front), after, {}, str(whole["title"]))
    return {"response_action": "update", "view": shown}


def _errors(front: Front, name: str, key: str) -> Reply:
    (field,) = fields((name,))
    return {"response_action": "errors", "errors": {block(field): front.words.label(key)}}


def _held(submission: Submission) -> Held:
    held = from_held(submission.about)
    if held is None:
        raise Refused("unknown_button")
    return held


def level(front: Front, pressed: Press, person: str) -> None:
    """The level that follows from what is chosen so far."""
    _desk(front, person)
    view = pressed.view or {}
    held = from_held(str(view.get("private_metadata", "")))
    if view.get("callback_id") != View.RISK_WEIGH.value or held is None:
        raise Refused("unknown_button")
    typed: dict[str, Said] = {}
    for field in fields(MEASURE):
        element: Mapping[str, Any] = next(iter(pressed.state.get(block(field), {}).values()), {})
        text = (element.get("selected_option") or {}).get("value") or element.get("value")
        typed |= {field.id: str(text)} if text else {}
    title = _title(front, held, person)
    windows.redraw(front, pressed, riskform.weigh_view(make_voice(front), held, typed, title))


def _title(front: Front, held: Held, person: str) -> str:
    if not held.entry:
        return str(held.said.get("title", ""))
    return named(front.words, _anew(front, held.entry, person))


def _anew(front: Front, id: str, person: str) -> Entry:
    with front.office.store.read() as session:
        entry = seen(session, id, person, front.desk(actor=person))
    if entry.kind != RISK:
        raise Refused("unknown_entry")
    return entry


def weigh(front: Front, pressed: Press, person: str) -> None:
    """One that is known, with the figures that stand."""
    _desk(front, person)
    entry = _anew(front, windows.about(pressed).choice, person)
    held = Held(entry=entry.id, seen=len(entry.drafts))
    stands = {name: each for name, each in base(entry).items() if name in MEASURE}
    drawn = riskform.weigh_view(make_voice(front), held, stands, named(front.words, entry))
    open_here(front, pressed, person, drawn)


def handed(front: Front, submission: Submission, person: str) -> Reply:
    desk, held = _desk(front, person), _held(submission)
    before = _known(front, held)
    of = fields(MEASURE)
    rest = {name: each for name, each in base(before).items() if name not in MEASURE} if before else held.said
    given = said(front, submission, of, base(before), desk.organisation.units)
    wish = DraftEntry(
        actor=person,
        key=submission.key,
        entry=held.entry or entry_id(kinds()[RISK], "", submission.key),
        kind=RISK,
        said={**rest, **given},
        seen=held.seen,
    )
    try:
        (entry,) = carry_out(front, [wish], desk)
    except Refused as refusal:
        if refusal.key == "entry_moved" and before is not None:
            return _again(front, before, given, person)
        if refusal.key != "entry_field":
            raise
        return wrong_field(front, of, refusal)
    show_anew(front, [(held.root, lambda: risks.view(front, person, Sift(), 0))])
    levels = levels_said(front.words, entry.drafts[-1].said)
    told = riskform.handed_note(what_next(front, entry, desk), escaped(levels))
    return {"response_action": "update", "view": screens.note_view(front.words, told)}


def _known(front: Front, held: Held) -> Entry | None:
    if not held.entry:
        return None
    with front.office.store.read() as session:
        entry = aims.load(session, held.entry)
    if entry is None or entry.kind != RISK:
        raise Refused("unknown_entry")
    return entry


def _again(front: Front, entry: Entry, given: Mapping[str, Said], person: str) -> Reply:
    """With what was chosen, on top of what somebody else said in the meantime."""
    number = len(entry.drafts)
    note = front.words.line("aims.changed_meanwhile", number=number)
    held = Held(entry=entry.id, seen=number)
    title = named(front.words, _anew(front, entry.id, person))
    drawn = riskform.weigh_view(make_voice(front), held, given, title, note)
    return {"response_action": "update", "view": drawn}


PRESSED: dict[Action, Callable[[Front, Press, str], None]] = {
    Action.RISK_ADD: begin,
    Action.RISK_TAKE: take,
    Action.RISK_PICK: take,
    Action.RISK_LEVEL: level,
    Action.RISK_WEIGH: weigh,
    Action.RISK_ASIDE: originating.ask,
}
HANDED: dict[View, Callable[[Front, Submission, str], Reply]] = {
    View.RISK_WHAT: said_what,
    View.RISK_WEIGH: handed,
    View.RISK_ASIDE: originating.set_aside,
}
