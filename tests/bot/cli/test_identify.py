"""`steward identify`: a line in, a line out, in the same order, whatever stands in it."""

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Said = tuple[int, str, str]
KEYS = ["domain", "tool", "vendor", "category", "known", "general_product"]


def test_each_domain_is_answered_in_its_place(steward: Callable[..., Said], tmp_path: Path) -> None:
    asked = [
        "chatgpt.com",
        "example.org",
        "https://www.adobe.com/x",
        "NOTION.SO",
        "no domain",
        "acetaggen.com",
    ]
    path = tmp_path / "domains.txt"
    path.write_text("\n".join(asked) + "\n\n")
    code, out, errors = steward("identify", path)
    told = [json.loads(line) for line in out.splitlines()]
    assert (code, errors) == (0, "")
    assert [list(line) for line in told] == [KEYS] * len(asked)
    assert [line["domain"] for line in told] == asked
    assert [(line["tool"], line["known"], line["general_product"]) for line in told] == [
        ("ChatGPT", True, False),
        (None, False, False),
        ("Acrobat AI Assistant", True, True),
        ("Notion AI", True, True),
        (None, False, False),
        ("AceTagGen", True, False),
    ]
    assert (told[0]["vendor"], told[0]["category"], told[5]["vendor"]) == ("OpenAI", "assistant", None)


def test_it_reads_what_is_piped_in(steward: Callable[..., Said], monkeypatch: pytest.MonkeyPatch) -> None:
    piped = io.TextIOWrapper(io.BytesIO("\ufeffotter.ai\r\n\xff\xfe\r\n".encode("latin-1", "ignore")))
    monkeypatch.setattr(sys, "stdin", piped)
    code, out, _ = steward("identify")
    assert code == 0
    assert [json.loads(line)["known"] for line in out.splitlines()] == [True, False]


def test_a_file_that_is_not_there_is_told(steward: Callable[..., Said]) -> None:
    code, out, errors = steward("identify", "nowhere.txt")
    assert (code, out, errors) == (2, "", "nowhere.txt cannot be read: No such file or directory.\n")


def test_nothing_of_it_is_kept(steward: Callable[..., Said], tmp_path: Path) -> None:
    path = tmp_path / "domains.txt"
    path.write_text("otter.ai\n")
    steward("identify", path)
    assert [each.name for each in tmp_path.iterdir()] == ["domains.txt"]
