"""Who is meant in a file: people by their id in Slack or their e-mail address, and the other way round."""

from __future__ import annotations

from store import employees, people
from store.sessions import Session


class Colleagues:
    """Everybody whom Steward has met in Slack."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._tied = {email: row.id for email, row in employees.tied(session).items()}
        self._emails = {person: email for email, person in self._tied.items()}

    def person(self, said: str) -> str | None:
        """The opaque id; None where nobody, or more than one, is known under it."""
        if "@" not in said:
            return people.met(self._session, said)
        email = said.strip().casefold()
        if email in self._tied:
            return self._tied[email]
        known = employees.find(self._session, email=email)
        return people.met(self._session, known.slack_user) if known and known.slack_user else None

    def name(self, person: str) -> str:
        """As a file names them: the e-mail address, where the people file has one, else the id in Slack."""
        return self._emails.get(person) or people.slack_user(self._session, person) or person
