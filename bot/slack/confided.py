"""What is pressed about who reads a use: closed, opened by two, readers named, and the whole of it for a reader."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.slack import screens, windows
from bot.slack.colleagues import check_colleague
from bot.slack.fields import Field
from bot.slack.front import Front
from bot.slack.ids import Action, View
from bot.slack.payloads import Press, Submission, Who
from bot.slack.scenes import make_scene
from store.records import load
from triage.confidences import Confide, DropReader, NameReader, OpenUp
from triage.confidential import role_in
from triage.desk import Desk
from triage.outcome import Refused, Say

Reply = dict[str, Any]
IN_FIELD = frozenset({"reader_already", "recused_reader", "reader_outside", "reader_unclear", "enough_today"})


def whole(front: Front, press: Press, person: str) -> None:
    """Whoever does not read it is refused like for a use that does not exist."""
    desk = front.desk(actor=person)
    case = front.case(windows.about(press).case, front.reader(person, desk))
    with front.office.store.read() as session:
        scene = make_scene(front, session, case, desk, person, counted=False, compared=True)
    windows.open_window(front, press, person, screens.whole_view(scene, screens.render(Say.card, scene, {})))


def readers(front: Front, press: Press, person: str) -> None:
    drawn = _drawn(front, windows.about(press).case, person, front.desk(actor=person))
    windows.open_window(front, press, person, drawn)


def confide(front: Front, press: Press, person: str) -> None:
    about = windows.about(press)
    _do(front, press, person, Confide(actor=person, key=press.key, case=about.case))


def open_up(front: Front, press: Press, person: str) -> None:
    about = windows.about(press)
    wish = OpenUp(actor=person, key=press.key, case=about.case, opening=about.choice)
    _do(front, press, person, wish)


def drop(front: Front, press: Press, person: str) -> None:
    about = windows.about(press)
    _do(front, press, person, DropReader(actor=person, key=press.key, case=about.case, person=about.choice))


def _do(front: Front, press: Press, person: str, wish: Confide | OpenUp | DropReader) -> None:
    """Where it was pressed in a window, that shows what came of it."""
    desk = front.desk(actor=person)
    _check_reads(front, wish.case, person, desk)
    front.do(wish, desk)
    if press.view is not None and press.view.get("type") == "modal":
        windows.turn(front, press, person, _drawn(front, wish.case, person, desk))


def _check_reads(front: Front, id: str, person: str, desk: Desk) -> None:
    """An old window makes nobody a reader again; who has no say is told so by the wish itself."""
    with front.office.store.read() as session:
        case = load(session, id)
    if case is not None and role_in(case, person, desk):
        front.case(id, front.reader(person, desk))


def _drawn(front: Front, id: str, person: str, desk: Desk) -> dict[str, Any]:
    case = front.case(id, front.reader(person, desk))
    if not role_in(case, person, desk):
        raise Refused("not_yours_to_close", case=case.id)
    with front.office.store.read() as session:
        return screens.readers_view(make_scene(front, session, case, desk, person, counted=False))


def named(front: Front, submission: Submission, person: str) -> Reply:
    of_person = (each for each in submission.fields if each.partition(".")[0] == Field.PERSON.value)
    block = next(of_person, Field.PERSON.value)
    user = (submission.fields.get(block) or ("",))[0]
    if not user:
        return {"response_action": "clear"}
    whom, desk = front.person(Who(submission.who.team, user)), front.desk(actor=person)
    _check_reads(front, submission.about, person, desk)
    try:
        check_colleague(front, submission.who.team, user, whom)
        front.do(NameReader(actor=person, key=submission.key, case=submission.about, person=whom), desk)
    except Refused as refusal:
        if refusal.key not in IN_FIELD:
            raise
        said = front.words.label(f"refusal.{refusal.key}")
        return {"response_action": "errors", "errors": {block: said}}
    return {"response_action": "update", "view": _drawn(front, submission.about, person, desk)}


PRESSED: dict[Action, Callable[[Front, Press, str], None]] = {
    Action.OPEN_WHOLE: whole,
    Action.READERS: readers,
    Action.CONFIDE: confide,
    Action.OPEN_UP: open_up,
    Action.DROP_READER: drop,
}
HANDED: dict[View, Callable[[Front, Submission, str], Reply]] = {View.READERS: named}
