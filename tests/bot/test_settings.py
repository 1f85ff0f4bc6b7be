"""The environment is read once, and everything wrong with it is said at once."""

import pytest

from bot.finding import Misconfigured
from bot.settings import SLACK, Settings


def read(**environment: str) -> Settings:
    return Settings.read(environment)


def test_nothing_set_is_enough_to_begin() -> None:
    settings = read(PATH="/bin", HOME="/")
    assert (settings.database_url, settings.port, str(settings.config_path)) == (
        "sqlite:///steward.db",
        3000,
        "steward.yaml",
    )
    assert settings.slack_api_url == SLACK
    assert not settings.remarks


def test_all_faults_at_once() -> None:
    with pytest.raises(Misconfigured) as caught:
        read(PORT="eighty", SLACK_API_URL="slack.com", SLACK_BOT_TOKEN='"xoxb-1"', STEWARD_LOG_LEVEL="loud")
    named = [finding.what.split()[0] for finding in caught.value.findings]
    assert named == ["PORT", "SLACK_API_URL", "SLACK_BOT_TOKEN", "STEWARD_LOG_LEVEL"]
    assert all(finding.level == "error" and finding.mend for finding in caught.value.findings)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "-1"),
        ("PORT", "80.0"),
        ("SLACK_API_URL", "ftp://host/api"),
        ("SLACK_API_URL", "http:///api"),
        ("SLACK_API_URL", "http://host/api?x=1"),
        ("SLACK_API_URL", "http://host:port/api"),
        ("SLACK_APP_TOKEN", "xapp 1"),
        ("SLACK_SIGNING_SECRET", "söcret"),
    ],
)
def test_a_fault_names_its_variable(name: str, text: str) -> None:
    with pytest.raises(Misconfigured, match=name):
        Settings.read({name: text})


@pytest.mark.parametrize(
    "text", ["http://127.0.0.1:8080/api", "http://127.0.0.1:8080/api/", " http://127.0.0.1:8080/api// "]
)
def test_the_address_of_the_api_ends_in_one_slash(text: str) -> None:
    settings = read(SLACK_API_URL=text)
    assert settings.slack_api_url == "http://127.0.0.1:8080/api/"
    assert settings.own_server


def test_slack_itself_is_slack_with_or_without_the_slash() -> None:
    assert not read(SLACK_API_URL="https://slack.com/api").own_server


def test_an_empty_variable_is_not_set() -> None:
    assert read(PORT="", SLACK_BOT_TOKEN="  ") == Settings()


def test_a_misspelt_name_is_remarked_on() -> None:
    (remark,) = read(STEWARD_CONFG="x", STEWARD_REQUIRE_POSTGRES="1").remarks
    assert remark.level == "warning"
    assert remark.mend == "Did you mean STEWARD_CONFIG?"


def test_secrets_are_not_shown() -> None:
    settings = read(SLACK_BOT_TOKEN="xoxb-very-secret", SLACK_SIGNING_SECRET="abc123")
    assert "very-secret" not in repr(settings) + str(settings) + settings.model_dump_json()
    assert settings.slack_bot_token is not None
    assert settings.slack_bot_token.get_secret_value() == "xoxb-very-secret"


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({}, ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"]),
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, ["SLACK_APP_TOKEN"]),
        ({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s"}, []),
        ({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}, []),
    ],
)
def test_what_slack_needs(given: dict[str, str], missing: list[str]) -> None:
    assert [finding.what.split()[0] for finding in Settings.read(given).for_slack()] == missing


def test_keys_of_models_are_secrets_by_provider() -> None:
    settings = read(MODEL_API_KEY="sesame", MODEL_API_KEY_ANTHROPIC=" two ", MODEL_API_KEY_MISTRAL="")
    assert {name: key.get_secret_value() for name, key in settings.model_keys.items()} == {
        "": "sesame",
        "ANTHROPIC": "two",
    }
    assert "sesame" not in repr(settings)
    with pytest.raises(Misconfigured, match="MODEL_API_KEY_OPENAI"):
        read(MODEL_API_KEY_OPENAI='"three"')
