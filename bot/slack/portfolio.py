"""All uses beside each other in Slack: the paper as a file, and the windows in which somebody assesses them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from bot.portfolio import theme, written
from bot.slack import windows
from bot.slack.carrying import Made
from bot.slack.entries import carry_out, check_inside, open_here
from bot.slack.fields import Field, numbered
from bot.slack.filled import Reply, day, field, missing
from bot.slack.front import Front
from bot.slack.ids import Action, View
from bot.slack.message import Message
from bot.slack.payloads import Press, Submission
from bot.slack.scenes import make_voice
from bot.slack.screens import note_view
from bot.slack.screens import portfolio as drawing
from bot.slack.screens.portfolio import offered
from store import aims, outbox
from store.outbox import Owed
from store.owed import UPLOAD
from store.portfolio import portfolio
from store.sessions import Session
from triage.aims.decide import check_in_role
from triage.aims.entry import Entry
from triage.aims.kinds import kinds
from triage.aims.portfolio import ASSESSMENT, Portfolio, Theme
from triage.aims.seeing import check_may_look, may_look
from triage.aims.standing import approvers
from triage.aims.theming import FIELD, LEADS, Led, to_line
from triage.aims.wishes import DraftEntry
from triage.desk import Desk
from triage.outcome import Refused

PAPER = "portfolio"
PRIORITY = 2


def press(front: Front, pressed: Press, entry: Entry | None, person: str, desk: Desk) -> None:
    """As of the last day that is over, so that nothing more can happen on it."""
    found = _found(front, desk.day - timedelta(days=1))
    seen = len(entry.drafts) if entry is not None else 0
    open_here(front, pressed, person, drawing.themes_view(make_voice(front), found, seen))


def _found(front: Front, as_of: date) -> Portfolio:
    with front.office.store.read() as session:
        return portfolio(session, as_of, front.office.config.timezone)


def _before_them(front: Front, submission: Submission, desk: Desk) -> tuple[Portfolio, int, str]:
    """What they had before them, as long as it is still so; the number of versions that there were, and the rest."""
    as_of, digest, seen, rest = [*submission.about.split("|", 3), "", "", ""][:4]
    of_day = day(as_of)
    if of_day is None or of_day >= desk.day or not seen.isdecimal() or len(seen) > 8:
        raise Refused("unknown_entry")
    found = _found(front, of_day)
    if found.digest != digest:
        raise Refused("entry_moved")
    return found, int(seen), rest


def chosen(front: Front, submission: Submission, person: str) -> Reply:
    """To the second window, which asks of each theme what it leads to."""
    desk = _checked(front, person)
    found, _, _ = _before_them(front, submission, desk)
    held = submission.fields.get(Field.THEMES.value, ())
    some = [(number, each) for number, each in enumerate(offered(found)) if str(number) in held]
    about = "|".join((submission.about, ",".join(str(number) for number, _ in some)))
    return {
        "response_action": "update",
        "view": drawing.leads_view(make_voice(front), found, some, about),
    }


def _checked(front: Front, person: str) -> Desk:
    desk = front.desk(actor=person)
    check_inside(front, person, desk)
    check_in_role(person, kinds()[ASSESSMENT].proposes, desk)
    return desk


def handed(front: Front, submission: Submission, person: str) -> Reply:
    """A version that waits for the yes of somebody who did not write it."""
    desk = _checked(front, person)
    found, seen, rest = _before_them(front, submission, desk)
    numbers = set(rest.split(","))
    some = [(number, each) for number, each in enumerate(offered(found)) if str(number) in numbers]
    words, led = field(submission, Field.PORTFOLIO_WORDS), _led(front, submission, found, some)
    if not words:
        return missing(front, Field.PORTFOLIO_WORDS)
    if isinstance(led, dict):
        return {"response_action": "errors", "errors": led}
    wish = DraftEntry(
        actor=person,
        key=submission.key,
        entry=ASSESSMENT,
        kind=ASSESSMENT,
        said={
            "as_of": found.as_of.isoformat(),
            "found": found.digest,
            "words": words,
            **({FIELD: tuple(map(to_line, led))} if led else {}),
        },
        seen=seen,
    )
    (entry,) = carry_out(front, [wish], desk)
    able = [front.directory.mention(each) for each in approvers(entry, desk)[:3]]
    key = "portfolio.handed_in" if able else "portfolio.handed_in_nobody"
    told = front.words.line(key, ref=entry.ref, who=front.words.listed(able, "or"))
    return {"response_action": "update", "view": note_view(front.words, told)}


def _led(
    front: Front, submission: Submission, found: Portfolio, some: Sequence[tuple[int, Theme]]
) -> list[Led] | dict[str, str]:
    """Or what there is to say beside the fields."""
    led: list[Led] = []
    wrong: dict[str, str] = {}
    for number, each in some:
        names = numbered(Field.THEME_LEADS, number), numbered(Field.THEME_SAYS, number)
        leads, says = (_held(submission, name) for name in names)
        kind = next((lead for lead in LEADS if lead == leads), None)
        wrong |= {name: "problem.needed" for name, text in zip(names, (kind, says), strict=True) if not text}
        if kind is None or not says:
            continue
        if kind != "accepted" and not _is_there(front, says.upper(), kind):
            wrong[names[1]] = f"portfolio.no_{kind}"
        text = says if kind == "accepted" else says.upper()
        led.append(Led(theme(front.words, each, found), kind, text))
    return {name: front.words.label(key) for name, key in wrong.items()} or led


def _held(submission: Submission, name: str) -> str:
    held = submission.fields.get(name, ())
    return held[0].strip() if held else ""


def _is_there(front: Front, ref: str, kind: str) -> bool:
    with front.office.store.read() as session:
        entry = aims.by_ref(session, ref)
    return entry is not None and entry.kind == kind and entry.state in ("in_force", "proposed")


def ask(front: Front, pressed: Press, person: str) -> None:
    """The paper, for whoever sees how far the system is set up."""
    windows.about(pressed)  # a damaged press is refused like any other
    desk = front.desk(actor=person)
    check_may_look(person, desk)
    front.once(f"portfolio:{pressed.key}", lambda session: _owe(session, person, desk))
    open_here(front, pressed, person, note_view(front.words, front.words.line("portfolio.asked")))


def _owe(session: Session, person: str, desk: Desk) -> None:
    outbox.put(
        session,
        kind=UPLOAD,
        person_id=person,
        subject_kind=PAPER,
        subject_id=(desk.day - timedelta(days=1)).isoformat(),
        purpose=PAPER,
        payload={"say": PAPER},
        priority=PRIORITY,
        lane=f"files:{PAPER}:{person}",
        now=desk.now,
    )


def draw(front: Front, owed: Owed) -> Message | None:
    """What stands beside the file, or instead of it; nothing for who may not have it any more."""
    of_day = _theirs(front, owed)
    if of_day is None:
        return None
    return drawing.paper(front.words, of_day, missing=owed.kind != UPLOAD)


def _theirs(front: Front, owed: Owed) -> date | None:
    person = owed.person_id or ""
    looks = may_look(person, front.desk(actor=person)) and not front.directory.outsider(person)
    return day(owed.subject_id or "") if looks else None


def file(front: Front, owed: Owed) -> Made:
    of_day = _theirs(front, owed)
    if of_day is None:
        raise LookupError("they may not have it any more")
    return Made(f"ai-portfolio-{of_day}.pdf", written(front.words, _found(front, of_day), "pdf"))


PRESSED: dict[Action, Callable[[Front, Press, str], None]] = {Action.PORTFOLIO: ask}
HANDED: dict[View, Callable[[Front, Submission, str], Reply]] = {
    View.PORTFOLIO_THEMES: chosen,
    View.PORTFOLIO_LEADS: handed,
}
