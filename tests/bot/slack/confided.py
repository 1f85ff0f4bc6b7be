"""Pictures of a confidential use, as those outside see it and as its readers do, calm or hostile."""

from __future__ import annotations

from collections.abc import Callable

from bot.slack import screens
from tests.bot.slack import scenery as s
from tests.bot.slack.excepted import Picture
from tests.bot.slack.moved import DESK
from triage.case import Case
from triage.commands import Command
from triage.confidences import Confide, NameReader, OpenUp
from triage.decide import decide
from triage.outcome import Say


def confided(say: Callable[[str], str]) -> dict[str, Picture]:
    bare = s.submitted(s.OTTER)
    bare = bare.model_copy(update={"title": say(bare.title)})
    kept = _does(bare, Confide(actor=s.ANA, key="kept", case=s.CASE))
    read = _does(kept, NameReader(actor=s.ANA, key="named", case=s.CASE, person=s.CLEO))
    opening = _does(read, OpenUp(actor=s.ANA, key="first", case=s.CASE))
    whole = screens.render(Say.card, s.scene(kept, reader=s.BEN, desk=DESK), {})
    drawn: dict[str, Picture] = {
        "confided_card": screens.render(Say.card, s.scene(kept, reader="", desk=DESK), {}),
        "confided_note": screens.render(
            Say.card_note, s.scene(kept, reader="", desk=DESK), {"about": "remark"}
        ),
        "confided_whole": screens.whole_view(s.scene(kept, reader=s.BEN, desk=DESK), whole),
        "confided_note_alone": screens.render(
            Say.card_note,
            s.scene(kept, reader=s.BEN, desk=DESK),
            {"about": "remark", "words": say("By the way")},
        ),
    }
    for name, case in {"open": bare, "kept": read, "opening": opening}.items():
        drawn[f"readers_{name}"] = screens.readers_view(s.scene(case, reader=s.ANA, desk=DESK))
    for about in ("kept", "not_kept", "confided", "opening", "opened", "reader_named"):
        told = {"about": about, "by": s.BEN}
        drawn[f"told_{about}"] = screens.render(Say.confided, s.scene(kept, reader=s.ANA, desk=DESK), told)
    told = {"about": "reader_named", "by": s.BEN}
    drawn["told_reader_of_open"] = screens.render(Say.confided, s.scene(bare, reader=s.ANA, desk=DESK), told)
    return drawn


def _does(case: Case, command: Command) -> Case:
    return decide(case, command, DESK).case
