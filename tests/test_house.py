"""The shape itself: walls, sizes, names, lock files, commands, and nothing of any one machine."""

import ast
import os
import re
import subprocess
import sys
import sysconfig
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

HOUSE = Path(__file__).resolve().parent.parent
ROOMS = ("bot", "store", "triage", "intake", "prompts")
PROJECT = tomllib.loads((HOUSE / "pyproject.toml").read_text())


def files_of_the_project() -> list[Path]:
    """What git tracks or would track; in an unpacked archive everything that is not hidden."""
    asked = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=HOUSE,
        capture_output=True,
        check=False,
    )
    if asked.returncode == 0:
        found = [HOUSE / name for name in asked.stdout.decode().split("\0") if name]
    else:
        found = [path for path in HOUSE.rglob("*") if ".venv" not in path.parts]
    return sorted(path for path in found if path.is_file())


FILES = files_of_the_project()
MODULES = [path for path in FILES if path.suffix == ".py" and path.relative_to(HOUSE).parts[0] in ROOMS]


def run(*command: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(HOUSE), "NO_COLOR": "1"}
    return subprocess.run(command, cwd=HOUSE, env=environment, capture_output=True, text=True, check=False)


def shown(path: Path) -> str:
    return path.relative_to(HOUSE).as_posix()


# --- walls and types


def test_every_arrow_points_down() -> None:
    linted = run(sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()")
    assert linted.returncode == 0, linted.stdout


@pytest.mark.slow
def test_types_are_strict() -> None:
    checked = run(sys.executable, "-m", "mypy")
    assert checked.returncode == 0, checked.stdout


def test_judgement_and_answers_look_at_no_clock() -> None:
    clocks = re.compile(r"\b(datetime\.(now|utcnow|today)|date\.today|time\.time)\(")
    looks = [
        f"{shown(path)}:{number}"
        for path in MODULES
        if path.relative_to(HOUSE).parts[0] in ("triage", "intake")
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if clocks.search(line)
    ]
    assert not looks


# --- sizes and names


def test_no_module_holds_a_second_subject() -> None:
    long = {shown(path): n for path in MODULES if (n := len(path.read_text().splitlines())) > 300}
    assert not long


def test_modules_are_named_after_their_subject() -> None:
    vague = re.compile(r"(^|_)(utils?|helpers?|managers?|common|misc)(_|$)")
    found = [
        shown(path)
        for path in MODULES
        if any(vague.search(part.removesuffix(".py")) for part in path.relative_to(HOUSE).parts)
    ]
    assert not found


def test_every_module_says_what_it_is() -> None:
    texts = {shown(path): path.read_text() for path in MODULES}
    silent = [name for name, text in texts.items() if text.strip() and not ast.get_docstring(ast.parse(text))]
    assert not silent


# --- a light start


def imported_by(statement: str) -> set[str]:
    answer = run(sys.executable, "-c", f"{statement}; import sys; print('', *sys.modules, sep='\\n')")
    assert answer.returncode == 0, answer.stderr
    return set(answer.stdout.splitlines())


@pytest.mark.skipif(not (HOUSE / "bot" / "__main__.py").exists(), reason="there is no bot/__main__.py yet")
def test_a_command_loads_only_what_it_needs() -> None:
    heavy = {"alembic", "litellm", "aiohttp", "playwright", "slack_bolt", "sqlalchemy", "holidays"}
    assert not heavy & imported_by("import bot.__main__")


def test_alembic_and_the_model_wait_until_they_are_used() -> None:
    """Imports every module but the migrations, which only `steward migrate` loads."""
    names = [
        ".".join(path.relative_to(HOUSE).with_suffix("").parts).removesuffix(".__init__")
        for path in MODULES
        if path.name != "__main__.py" and not re.search(r"/(migrate|migrations)\b", shown(path))
    ]
    loaded = imported_by(f"import {', '.join(names)}")
    assert {"bot", "intake"} <= loaded
    assert not {"alembic", "litellm", "playwright"} & loaded


# --- nothing of any one machine

ELSEWHERE = {
    "a path of one machine": re.compile(r"(?<![\w.~:/-])/(?:root|home|opt|work|Users)" + r"/\w"),
    "a path beside the project": re.compile(r"\.\./" + "shared"),
    "the address of a package registry": re.compile(
        "|".join(["py" + r"pi\.org", "python" + "hosted", "--(extra-)?index" + "-url[ =][a-z]"])
    ),
}


def test_nothing_names_a_machine_or_a_registry() -> None:
    named = [
        f"{shown(path)}:{number}: {what}"
        for path in FILES
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1)
        for what, pattern in ELSEWHERE.items()
        if pattern.search(line)
    ]
    assert not named


# --- the lock files


def locked(name: str) -> dict[str, tuple[str, int]]:
    """The version of each locked package and how many hashes it carries."""
    text = (HOUSE / "requirements" / f"{name}.txt").read_text().replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    found = [(re.match(r"([\w.-]+)==([\w.+!]+)", line), line.count("--hash=sha256:")) for line in lines]
    assert all(start for start, _ in found), lines
    return {start[1]: (start[2], hashes) for start, hashes in found if start}


def wanted(*names: str) -> Iterator[Requirement]:
    """What pyproject.toml asks for under these names, `dependencies` being the product itself."""
    project = PROJECT["project"]
    sets = {
        "dependencies": project["dependencies"],
        **project["optional-dependencies"],
        **PROJECT["dependency-groups"],
    }
    for name in names:
        yield from map(Requirement, sets[name])


@pytest.mark.parametrize(
    ("lock", "sets"),
    [("run", ["dependencies", "build"]), ("dev", ["dependencies", "build", "model", "dev"])],
)
def test_a_lock_file_holds_what_the_project_asks_for(lock: str, sets: list[str]) -> None:
    pins = locked(lock)
    missing = [
        str(need)
        for need in wanted(*sets)
        if (name := canonicalize_name(need.name)) not in pins or not need.specifier.contains(pins[name][0])
    ]
    assert not missing, "make lock"


@pytest.mark.parametrize("lock", ["run", "dev"])
def test_a_lock_file_carries_hashes_and_no_address(lock: str) -> None:
    text = (HOUSE / "requirements" / f"{lock}.txt").read_text()
    assert "://" not in text
    assert not re.search(r"^-", text, re.MULTILINE)
    # A wheel and its source, or wheels for several systems: a single hash comes from a partial mirror.
    assert not [name for name, (_, hashes) in locked(lock).items() if hashes < 2]


def test_the_tests_run_on_what_the_product_runs_on() -> None:
    run_pins, dev_pins = locked("run"), locked("dev")
    assert {name: dev_pins.get(name) for name in run_pins} == run_pins


def test_the_model_is_an_extra() -> None:
    assert not {canonicalize_name(need.name) for need in wanted("model", "dev")} & set(locked("run"))


def test_nothing_runs_by_itself_at_every_start_of_python() -> None:
    """A stolen release of a dependency has done just that: a `.pth` file with code in it."""
    site = Path(sysconfig.get_path("purelib"))
    lines = {
        path.name: [
            line for line in path.read_text().splitlines() if line.startswith(("import ", "import\t"))
        ]
        for path in site.glob("*.pth")
    }
    assert {name for name, found in lines.items() if found} <= {"distutils-precedence.pth", "_virtualenv.pth"}


# --- commands and data


def test_make_has_its_targets() -> None:
    makefile = (HOUSE / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    assert {"setup", "demo", "test", "check", "bench", "lock", "clean"} <= targets


def test_the_build_machine_runs_the_command_of_the_readme() -> None:
    readme = (HOUSE / "README.md").read_text()
    for command in ("make demo", "make test"):
        assert re.search(rf"^\s*{command}\b", readme, re.MULTILINE), f"README.md does not show `{command}`"
    runs = (HOUSE / ".ci" / "run").read_text()
    assert re.search(r"^make test$", runs, re.MULTILINE)
    assert re.search(r"^make soak\b", runs, re.MULTILINE)


def test_procfile_names_a_process_per_line() -> None:
    lines = (HOUSE / "Procfile").read_text().splitlines()
    assert dict(line.split(": ", 1) for line in lines) == {
        "web": "steward slack --no-worker",
        "worker": "steward worker",
        "release": "steward migrate",
    }


def keys(node: Any) -> Iterator[Any]:
    if isinstance(node, dict):
        yield from node
        for value in node.values():
            yield from keys(value)
    elif isinstance(node, list):
        for value in node:
            yield from keys(value)


@pytest.mark.parametrize("path", [p for p in FILES if p.suffix in (".yaml", ".yml")], ids=shown)
def test_yaml_is_read_as_it_was_meant(path: Path) -> None:
    documents = list(yaml.load_all(path.read_text(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))
    assert documents
    assert not [key for key in keys(documents) if isinstance(key, bool)], "a key like on, off, yes or no"
