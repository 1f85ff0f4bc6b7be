"""What is approved is shown whole; what a window carries comes back as it was."""

from __future__ import annotations

import json

import pytest

from bot.markup import escaped
from bot.slack.ids import Action
from bot.slack.message import VIEW_BLOCKS, VIEW_BYTES
from bot.slack.screens import entrytold
from bot.slack.screens.entryform import Stating, from_stating, to_stating
from bot.slack.screens.entrylook import Asked, approve_view, entry_view, from_asked, to_asked
from bot.slack.screens.system import Seen, system_view
from tests.bot.slack import scenery as s
from tests.bot.slack.systems import BOSS, approved, desk, drafted, seen_by
from triage.aims.entry import Entry
from triage.aims.kinds import kinds
from triage.aims.standing import ORDER, standing

LONG = "\n".join("Ж" * 199 for _ in range(99))


def policy_of(text: str) -> Entry:
    return drafted("policy", {"title": "P", "text": text, "since": "2026-05-04"}, "p")


@pytest.mark.parametrize("text", [LONG, "&" * 3000, "word " * 3900, "\n".join("<>" * 90 for _ in range(100))])
def test_what_is_approved_is_shown_whole(text: str) -> None:
    view = entry_view(s.voice(), seen_by(BOSS, policy_of(text)), BOSS)
    shown = json.dumps(view, ensure_ascii=False)
    assert "submit" in view
    assert "shortened" not in shown
    assert "…" not in shown
    for sign in ("Ж", "&amp;", "word", "&lt;&gt;"):
        assert shown.count(sign) == escaped(text.replace("\n", "")).count(sign)


def test_what_cannot_be_shown_whole_cannot_be_approved_there() -> None:
    """A text as long as one may be, laid beside another as long."""
    said = {"title": "P", "text": LONG.replace("Ж", "Ю"), "since": "2026-05-04"}
    view = entry_view(s.voice(), seen_by(BOSS, drafted("policy", said, "p", approved(policy_of(LONG)))), BOSS)
    assert "submit" not in view
    assert "nobody can approve it" in json.dumps(view)


def test_more_than_fits_comes_in_a_second_window() -> None:
    looks = [
        seen_by(BOSS, drafted("policy", {"title": f"P{n}", "text": LONG, "since": "2026-05-04"}, f"p{n}"))
        for n in range(4)
    ]
    view = approve_view(s.voice(), looks)
    assert view is not None
    shown = from_asked(view["private_metadata"]).versions
    assert 0 < len(shown) < 4
    assert len(view["blocks"]) <= VIEW_BLOCKS
    assert len(json.dumps(view)) <= VIEW_BYTES
    assert "come next" in json.dumps(view)
    for _, entry in shown:
        title = entry.removeprefix("policy:").upper()
        assert f"*{title}*" in json.dumps(view), "only what stands there is approved"


@pytest.mark.parametrize("name", ["plain", "with|a|bar", "über mich", "a\u2028b"])
def test_what_a_window_is_about_comes_back(name: str) -> None:
    stating = Stating("policy", 3, "V1", "V2", "", f"policy:{name}")
    assert from_stating(to_stating(stating)) == stating
    asked = Asked("V1", ((3, f"policy:{name}"), (1, "scope")))
    assert from_asked(to_asked(asked)) == asked


@pytest.mark.parametrize("text", ["", "x", "|", "policy|abc|||", "a\nb|c\nd"])
def test_what_is_not_ours_is_about_nothing(text: str) -> None:
    assert from_stating(text).seen == -1 or not from_stating(text).entry
    assert from_asked(text).versions == ()


def test_every_kind_of_the_set_up_fits_one_window() -> None:
    entries = [drafted("issue", {"title": f"I{n}", "side": "inside", "effect": "E"}, "") for n in range(9)]
    found = standing(entries, desk())
    seen = Seen(found, found.waiting, (), frozenset(kinds()), {}, {"sector": "-", "regions": "-"}, leads=True)
    view = system_view(s.voice(), seen)
    assert len(view["blocks"]) < VIEW_BLOCKS
    assert {step.kind.id for step in found.steps} == set(ORDER)


def test_every_kind_field_choice_and_act_has_its_words() -> None:
    """Whoever adds one to the data gives it words; else a Home on which it stands could not be drawn."""
    keys = set()
    for kind in kinds().values():
        keys |= {f"kind.{kind.id}", f"why.{kind.id}"}
        for act in kind.acts:
            keys |= {f"act.{act.id}", f"after.{act.id}", f"why.{act.id}"}
        for of, fields in ((kind.id, kind.fields), *((act.id, act.fields) for act in kind.acts)):
            keys |= {f"field.{of}.{field.id}" for field in fields}
            keys |= {f"choice.{field.id}.{choice}" for field in fields for choice in field.choices}
    assert not {key for key in keys if not s.words().has(f"aims.{key}")}


def test_whoever_it_is_about_is_offered_no_way_to_end_it() -> None:
    """Their no to a version would be the end of it; they may still say yes."""
    said = {"title": "A", "success": "S", "owner": BOSS, "due": "2026-12-01"}
    entry = drafted("action", said | {"title": "B"}, "", drafted("action", said, ""))
    for person, offered in ((BOSS, False), (s.BEN, True)):
        look = seen_by(person, entry)._replace(waits=entry.proposed, able=(person,))
        for drawn in (entry_view(s.voice(), look, person), entrytold.waiting(s.voice(), [look]).blocks):
            assert (Action.SEND_ENTRY_BACK.value in json.dumps(drawn)) is offered
