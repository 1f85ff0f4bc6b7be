"""A digest as a file: the same content in every format, nothing from elsewhere in a page, and fit for any size."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree

import pytest

from bot import charting, digesting
from bot.digestfile import as_html, as_json, as_text, plain
from bot.library import library
from bot.slack.message import MESSAGE_BLOCKS, MESSAGE_CHARACTERS
from tests.bot.slack.digested import AT, EMPTY, OTHERS, WORDS, counts, drawn, figures
from triage.digest import Digest, Kind, digest
from triage.figures import Bound, Count, Figures, Lack, LawDate, Queue, Stock

WORDING = library().wording
TEXT = """\
The AI register, week to 30 November 2026

From 23 November 2026, 09:00 to 30 November 2026, 09:00. Uses are counted, people are not;
confidential uses are counted without their names.

To do now
1. 4 requests are overdue. Decide the oldest first.
2. The days of 2 conditions have gone by, and nothing was handed in. Ask for them.
3. 40 uses are on record, and nobody has taken them up. Find who answers for them.

Came in
14 requests (5 more than the week before); 3 uses taken in from inventories.

Decided
11 by people (1 fewer than the week before): 6 approved, 3 approved with conditions and 2 declined.
4 more were approved beforehand.
1 use was decided anew.
Half of them within 19 h, nine in ten within 3 days from handing in, nights and weekends included
(week before: 23 h and 4 days).

Overdue
4 requests (2 fewer than the week before).
- Risk owner: 3
- Privacy: 2
One that waits for several stands in each of their queues.

The register
319 uses (3 fewer than the week before); 229 are approved (55 more than the week before).
- Very high risk: 3 approved with conditions and 1 being decided
- High risk: 6 approved, 17 approved with conditions, 10 being decided, 9 on record only and 1 open
  again or run out
- Medium risk: 64 approved, 21 approved with conditions, 5 being decided and 2 open again or run out
- Low risk: 118 approved and 3 being decided
- Not judged yet: 40 on record only
19 more are declined or no longer used.
A use stands at the highest risk that is still possible for it, by the rules alone.

Conditions
2 overdue, 5 due within two weeks.

Facts
Of the 229 approved uses, so many lack:
- Who answers for it: 11
- Supplier learns from it: 9
- People affected a year: 4

Law dates
- 2 December 2026, in 2 days: 1 use comes under forbidden practices and their safeguards (EU AI
  Act).
- 2 December 2027, in 367 days: 9 uses come under the duties for high-risk uses of Annex III (EU AI
  Act). 4 of them still lack facts: How much it counts (3) and Human check (2).

Dates are those of the rules in force here; this is no legal advice."""


def test_as_text() -> None:
    assert as_text(WORDS, WORDING, digest(figures())) == TEXT


def test_a_page_needs_nothing_from_elsewhere_and_says_its_chart_in_words() -> None:
    page = as_html(WORDS, WORDING, digest(OTHERS))
    assert not re.search(r"""(?:src|href)=|url\(|@import|<script""", page)
    assert "prefers-color-scheme: dark" in page
    assert 'aria-label="319 uses by risk and state. Very high risk: 3 approved' in page
    for line in (
        each.removeprefix("- ") for each in ("Risk owner: 3", "2 open, 1 reported.", "1 overdue, 3 due.")
    ):
        assert line in page


@pytest.mark.parametrize("kind", ["week", "month"])
def test_all_formats_say_the_same(kind: Kind) -> None:
    made = digest(figures(), kind)
    page, text = as_html(WORDS, WORDING, made), as_text(WORDS, WORDING, made)
    said = re.sub(r"\s+", " ", text)
    parts = digesting.page(WORDS, WORDING, made)
    for part in digesting.parts(made):
        for line in filter(None, plain(parts[part]).replace("*", "").replace("• ", "").splitlines()):
            assert line in said, part
            assert line in re.sub(r"&#3[49];|&#39;", "'", page), part


def test_json_comes_back_as_it_was_and_law_dates_have_their_names() -> None:
    made = digest(figures())
    told = json.loads(as_json(made))
    assert told.pop("format") == 1
    assert [law.pop("name") for law in told["figures"]["law"]] == ["eu_practices", "eu_annex_iii"]
    assert Digest.model_validate(told) == made


def huge() -> Figures:
    many = 1_000_000
    return figures(
        stock=Stock(
            overdue=many, counts=counts(approved=dict.fromkeys(range(5), many), in_review={1: many, 2: 1})
        ),
        queues=tuple(Queue(role="risk_owner", uses=many) for _ in range(1500)),
        lacks=tuple(Lack(fact="owner_id", uses=many) for _ in range(1500)),
        law=tuple(LawDate(day=AT.date(), duties=("x",), uses=many, incomplete=many) for _ in range(1500)),
        conditions=Bound(due=many, overdue=many),
    )


@pytest.mark.parametrize("kind", ["week", "month"])
def test_a_post_fits_whatever_there_is_to_tell_and_keeps_what_to_do(kind: Kind) -> None:
    post = drawn(huge(), kind)
    assert len(post.blocks) <= MESSAGE_BLOCKS
    assert len(json.dumps(post.blocks, ensure_ascii=False, separators=(",", ":"))) <= MESSAGE_CHARACTERS
    assert sum(block["type"] == "image" for block in post.blocks) == 1
    assert any("overdue" in json.dumps(block) and "accessory" in block for block in post.blocks)


@pytest.mark.parametrize("found", [figures(), EMPTY, huge()], ids=["some", "none", "many"])
def test_a_chart_is_well_formed_and_nothing_leaves_it(found: Figures) -> None:
    rows, legend = digesting.rows(WORDS, found.stock.counts), digesting.legend(WORDS)
    root = ElementTree.fromstring(charting.svg(rows, legend, 'a "b" <c>', inline=False))
    assert root.attrib["aria-label"] == 'a "b" <c>'
    for part in root.iter("{http://www.w3.org/2000/svg}rect"):
        assert float(part.attrib["x"]) + float(part.attrib["width"]) <= charting.WIDTH


def test_a_picture_is_the_same_on_every_machine_and_has_its_letters() -> None:
    """Without a font letters vanish silently: then with and without them would look the same."""
    rows, legend = digesting.rows(WORDS, figures().stock.counts), digesting.legend(WORDS)
    with_names = charting.picture(charting.svg(rows, legend, "", inline=False))
    without = charting.picture(charting.svg(rows, [""] * len(legend), "", inline=False))
    assert with_names.startswith(b"\x89PNG")
    assert len(with_names) > len(without)
    assert charting.picture(charting.svg(rows, legend, "", inline=False)) == with_names


def test_what_may_be_anything_is_no_very_high_risk() -> None:
    counts = (Count(state="disclosed", tier=4, uses=9, open=8), Count(state="disclosed", tier=0, uses=2))
    told = {row.tier: sum(row.counts) for row in digesting.rows(WORDS, counts)}
    assert told == {"very high risk": 1, "risk not known yet": 8, "not judged yet": 2}
