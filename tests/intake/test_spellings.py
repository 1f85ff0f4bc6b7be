"""Names as people write them: right, asked about, missed, or wrong with confidence; the last is the one that counts."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Literal, NamedTuple

import pytest
import yaml

from intake.catalogue import Catalogue
from intake.sentence import read

DATA = Path(__file__).parent / "data" / "spellings.yaml"
CATALOGUE = Catalogue.load()
Came = Literal["right", "asked", "missed", "wrong"]


class Written(NamedTuple):
    """`means`: the tools that may be meant; none where no AI tool is named."""

    text: str
    means: frozenset[str]


def written() -> list[Written]:
    lists = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    told = [Written(text, frozenset({tool})) for tool, texts in lists["tools"].items() for text in texts]
    told += [Written(each["say"], frozenset(each["means"])) for each in lists["any"]]
    return told + [Written(text, frozenset()) for text in lists["none"]]


def came(each: Written) -> Came:
    """A question is one where what is meant stands among the choices; of ordinary words any question is a nuisance."""
    found = read(each.text, CATALOGUE).tool
    ids = {tool.id for tool in found.tools}
    if found.kind == "one":
        return "right" if ids <= each.means else "wrong"
    if found.kind == "several":
        return "asked" if not each.means or ids & each.means else "missed"
    return "missed" if each.means else "right"


ALL = written()


def counted(of_tools: bool) -> Counter[Came]:
    return Counter(came(each) for each in ALL if bool(each.means) is of_tools)


def test_the_list_is_long_and_names_only_what_there_is() -> None:
    assert len(ALL) >= 580
    assert sum(not each.means for each in ALL) >= 170
    assert all(CATALOGUE.get(tool) for each in ALL for tool in each.means)
    assert len({each.text for each in ALL}) == len(ALL)


@pytest.mark.parametrize("each", ALL, ids=lambda each: each.text[:60])
def test_never_sure_of_what_is_not_meant(each: Written) -> None:
    assert came(each) != "wrong"


def test_the_readme_says_what_they_come_to() -> None:
    """Most names are known at once, few ordinary words bring a question."""
    page = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    tools, ordinary = counted(of_tools=True), counted(of_tools=False)
    assert f"Of [{len(ALL)} spellings]" in page
    assert f"{tools.total()} that name a tool and {ordinary.total()} that name none" in page
    assert (
        f"| name a tool | {tools['right']} | {tools['asked']} | {tools['missed']} | {tools['wrong']} |"
        in page
    )
    assert f"| name none | {ordinary['right']} | {ordinary['asked']} | | {ordinary['wrong']} |" in page
    assert tools["right"] > 0.8 * tools.total()
    assert ordinary["asked"] < 0.2 * ordinary.total()


if __name__ == "__main__":
    for of_tools in (True, False):
        print("name a tool" if of_tools else "name none", dict(counted(of_tools)))
    for each in ALL:
        if came(each) in ("wrong", "missed"):
            print(came(each), each.text, sorted(each.means))
