"""`steward policy`: faults with their place, examples tried, a policy as a page."""

import pytest

from bot.__main__ import main
from tests.bot.cli.conftest import spoil
from triage.policies import STANDARD, standard_book


def test_our_own_policies_are_whole(capsys) -> None:
    assert main(["policy", "check"]) == 0
    assert capsys.readouterr().out.startswith("ok: 15 policies, ")
    assert main(["policy", "test"]) == 0
    assert " 0 fail, 0 never fired, 0 near misses never tried" in capsys.readouterr().out


def test_every_fault_is_said_with_file_line_and_mend(folder, capsys) -> None:
    spoil(folder / "gdpr" / "rules.yaml", "level: mandatory", "level: mandatary")
    spoil(folder / "iso42001" / "rules.yaml", "result: iso_impact", "result: iso_impct")
    assert main(["policy", "check", "--folder", str(folder)]) == 2
    told = capsys.readouterr().err.splitlines()
    assert any(line.startswith("gdpr/rules.yaml:") and "`mandatary` is not a level" in line for line in told)
    assert any(
        line.startswith("iso42001/rules.yaml:") and "Did you mean `iso_impact`?" in line for line in told
    )


def test_an_example_that_comes_out_otherwise_is_named(folder, capsys) -> None:
    """Seven signs instead of two: the rule's own example no longer fires it."""
    spoil(folder / "gdpr" / "rules.yaml", "count: 2", "count: 7")
    assert main(["policy", "test", "--folder", str(folder)]) == 1
    told = capsys.readouterr().out
    assert "gdpr: gdpr-two-criteria: “" in told
    assert "it should fire, and it misses: `profiling` is [no]; the rule needs yes" in told
    # What rests on it fails too: the duty, in itself and by its day, and a seat.
    assert " 4 fail, 1 never fired, " in told


def test_a_day_is_tried_on_both_sides(folder, capsys) -> None:
    """An example whose duty can never be owed on its day is a failure of the rule, not of the calendar."""
    cases = folder / "gdpr" / "cases.yaml"
    text = cases.read_text()
    at = text.index("- rule: gdpr-duty-dpia")
    head, rest = text[:at], text[at:]
    given = rest.index("  given:")
    end = rest.index("\n", given)
    cases.write_text(head + rest[:given] + "  given: {data: [public]}" + rest[end:])
    assert main(["policy", "test", "--folder", str(folder)]) == 1
    assert "it should be owed on 2018-05-25" in capsys.readouterr().out


@pytest.mark.parametrize("name", STANDARD)
def test_a_policy_reads_as_a_page_with_every_rule_and_its_example(name, capsys) -> None:
    assert main(["policy", "show", name]) == 0
    page = capsys.readouterr().out
    (policy,) = (each for each in standard_book().policies if each.name == name)
    assert page.startswith(f"# {policy.title}\n")
    assert "no legal advice" in page
    for item in policy.items():
        assert f"### {standard_book().sentence(item.id)}\n\n`{item.id}`" in page
    assert page.count("\nFires: ") == page.count(" Just misses: ") == len(policy.items())
    for code in ("contains", "question:", "{", "}"):
        assert code not in page


def test_a_policy_that_is_not_there(capsys) -> None:
    assert main(["policy", "show", "gdrp"]) == 2
    assert (
        "There are: eu-ai-act, internal-tier, gdpr, iso42001, us, owasp, nist-ai-rmf, before-use, own-systems, "
        "sector-finance, sector-insurance, sector-health, sector-staff, sector-education, sector-public."
        in capsys.readouterr().err
    )
