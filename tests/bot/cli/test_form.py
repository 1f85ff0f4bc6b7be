"""`steward form show`: the form as people read it who write rules by it."""

from tests.bot.cli.conftest import Steward


def test_each_question_has_its_help_and_where_it_is_asked(steward: Steward) -> None:
    code, said, _ = steward("form", "show", "ai-use")
    assert code == 0
    assert (
        "kind (one answer): What brings you here?\n"
        "  If you only want to know whether something is all right, say so; it costs you nothing.\n"
        "  1. Use a tool we already have [use_catalogue]\n"
    ) in said
    assert "data (several answers): What goes in?\n  Everything it gets to see counts" in said
    assert "  Asked where `powers` contains spend, run_code or credentials.\n" in said
    assert max(map(len, said.splitlines())) < 200


def test_a_form_of_others_reads_alike_in_both_languages(steward: Steward) -> None:
    for language, asked in (("en", "Please describe"), ("fr", "S'il vous plait décrire")):
        code, said, _ = steward("form", "show", "canada-aia", "--language", language)
        assert code == 0
        assert f"motivation-other (text): {asked}\n  Asked where `businessDrivers1` contains item6.\n" in said
