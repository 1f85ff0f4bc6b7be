"""Writes docs/requirements.md and docs/standard.md anew."""

from tests.proven.pages import pages

if __name__ == "__main__":
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")
