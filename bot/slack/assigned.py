"""What is pressed about who has a request: taken at once, passed on or stepped aside from in a window."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.slack import screens, windows
from bot.slack.front import Front
from bot.slack.ids import Action
from bot.slack.payloads import Press
from bot.slack.scene import Scene
from bot.slack.scenes import make_scene
from triage.assigning import check_may
from triage.commands import Take

ON_CARD = frozenset({Action.TAKE, Action.PASS_ON, Action.RECUSE})


def take(front: Front, press: Press, person: str) -> None:
    front.do(Take(actor=person, key=press.key, case=windows.about(press).case), front.desk(actor=person))


def opening(draw: Callable[[Scene], dict[str, Any]]) -> Callable[[Front, Press, str], None]:
    """Who may not decide is told at once, before choosing anybody or writing anything."""

    def handle(front: Front, press: Press, person: str) -> None:
        desk = front.desk(actor=person)
        with front.office.store.read() as session:
            case = windows.before_them(front, session, press, person, desk)
            check_may(case, person, desk)
            drawn = draw(make_scene(front, session, case, desk, person, counted=False))
        windows.open_window(front, press, person, drawn)

    return handle


pass_on, recuse = opening(screens.pass_on_view), opening(screens.recuse_view)
