"""A trust pack goes out as it was approved, whatever is known since; and not at all once a part of it is gone."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.trust import FORMATS, written
from bot.words import Words
from store import aims, settings, trust
from store.engine import Store
from store.tables import AimsStepRow, PersonRow
from tests.bot.cli.conftest import Steward
from tests.bot.cli.packed import packed, unpacked
from tests.bot.cli.tampering import tamper
from tests.bot.cli.test_management import does
from tests.bot.cli.test_trust import DAY, POLICY, acts, agreed
from tests.bot.cli.test_trust import told as told
from tests.builders import BEN, DAN, NOW
from tests.triage.aims.test_entries import drafting, on
from triage.aims.entry import TELLS, Entry
from triage.aims.trust import GIVEN, PACK, Trust, read
from triage.aims.wishes import ApproveEntry
from triage.outcome import Refused

UNKNOWN = "Will Stranger"
"""Named in a policy before anybody here knew of them."""
GONE = "not what was approved any more"


def handed_in(store: Store) -> tuple[Entry, Trust]:
    with store.read() as session:
        found = trust.made(session, date.fromisoformat(DAY), "UTC")
        seen = len(each.drafts) if (each := aims.load(session, PACK)) is not None else 0
    said = {"as_of": DAY, "digest": found.digest, TELLS: found.tells}
    return does(store, drafting(kind=PACK, said=said, actor=BEN, seen=seen), 40), found


def approved(store: Store) -> Entry:
    entry = handed_in(store)[0]
    return does(store, ApproveEntry(**on(entry, DAN), draft=len(entry.drafts)), 41)


def goes_out(steward: Steward, folder: Path) -> dict[str, bytes]:
    """By form, what `steward trust --approved` makes."""
    found = {}
    for form in FORMATS:
        path = folder / f"out.{form}"
        code, _, errors = steward("trust", "--approved", "--format", form, "--out", path)
        assert (code, "As it was approved" in errors) == (0, True), errors
        found[form] = path.read_bytes()
    return found


def gives(store: Store, entry: Entry) -> Entry:
    assert entry.in_force is not None
    digest = entry.in_force.said["digest"]
    return acts(store, entry, GIVEN, 42, whose="Rheinmark AG", asker="tender", digest=digest)


def why_not(store: Store, entry: Entry) -> str:
    with pytest.raises(Refused) as refusal:
        gives(store, entry)
    return refusal.value.key


def line_of(store: Store, entry: Entry) -> int:
    """Of its last draft."""
    drafted = [each for each in entry.steps if each.kind == "draft"]
    with store.read() as session:
        return session.get_one(AimsStepRow, drafted[-1].id).line


def meets(store: Store, name: str, id: str) -> None:
    with store.write() as session:
        session.add(PersonRow(id=id, team="T", slack_user=f"U{id.upper()}", name=name, updated_at=NOW))


def test_it_goes_out_byte_for_byte_whatever_names_are_known_since(
    steward: Steward, told: Store, tmp_path: Path
) -> None:
    entry = approved(told)
    before = goes_out(steward, tmp_path)
    meets(told, "All teams", "new")
    with told.write() as session:
        session.get_one(PersonRow, "dana").name = "Dana Renamed"
    agreed(told, "policy", POLICY | {"text": "Machines decide."}, 20, "more")
    made = steward("trust", "--as-of", DAY, "--format", "json")[1]
    assert made.encode() != before["json"], "made today it is another"
    assert goes_out(steward, tmp_path) == before
    assert gives(told, entry).done[-1].act == GIVEN


def test_the_approvers_files_are_those_that_go_out_later(told: Store) -> None:
    entry, found = handed_in(told)
    with told.read() as session:
        held = trust.kept(session, 1)
        assert held is not None
        kept = trust.whole(session, held, "UTC")
    assert kept == found == read(entry.drafts[0].tells)
    for form in FORMATS:
        assert written(Words(), kept, form, approved=False) == written(Words(), found, form, approved=False)


def test_whoever_is_left_out_of_it_can_be_erased_and_it_goes_out_all_the_same(
    steward: Steward, told: Store, tmp_path: Path
) -> None:
    approved(told)
    before = goes_out(steward, tmp_path)
    with told.write() as session:
        session.get_one(PersonRow, "dana").deleted = True
    code, _, errors = steward("person", "erase", "dana", "--because", "Asked.", "--yes")
    assert (code, errors) == (0, "")
    assert steward("verify")[0] == 0
    assert goes_out(steward, tmp_path) == before


def test_whoever_is_named_in_it_after_all_is_erased_from_it_and_then_nothing_goes_out(
    steward: Steward, told: Store
) -> None:
    agreed(told, "policy", POLICY | {"text": f"Ask {UNKNOWN} first."}, 7, "more")
    entry = approved(told)
    meets(told, UNKNOWN, "stranger")
    with told.write() as session:
        session.get_one(PersonRow, "stranger").deleted = True
    assert steward("person", "erase", "stranger", "--because", "Asked.", "--yes")[0] == 0
    with told.read() as session:
        loaded = aims.load(session, PACK)
    assert loaded is not None
    assert UNKNOWN not in loaded.drafts[0].tells
    assert "former colleague" in loaded.drafts[0].tells
    assert steward("verify")[0] == 0
    code, said, errors = steward("trust", "--approved")
    assert (code, said, GONE in errors) == (1, "", True)
    assert why_not(told, entry) == "trust_erased"


def test_where_its_words_are_erased_nothing_goes_out_and_it_is_found_where_they_stand(
    steward: Steward, told: Store
) -> None:
    entry = approved(told)
    line = line_of(told, entry)
    with told.read() as session:
        (scope,) = aims.of_kind(session, "scope")
    where = str(line_of(told, scope))
    code, said, _ = steward("erase", "--line", where, "--field", "covers", "--because", "Asked.")
    assert (code, f"text {TELLS} of line {line}" in said) == (0, True), said
    assert steward("erase", "--line", str(line), "--because", "Asked.")[0] == 0
    assert steward("verify")[0] == 0
    code, said, errors = steward("trust", "--approved")
    assert (code, said, GONE in errors) == (1, "", True)
    assert why_not(told, entry) == "trust_erased"
    again = approved(told)
    assert gives(told, again).done[-1].act == GIVEN, "a new version goes out"


def test_a_changed_byte_is_named_and_never_goes_out(steward: Steward, told: Store) -> None:
    entry = approved(told)
    line = line_of(told, entry)
    tamper(told, f"UPDATE audit_text SET text = replace(text, 'All teams', 'All, team') "
                 f"WHERE seq = {line} AND field = '{TELLS}'")  # fmt: skip
    code, said, _ = steward("verify")
    assert (code, f"{line}: " in said) == (1, True), said
    assert TELLS in said
    assert steward("trust", "--approved")[:2] == (1, "")
    assert why_not(told, entry) == "trust_erased"


def test_neither_does_what_was_changed_together_with_its_digest(steward: Steward, told: Store) -> None:
    entry, found = handed_in(told)
    does(told, ApproveEntry(**on(entry, DAN), draft=1), 41)
    other = found.model_copy(update={"shown": 70})
    line = line_of(told, entry)
    tamper(
        told,
        f"UPDATE audit_text SET text = replace(text, '\"shown\": {found.shown}', '\"shown\": 70') "
        f"WHERE seq = {line} AND field = '{TELLS}'",
        f"UPDATE audit_text SET text = '{other.digest}' WHERE seq = {line} AND field = 'digest'",
    )
    with told.read() as session:
        held = trust.kept(session)
    assert held is not None
    assert (held.digest, held.found) == (other.digest, None)
    assert steward("trust", "--approved")[:2] == (1, "")


def test_the_digest_beside_it_has_to_be_its_own(steward: Steward, told: Store) -> None:
    entry = approved(told)
    line = str(line_of(told, entry))
    assert steward("erase", "--line", line, "--field", "digest", "--because", "Asked.")[0] == 0
    assert steward("trust", "--approved")[:2] == (1, "")
    with pytest.raises(Refused) as refusal:
        acts(told, entry, GIVEN, 42, whose="Rheinmark AG", asker="tender")
    assert refusal.value.key == "trust_erased"


def test_once_the_door_for_people_outside_is_another_it_is_not_given_out(
    steward: Steward, told: Store
) -> None:
    entry = approved(told)
    with told.write() as session:
        settings.change(session, trust.OUTSIDE_DOOR, "https://acme.example/harm", by=None, now=NOW)
    assert why_not(told, entry) == "trust_door"
    code, _, errors = steward("trust", "--approved")
    assert (code, "another place" in errors) == (1, True)
    assert gives(told, approved(told)).done[-1].act == GIVEN


def test_what_it_tells_lies_in_the_pack_and_in_no_list_of_what_it_says(
    steward: Steward, told: Store, tmp_path: Path
) -> None:
    entry, found = handed_in(told)
    line = line_of(told, entry)
    folder = unpacked(packed(steward, tmp_path), tmp_path / "pack")
    texts = [json.loads(each) for each in (folder / "texts.jsonl").read_text().splitlines()]
    (kept,) = [each["text"] for each in texts if (each["line"], each["field"]) == (line, TELLS)]
    assert read(kept) == found
    assert '"parts"' not in (folder / "system.html").read_text()
    assert '"parts"' not in steward("aims", "show", entry.ref)[1]


@pytest.mark.parametrize(
    "wrong",
    [
        {"digest": "0" * 64},
        {"as_of": "2026-12-19"},
        {TELLS: "{}"},
        {TELLS: "All is well"},
    ],
    ids=["digest", "day", "empty", "words"],
)
def test_what_does_not_fit_its_digest_is_not_handed_in(told: Store, wrong: dict[str, Any]) -> None:
    with told.read() as session:
        found = trust.made(session, date.fromisoformat(DAY), "UTC")
    said = {"as_of": DAY, "digest": found.digest, TELLS: found.tells}
    with pytest.raises(Refused) as refusal:
        does(told, drafting(kind=PACK, said=said | wrong, actor=BEN), 40)
    assert refusal.value.key == "entry_moved"


def test_no_other_kind_keeps_such_a_thing(told: Store) -> None:
    with pytest.raises(Refused) as refusal:
        does(
            told,
            drafting(kind="commitment", said={"text": "Yes", "sponsor": DAN, TELLS: "{}"}, actor=BEN),
            40,
        )
    assert refusal.value.facts["field"] == TELLS
