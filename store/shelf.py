"""Forms and rules of every version that a record names, read again from the files kept under their digests."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from sqlmodel import Session

from intake.form import Form
from intake.forms import FILES, load_form
from intake.source import Damaged
from intake.texts import Texts, load_texts
from store import wordings
from store.legible import UNREADABLE
from store.policyfiles import read_policy
from store.tables import WordingRow
from triage.policies import load_book
from triage.questionnaire import Questionnaire
from triage.rules import RuleBook
from triage.schemes import load_any
from triage.verdict import PolicyUsed

T = TypeVar("T")
_PLAIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}")
"""A file or folder that stands where it is put: rows say what they are called, and anybody may have written a row."""

LONGEST = 300
"""Characters of what is told of a fault."""


class Missing(LookupError):
    """What a record names was not kept, or is not what its digest says."""


class Shelf:
    """Reads each version once."""

    def __init__(self) -> None:
        self._forms: dict[str, Form] = {}
        self._books: dict[tuple[str, ...], RuleBook] = {}

    def form(self, session: Session, digest: str) -> Form:
        if digest not in self._forms:
            with TemporaryDirectory(prefix="steward-form-") as folder:
                name = _lay_out(session, digest, Path(folder))
                form = _read(lambda: load_form(Path(folder), FILES[name]), [name])
            self._forms[digest] = _same(form, form.digest, digest)
        return self._forms[digest]

    def questionnaire(self, session: Session, digest: str, used: PolicyUsed) -> Questionnaire:
        """How it was scored then; the form of that time stands beside it."""
        form = self.form(session, digest)
        with TemporaryDirectory(prefix="steward-scheme-") as folder:
            policies, forms = Path(folder) / "policies", Path(folder) / "forms"
            policies.mkdir()
            _lay_out(session, digest, forms)
            _lay_out(session, used.digest, policies / _plain(used.name))
            _, scheme = _read(lambda: load_any(policies, used.name, forms), [used.name])
        return Questionnaire(used.name, form, _same(scheme, scheme.digest, used.digest))

    def texts(self, session: Session, digest: str) -> Texts:
        """What people read of a form; only looked at to see that it is what was kept."""
        with TemporaryDirectory(prefix="steward-texts-") as folder:
            name, language = _lay_out(session, digest, Path(folder)), _plain(_kept(session, digest).version)
            texts = _read(lambda: load_texts(Path(folder), FILES[name], language), [name])
        return _same(texts, texts.digest, digest)

    def policy(self, session: Session, digest: str) -> PolicyUsed:
        """One by itself, whatever names it; only looked at to see that it is what was kept."""
        with TemporaryDirectory(prefix="steward-policy-") as folder:
            name = _plain(_kept(session, digest).name)
            _lay_out(session, digest, Path(folder), below := Path(folder) / name)
            files = [path.name for path in below.iterdir()]
            read = _read(lambda: read_policy(below, files), [name])
        return _same(read, read.digest, digest)

    def book(self, session: Session, form: Form, used: Iterable[PolicyUsed]) -> RuleBook:
        """The policies of a verdict, together: the rules of one may look at those of another."""
        used = tuple(used)
        key = (form.digest, *(part for policy in used for part in (policy.name, policy.digest)))
        if key not in self._books:
            with TemporaryDirectory(prefix="steward-policies-") as folder:
                names = [_plain(policy.name) for policy in used]
                for policy in used:
                    _lay_out(session, policy.digest, Path(folder), Path(folder) / policy.name)
                book = _read(lambda: load_book(form, names, Path(folder)), names)
            for read, named in zip(book.policies, used, strict=True):
                _same(read, read.digest, named.digest)
            self._books[key] = book
        return self._books[key]


def _lay_out(session: Session, digest: str, *folders: Path) -> str:
    """Put its files into each folder and give its name; what a policy shares with others was kept among its own."""
    row = _kept(session, digest)
    files = _read(lambda: _files(row.body), [row.name])
    _read(lambda: _put(files, folders), [row.name])
    return row.name


def _files(body: str) -> dict[str, str]:
    files: dict[str, str] = json.loads(body)
    for name in files:
        if not _plain(name).endswith(".yaml"):
            raise Missing(f"{name[:LONGEST]!r} is no file of a wording")
    return files


def _put(files: dict[str, str], folders: Iterable[Path]) -> None:
    for folder in folders:
        folder.mkdir(exist_ok=True)
        for name, body in files.items():
            (folder / name).write_text(body, encoding="utf-8")


def _plain(name: str) -> str:
    if not _PLAIN.fullmatch(name):
        raise Missing(f"{name[:LONGEST]!r} is no name of a file")
    return name


def _kept(session: Session, digest: str) -> WordingRow:
    row = _read(lambda: wordings.find(session, digest), [digest[:12]])
    if row is None:
        raise Missing(f"{digest[:12]} was not kept")
    return row


def _read(read: Callable[[], T], names: Iterable[str]) -> T:
    """Whatever stands in a row ends no command: it is missed, and the rest is looked at."""
    try:
        return read()
    except Missing:
        raise
    except (Damaged, OSError, *UNREADABLE) as damaged:
        name = ", ".join(names)
        raise Missing(
            f"{name[:LONGEST]} as it was kept cannot be read: {str(damaged)[:LONGEST]}"
        ) from damaged


def _same(found: T, digest: str, named: str) -> T:
    if digest != named:
        raise Missing(f"{named[:12]} as it was kept is {digest[:12]}")
    return found
