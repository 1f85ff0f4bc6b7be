"""What is pressed about an exception: the window of the first who says so, of the second, and of who objects."""

from __future__ import annotations

from bot.slack import screens, windows
from bot.slack.front import Front
from bot.slack.ids import Action
from bot.slack.payloads import Press
from bot.slack.scene import Scene
from bot.slack.scenes import make_scene
from triage.desk import Desk
from triage.excepting import check_claimable, check_may, check_second, check_waits, live
from triage.signed import gone, last_said

ON_CARD = frozenset({Action.CLAIM_EXCEPTION, Action.CONFIRM_EXCEPTION, Action.OBJECT_EXCEPTION})


def claim(front: Front, press: Press, person: str) -> None:
    scene, _ = _scene(front, press, person)
    _open_claim(front, press, person, scene)


def confirm(front: Front, press: Press, person: str) -> None:
    """Where what the first said counts no more, whoever presses can be the first."""
    scene, role = _scene(front, press, person)
    if live(scene.case, scene.desk) is None and last_said(scene.case) is not None:
        _open_claim(front, press, person, scene)
        return
    said, basis = check_waits(scene.case, windows.about(press).choice, scene.desk)
    check_second(said, person, role, scene.desk)
    windows.open_window(front, press, person, screens.confirm_view(scene, said, basis))


def object_to(front: Front, press: Press, person: str) -> None:
    scene, _ = _scene(front, press, person)
    said, basis = check_waits(scene.case, windows.about(press).choice, scene.desk)
    windows.open_window(front, press, person, screens.object_view(scene, said, basis))


def _open_claim(front: Front, press: Press, person: str, scene: Scene) -> None:
    offered = check_claimable(scene.case, scene.desk)
    windows.open_window(front, press, person, screens.claim_view(scene, offered, _lost(scene, scene.desk)))


def _lost(scene: Scene, desk: Desk) -> str:
    said = last_said(scene.case)
    return gone(scene.case, said, desk.book, desk.holds) if said else ""


def _scene(front: Front, press: Press, person: str) -> tuple[Scene, str]:
    """The case as they see it, and the role in which they sign; who may not is told before writing anything."""
    desk = front.desk(actor=person)
    with front.office.store.read() as session:
        case = windows.before_them(front, session, press, person, desk)
        role = check_may(case, person, desk)
        return make_scene(front, session, case, desk, person, counted=False), role
