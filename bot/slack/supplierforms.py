"""The windows in which somebody writes their part about a supplier, or puts in a document of it."""

from __future__ import annotations

from collections.abc import Callable

from bot import prefilled
from bot.slack import stated, suppliers, supplying, windows
from bot.slack.entries import below
from bot.slack.front import Front
from bot.slack.ids import Action
from bot.slack.payloads import Press
from bot.slack.scenes import make_voice
from bot.slack.screens import suppliers as screens
from bot.slack.screens.entryform import Stating
from store import aims
from store import suppliers as kept
from store.sessions import Session
from store.tables import ToolRow
from store.tools import part
from triage.aims.decide import check_in_role
from triage.aims.entry import Said
from triage.aims.kinds import kinds
from triage.aims.supplied import ASSESSMENT, PAPER
from triage.asset import CHANGES
from triage.outcome import Refused


def assess(front: Front, pressed: Press, person: str) -> None:
    """The window for somebody's part: what waits or counts stands in it, else what is known of the tool."""
    about, desk = windows.about(pressed), front.desk(actor=person)
    suppliers.check_may_look(front, person, desk)
    check_in_role(person, kinds()[ASSESSMENT].proposes, desk)
    if not about.choice:
        raise Refused("unknown_button")
    entry = f"{ASSESSMENT}:{about.choice}"
    with front.office.store.read() as session:
        known = aims.load(session, entry)
        said = stated.base(known) or as_known(front, session, about.choice)
        begun = () if known else tuple(said)
    root, lister = below(pressed)
    seen, long = len(known.drafts) if known else 0, supplying.LONG if about.turn else ""
    stating = Stating(ASSESSMENT, seen, root, lister, long, entry)
    drawn = stated.form(front, kinds()[ASSESSMENT], stating, said, desk, known=begun)
    windows.open_window(front, pressed, person, drawn)


def as_known(front: Front, session: Session, key: str) -> dict[str, Said]:
    """What the register knows already; it counts once somebody hands it in."""
    row, known = session.get(ToolRow, key), kept.known(session, key)
    tool = front.office.library.catalogue.get(key)
    noted = [str(part(row.record, what).get("terms", "")) for what in CHANGES] if row is not None else []
    found: dict[str, Said] = {
        "title": tool.name if tool else known.name,
        "vendor": known.vendor or (tool.vendor if tool else ""),
        "terms": "\n".join(filter(None, noted)),
    }
    return {name: value for name, value in found.items() if value}


def paper(front: Front, pressed: Press, person: str) -> None:
    """The window for a document, of the tool that is shown."""
    about, desk = windows.about(pressed), front.desk(actor=person)
    suppliers.check_may_look(front, person, desk)
    check_in_role(person, kinds()[PAPER].proposes, desk)
    with front.office.store.read() as session:
        known = kept.known(session, about.choice) if about.choice else None
    said: dict[str, Said] = {"tool": known.name} if known is not None else {}
    stating = Stating(PAPER, 0, *below(pressed))
    windows.open_window(front, pressed, person, stated.form(front, kinds()[PAPER], stating, said, desk))


def ask(front: Front, pressed: Press, person: str) -> None:
    """What nobody has said of the supplier yet, as questions to send to them."""
    about, desk = windows.about(pressed), front.desk(actor=person)
    suppliers.check_may_look(front, person, desk)
    with front.office.store.read() as session:
        held = kept.of_key(session, about.choice, desk.day)
    tool = front.office.library.catalogue.get(about.choice)
    text = prefilled.questions(front.words, held, tool.vendor if tool else "", desk.day)
    windows.open_window(front, pressed, person, screens.questions_view(make_voice(front), text))


def press(front: Front, pressed: Press, person: str) -> None:
    opens = {ASSESSMENT: assess, PAPER: paper, screens.QUESTIONS: ask}.get(windows.about(pressed).case)
    if opens is None:
        raise Refused("unknown_button")
    opens(front, pressed, person)


PRESSED: dict[Action, Callable[[Front, Press, str], None]] = {Action.SUPPLIER_STATE: press}
