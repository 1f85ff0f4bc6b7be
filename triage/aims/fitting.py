"""What a draft of some kinds hangs on beside its own fields: what it is about has to be there, and as it was shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from triage.aims import assessed, convening, phasing, portfolio, tags, to_read
from triage.aims.kinds import Kind
from triage.aims.theming import check_themes
from triage.aims.wishes import DraftEntry
from triage.desk import Desk

if TYPE_CHECKING:
    from triage.aims.decide import Beside


def check_fits(kind: Kind, wish: DraftEntry, beside: Beside, desk: Desk) -> None:
    """Of what shall count; who ends one says nothing new."""
    match kind.id:
        case convening.CALL:
            convening.check_call(wish.said, desk)
        case to_read.KIND:
            to_read.check_policy(wish.name, wish.said, beside.policy)
        case phasing.KIND:
            phasing.check_phase(wish.said, desk.day)
        case tags.KIND:
            tags.check_tagged(wish.name, wish.said, beside.tagged)
        case portfolio.ASSESSMENT:
            check_themes(wish.said, beside.led_to)
        case assessed.KIND:
            assessed.check_review(wish.actor, wish.said, beside.assessment, desk)
