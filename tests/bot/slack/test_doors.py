"""What the manifest asks Slack for is what the bot listens to, both ways; what can be pressed is heard."""

from bot.manifest import declared
from bot.slack.handed import HANDLERS as WINDOWS
from bot.slack.ids import Action, Command, Shortcut, View
from bot.slack.pressed import HANDLERS as PRESSES
from bot.slack.reception import EVENTS, WITH_REACTIONS, WITH_USER_GROUPS
from bot.slack.unnamed import DRAWN, HANDED

READ_ONLY = {
    *(View.INCIDENT, View.QUEUE, View.REASONS, View.ENTRY, View.NOTE),
    *(View.SYSTEM, View.SYSTEM_KIND, View.READ_ENTRY, View.WHO_READ, View.RAISE_ENTRY),
    *(View.TRAININGS, View.TRAINED, View.MATRIX),
    *(View.COVERAGE, View.SOA, View.AGENDA, View.RISKS, View.RISK_FROM, View.SUPPLIERS),
}
"""Windows that only show something and are never handed in."""


def test_every_event_is_declared_and_heard() -> None:
    asked = {name.partition(".")[0] for name in declared().events}
    assert asked == set(EVENTS) - WITH_USER_GROUPS - WITH_REACTIONS


def test_events_of_an_addition_are_not_asked_for_without_its_scope() -> None:
    assert not {"usergroups:read", "reactions:read"} & declared().scopes
    assert set(EVENTS) >= WITH_USER_GROUPS | WITH_REACTIONS


def test_no_scope_reads_the_messages_of_channels() -> None:
    assert not {s for s in declared().scopes if s.endswith(":history")} - {"im:history"}


def test_commands_and_shortcuts_match() -> None:
    assert declared().commands == {command.value for command in Command}
    assert declared().shortcuts == {shortcut.value for shortcut in Shortcut}


def test_every_press_and_every_window_has_its_hearer() -> None:
    assert set(PRESSES) | set(DRAWN) == set(Action)
    assert set(WINDOWS) | set(HANDED) == set(View) - READ_ONLY
    assert not (set(PRESSES) & set(DRAWN)) | (set(WINDOWS) & set(HANDED)), (
        "nor a second one, which would ask who"
    )
