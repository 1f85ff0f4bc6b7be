"""The settings file seeds; the database counts; what cannot be read is held by nobody."""

from pathlib import Path
from typing import Any

import pytest

from bot.config import current, read_seed, seed, to_config
from intake.source import Damaged
from store import audit, settings
from store.engine import Store
from tests.databases import Clock

EXAMPLE = Path(__file__).resolve().parents[2] / "steward.example.yaml"


def written(folder: Path, text: str) -> Path:
    path = folder / "steward.yaml"
    path.write_text(text)
    return path


def faults(folder: Path, text: str) -> list[tuple[int, str]]:
    with pytest.raises(Damaged) as caught:
        read_seed(written(folder, text))
    assert all(fault.mend and fault.file == "steward.yaml" for fault in caught.value.faults)
    return [(fault.line, fault.field) for fault in caught.value.faults]


def test_the_example_is_read_whole() -> None:
    config, findings = to_config(read_seed(EXAMPLE))
    assert not findings
    assert config.roles["legal"] == ("S0123456789",)
    assert config.roles["security"] == ()
    assert config.organisation.regions == ("eu",)
    assert (config.language, config.timezone, config.country) == ("en", "Europe/Berlin", "DE")


def test_every_fault_of_the_file_at_once(tmp_path: Path) -> None:
    text = """channels: {governence: C012345}
roles:
  legal: [anna, U0]
  bogus: []
  privacy: {group: U012345}
country: NO
timezone: Europe/Berln
organisation: {regions: [eu, eus], public_body: maybe}
language: English
"""
    assert faults(tmp_path, text) == [
        (1, "channels.governence"),
        (3, "roles.legal.1"),
        (3, "roles.legal.2"),
        (4, "roles.bogus"),
        (5, "roles.privacy.group"),
        (6, "country"),
        (7, "timezone"),
        (8, "organisation.regions"),
        (8, "organisation.public_body"),
        (9, "language"),
    ]


@pytest.mark.parametrize(
    "text", ["", "- a\n", "roles: reviewer\n", "channels: [x\n", "roles: {reviewer: 5}\n"]
)
def test_a_file_of_another_shape_is_a_fault(tmp_path: Path, text: str) -> None:
    assert faults(tmp_path, text)


@pytest.mark.parametrize("text", ["'[eu]'", "'{eu}'", "'True'", "'None'"])
def test_a_text_that_reads_like_something_else_is_a_fault(tmp_path: Path, text: str) -> None:
    """The trail shows both alike, so neither could be proven."""
    assert faults(tmp_path, f"organisation:\n  sector: {text}\n")
    assert read_seed(written(tmp_path, "organisation:\n  sector: retail [food]\n"))


@pytest.mark.parametrize("listed", ["[]", "null", ""])
def test_an_empty_list_means_nobody(tmp_path: Path, listed: str) -> None:
    config, _ = to_config(read_seed(written(tmp_path, f"roles:\n  reviewer: {listed}\n")))
    assert config.roles["reviewer"] == ()


@pytest.mark.parametrize(
    "kept", [["U012345", "everybody"], "all", 5, {"group": "U012345"}, True, [["U012345"]]]
)
def test_what_cannot_be_read_in_the_database_is_nobody(kept: Any) -> None:
    config, (finding, *_) = to_config({"roles.reviewer": kept, "roles.legal": ["U012345"]})
    assert not config.roles.get("reviewer")
    assert config.roles["legal"] == ("U012345",)
    assert "roles.reviewer" in finding.what


def test_the_file_seeds_only_what_was_never_set(store: Store, clock: Clock) -> None:
    assert seed(store, {"roles.reviewer": ("U0MIRA",), "language": "en"}, now=clock()) == [
        "roles.reviewer",
        "language",
    ]
    with store.write() as session:
        settings.change(session, "roles.reviewer", ["U0LEILA"], by=None, now=clock())
    assert seed(store, {"roles.reviewer": ("U0MIRA",), "country": "DE"}, now=clock()) == ["country"]
    with store.read() as session:
        config = current(session)
    assert config.roles == {"reviewer": ("U0LEILA",)}
    assert config.country == "DE"


def test_seeding_stands_in_the_trail_once(store: Store, clock: Clock) -> None:
    for _ in range(2):
        seed(store, {"language": "en"}, now=clock())
    with store.read() as session:
        (line,) = audit.about(session, "settings", "organisation")
    assert (line["what"], line["detail"]) == ("settings.seeded", {"keys": ["language"]})


def test_models_are_named_with_their_provider_and_numbers_fit(tmp_path: Path) -> None:
    use = '[openai/gpt-4o, "openai/mine http://127.0.0.1:8000/v1"]'
    good = f"model: {{use: {use}, confidential: true, seconds: 5, tokens: 9}}"
    config, findings = to_config(read_seed(written(tmp_path, good)))
    assert not findings
    assert config.model.use == ("openai/gpt-4o", "openai/mine http://127.0.0.1:8000/v1")
    assert (config.model.confidential, config.model.seconds, config.model.tokens) == (True, 5, 9)
    assert to_config({})[0].model.use == ()
    bad = (
        "model: {use: [gpt-4o, openai/x ftp://y], confidential: perhaps, seconds: 0, tokens: many, key: sk-1}"
    )
    assert {field for _, field in faults(tmp_path, bad)} == {
        *("model.use", "model.confidential", "model.seconds", "model.tokens", "model.key"),
    }
