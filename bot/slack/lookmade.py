"""What the worker makes of the register for whoever audits: as it was on an earlier day, and a sample of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from bot.cli.days import end_of
from bot.cli.scope import of_scope
from bot.slack.carrying import Made
from bot.slack.front import Front
from bot.slack.message import Message
from bot.slack.screens.register import risk
from bot.slack.screens.sample import Drawn, sample
from bot.words import Words
from store import samples
from store.listed_then import then
from store.packs import Order
from store.queries import entry
from store.samples import Sample
from triage.register import Entry

COLUMNS = ("ref", "title", "state", "risk", "unit", "tool", "scope")


def seen(front: Front, person: str, found: Sample) -> Drawn:
    """With those of the sample that this reader may see now."""
    reader = front.reader(person, front.desk(actor=person))
    with front.office.store.read() as session:
        known = (entry(session, reader, ref) for ref in found.refs)
        return Drawn(found, tuple(each for each in known if each is not None))


def made(front: Front, order: Order, folder: Path) -> tuple[Made, int]:
    """The register as it was, as a workbook, and how many uses stand in it."""
    from bot.pack.workbook import Workbook  # late: most processes never make one

    day = date.fromisoformat(order.day)
    with front.office.store.read() as session:
        at = end_of(day, session)
        reader = front.reader(order.person, front.desk(actor=order.person))
        found = then(session, reader, at, of_scope(session, at))
    book = Workbook(folder / "book")
    sheet = book.sheet("register", COLUMNS)
    for each in found.entries:
        sheet.put(_row(front.words, each))
    for veiled in found.veiled:
        sheet.put(dict.fromkeys(COLUMNS, "") | {"ref": veiled.ref, "risk": str(risk(front.words, veiled)),
                                                "title": front.words.label("register_then.closed")})  # fmt: skip
    content = book.close().read_bytes()
    return Made(f"register-{order.day}.xlsx", content), len(found.entries) + len(found.veiled)


def _row(words: Words, each: Entry) -> dict[str, str]:
    return {
        "ref": each.ref or "",
        "title": each.title or each.tool_name,
        "state": words.label(f"status.{each.standing}"),
        "risk": str(risk(words, each)),
        "unit": each.unit,
        "tool": each.tool_name,
        "scope": words.label(f"scope.is.{each.scope}") if each.scope else "",
    }


def draw(front: Front, order: Order) -> int:
    """The line that tells of the sample; begun again after a crash it is the same."""
    size = int(order.about) if order.about else None
    with front.office.store.write() as session:
        return samples.draw(session, order.person, size, key=order.id, now=front.office.now()).line


def told(front: Front, order: Order) -> Message | None:
    """The sample that the worker drew."""
    with front.office.store.read() as session:
        found = samples.drawn_in(session, order.line)
    return sample(front.words, seen(front, order.person, samples.told(found))) if found else None
