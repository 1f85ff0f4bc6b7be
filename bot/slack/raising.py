"""What people raise, filled in from where it began: nonconformities by roles that may, the rest by every colleague."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from bot.slack import windows
from bot.slack.entries import below, check_inside, open_here
from bot.slack.front import Front
from bot.slack.ids import Action, View
from bot.slack.incident_seen import seen_by
from bot.slack.incident_wishes import link_to
from bot.slack.incidents import KEPT
from bot.slack.linking import INCIDENT, hidden_from
from bot.slack.payloads import Press, plain
from bot.slack.scenes import make_voice
from bot.slack.screens.entryform import Stating, entry_form
from bot.slack.screens.raising import IDEA, NONCONFORMITY, RAISED, raise_view
from store import aims, incidents
from store.linked import arisen_from, said_from
from triage.aims.arising import rules
from triage.aims.asked import WORDS
from triage.aims.auditing import findings
from triage.aims.decide import check_in_role
from triage.aims.entry import Said
from triage.aims.kinds import Kind, kinds
from triage.aims.seeing import check_may_see, may_draft
from triage.desk import Desk
from triage.incidents.severity import severity_of
from triage.outcome import Refused

PUT_RIGHT_WITHIN = timedelta(days=30)
OF_INCIDENTS = "incident_high"
"""The rule whose points of the standard count for all of them."""


def idea(front: Front, person: str, words: str, trigger: str) -> None:
    """`/steward idea …`, for every colleague."""
    desk = front.desk(actor=person)
    check_inside(front, person, desk)
    said: dict[str, Said] = {"idea": plain(words)} if words else {}
    windows.open_by(front, trigger, form(front, IDEA, said, person, desk))


def from_message(front: Front, press: Press, person: str) -> None:
    """A message says what it is about; its reader, which of what they may raise it is."""
    desk = front.desk(actor=person)
    check_inside(front, person, desk)
    said = plain(str(press.element.get("text", "")))[:KEPT]
    may = [each for each in RAISED if kinds()[each].anybody or may_draft(kinds()[each], person, desk)]
    about = f"{press.channel}|{press.ts}|{said}"
    windows.open_by(front, press.trigger, raise_view(make_voice(front), about, said, may))


def press(front: Front, pressed: Press, person: str) -> None:
    about, desk = windows.about(pressed), front.desk(actor=person)
    check_inside(front, person, desk)
    if about.case not in RAISED:
        raise Refused("unknown_button")
    if about.case == NONCONFORMITY:
        check_in_role(person, kinds()[NONCONFORMITY].proposes, desk)
    view, said = pressed.view or {}, dict[str, Said]()
    if view.get("callback_id") == View.RAISE_ENTRY.value:
        said = _of_message(front, about.case, str(view.get("private_metadata", "")))
    elif about.choice:
        said = _of_ref(front, about.case, about.choice, person, desk)
    root, lister = below(pressed)
    drawn = form(front, about.case, said, person, desk, root=root, lister=lister)
    open_here(front, pressed, person, drawn)


def form(
    front: Front,
    kind: str,
    said: Mapping[str, Said],
    person: str,
    desk: Desk,
    *,
    root: str = "",
    lister: str = "",
) -> dict[str, Any]:
    """What is filled in is what they may read, so nothing of it is left out."""
    of, stating = shape(kinds()[kind], person, desk, said), Stating(kind, 0, root, lister)
    return entry_form(make_voice(front), of, stating, said, units=desk.organisation.units)


def shape(kind: Kind, person: str, desk: Desk, said: Mapping[str, Said]) -> Kind:
    """With the fields that are theirs to fill in; what it came from only where it came from something."""
    if may_draft(kind, person, desk):
        return kind
    mine = [field for field in kind.fields if field.id in kind.anybody]
    return kind.model_copy(
        update={"fields": tuple(each for each in mine if each.kind != "refs" or said.get(each.id))}
    )


def _of_message(front: Front, kind: str, about: str) -> dict[str, Said]:
    channel, ts, words = [*about.split("|", 2), "", "", ""][:3]
    link = link_to(front, channel, ts)
    if kind in WORDS:
        return {name: said for name, said in ((WORDS[kind], words), ("heard", link)) if said}
    text = "\n".join(filter(None, (words, link)))
    field = "idea" if kind == IDEA else "what"
    return {field: text, **({} if kind == IDEA else {"source": "other"})}


def _of_ref(front: Front, kind: str, ref: str, person: str, desk: Desk) -> dict[str, Said]:
    """The incident or the use that it came from, which they may see; of one that is confidential no words go along."""
    said: dict[str, Said] = {"from": tuple(ref.split())}
    if ref.startswith("AIA-"):
        _check_may_see(
            front, ref.partition(" ")[2], person, desk
        )  # it may be confidential since it was offered
        return said | _of_audit(front, ref, person, desk)
    if kind == IDEA:
        _check_may_see(front, ref, person, desk)
    if kind == IDEA or not ref.startswith("AII-"):
        return said
    with front.office.store.read() as session:
        incident = incidents.by_ref(session, ref)
        if incident is None or not seen_by(front, session, incident, person, desk).whole:
            raise Refused("unknown_incident")
        taken = arisen_from(session, ref, (NONCONFORMITY,))
    level = severity_of(incident).floor
    rule = next(each for each in rules() if each.id == OF_INCIDENTS)
    words = "" if incident.confidential else incident.now.words
    if taken:
        raise Refused("raised_already", ref=ref, known=taken[0].ref)
    return said | {
        "what": words,
        "source": "incident",
        "weight": "major" if level == rule.level else "minor",
        "points": rule.points,
        "due": (desk.day + PUT_RIGHT_WITHIN).isoformat(),
    }


def _check_may_see(front: Front, ref: str, person: str, desk: Desk) -> None:
    if hidden := hidden_from(front, ref.split(), person, desk):
        raise (
            Refused("unknown_incident") if hidden.startswith(INCIDENT) else Refused("unknown_ref", ref=hidden)
        )


def _of_audit(front: Front, ref: str, person: str, desk: Desk) -> dict[str, Said]:
    """What an audit found about one use, with the day and the points of the standard that it was held against."""
    audit, _, use = ref.partition(" ")
    with front.office.store.read() as session:
        entry = aims.by_ref(session, audit)
        if entry is None:
            raise Refused("unknown_entry")
        check_may_see(entry, person, desk)
        found = arisen_from(session, audit, (NONCONFORMITY,))
        if taken := next((each.ref for each in found if use in said_from(each)), ""):
            raise Refused("raised_already", ref=use, known=taken)
    word = next((each.word for each in findings(entry) if each.use == use), "")
    points = entry.said("criteria")
    due = (desk.day + PUT_RIGHT_WITHIN).isoformat()
    said: dict[str, Said] = {"source": "audit", "weight": "minor", "due": due, "what": word}
    return said | ({"points": points} if isinstance(points, tuple) else {})


PRESSED: dict[Action, Callable[[Front, Press, str], None]] = {Action.RAISE_ENTRY: press}
