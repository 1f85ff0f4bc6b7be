"""docs/judgement.md says what is so, and its example works."""

import re
import shutil
from pathlib import Path

from tests.triage.reading import BOOK, FORM
from triage.coverage import load_points
from triage.examples import load_examples
from triage.lanes import side_by_side
from triage.policies import POLICIES, load_book
from triage.program import Program
from triage.rules import ResultKind
from triage.trace import Trace

GUIDE = (Path(__file__).resolve().parents[2] / "docs" / "judgement.md").read_text()


def rows(heading: str) -> dict[str, str]:
    """The table below a heading: its first column and the rest of the row."""
    section = GUIDE.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    return dict(re.findall(r"^\| `(\w+)` \| (.*?) \|", section, re.M))


def test_every_flag_stands_in_the_guide() -> None:
    assert tuple(sorted(rows("Flags"))) == BOOK.flags


def test_every_scale_stands_in_the_guide_with_its_levels() -> None:
    scales = {result.name: result.levels for result in BOOK.results if result.kind is ResultKind.scale}
    assert rows("Three values") == {name: ", ".join(map(str, levels)) for name, levels in scales.items()}


def test_a_rule_is_added_as_the_guide_says(tmp_path: Path) -> None:
    folder = tmp_path / "policy"
    shutil.copytree(POLICIES, folder)
    blocks = re.findall(r"```yaml\n(.*?)```", GUIDE, re.S)
    for file, block in zip(("rules.yaml", "rules.en.yaml", "cases.yaml", "points.yaml"), blocks, strict=True):
        path = folder / "internal-tier" / file
        path.write_text(path.read_text() + "\n" + block)
    book = load_book(FORM, folder=folder)
    example = next(each for each in load_examples(FORM, book, folder) if each.rule == "tier-customers-see-it")
    program = Program(FORM, book)
    for given, fires in ((example.firing, True), (example.missing, False)):
        leaves = side_by_side(program.leaves, [(given.answers, given.settings)])
        trace = Trace(program, program.run(leaves))
        assert (trace.holds if fires else trace.excluded)(program.rules["tier-customers-see-it"])
    assert ("tier-customers-see-it",) in [point.by for point in load_points(book, folder)]
    assert book.sentence("tier-customers-see-it") == "Customers get to see what it makes."
