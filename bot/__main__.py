"""The command line: one word per process or task; each is imported only when it is called."""

from __future__ import annotations

import argparse
import gc
import importlib
import os
import sys
from collections.abc import Sequence
from types import ModuleType

COMMANDS = {
    "demo": "try Steward in a local workspace, in the browser",
    "slack": "run Steward against Slack (Socket Mode or HTTP)",
    "worker": "send what is owed and do what is due, without listening",
    "migrate": "bring the database to this version",
    "setup": "ten questions, then steward.yaml",
    "settings": "show what is settled, or put the settings file in force again",
    "check": "say what is missing or wrong, and how to mend it",
    "judge": "judge answers given as JSON lines",
    "score": "score answers to a published questionnaire, given as JSON lines",
    "explain": "why a use stands where it stands, and where it would stand otherwise",
    "story": "what became of a use, in order, as the audit trail tells it",
    "dossier": "everything about one use on a few pages, for a customer, a tender or a court",
    "notice": "draft what users of a use, or people it affects, have to be told",
    "incident": "what became of incidents, and drafts of what others have to be told",
    "replay": "work every verdict out again from its facts and the rules of its time",
    "policy": "look at the rules, check their files, try their examples",
    "form": "show a form: every question with its choices, help, why and condition",
    "import": "take in an inventory: each row becomes a disclosed use",
    "person": "all that is known of one person, or a pseudonym in their place",
    "people": "take in a people file: who works where, under whom, and who stands in",
    "coverage": "what shows each clause and control of ISO/IEC 42001, gaps first",
    "metrics": "every figure with its definition, what was counted of what, and how it moved",
    "export": "write uses, decisions and the audit trail to files",
    "register": "rows in the shape of a public register, and what is missing of them",
    "evidence": "everything an auditor needs in one ZIP that proves itself",
    "verify": "prove the audit trail untouched",
    "anchor": "put the head of the trail where nobody can rewrite it, and list all that were",
    "retention": "how long what is kept, what goes when, and what is held",
    "erase": "remove texts that the trail keeps, sealed",
    "list": "the register in the terminal",
    "digest": "what came in, was decided and is overdue, of a week or a month",
    "aims": "what the management system states: list, show, export, or draft out of a file",
    "management": "what a management review looks at, gathered from operation",
    "portfolio": "all uses beside each other: what they hang on, how they grew, what nobody answers for",
    "trust": "what customers and tenders may read, and what they asked",
    "audits": "internal audits, the report of one, and its sample drawn again",
    "frameworks": "which records serve ISO 27001, SOC 2 or another management system, too, by tag",
    "reviews": "what is looked at again: due, overdue, done",
    "calendar": "what in the management system has a day: next, skipped, done; also as a file",
    "scope": "what the management system covers, by whose yes, and which use is within it and why",
    "soa": "the statement of applicability: which controls apply, why, how they are met",
    "nonconformities": "what went against the rules, and what a look by rule puts forward",
    "risks": "the risk register, and what the rules name that nobody weighed",
    "tools": "whose terms were looked at, and that somebody looked at them",
    "training": "who did which training they need, and what another system knows of it",
    "suppliers": "what hangs on each supplier, its assessment and documents, and what ends next",
    "discover": "find AI that nobody registered in logs and lists of other systems",
    "identify": "which AI tool lives at a domain, one a line in, one JSON line out",
    "model": "which prompts there are, and how well the configured models read",
    "manifest": "print the app manifest for Slack",
}
MODULES = {"import": "import_", "list": "list_", "settings": "settings_"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; its exit code is the process's."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if not words or words[0] not in COMMANDS:
        return _usage(words)
    gc.disable()  # what is imported stays: nothing of it is worth being looked through again and again
    module = importlib.import_module(f"bot.cli.{MODULES.get(words[0], words[0])}")
    gc.freeze()
    gc.enable()
    parser = argparse.ArgumentParser(prog=f"steward {words[0]}", description=COMMANDS[words[0]])
    module.add_arguments(parser)
    return _run(module, parser.parse_args(words[1:]))


def _run(module: ModuleType, chosen: argparse.Namespace) -> int:
    from bot.finding import Misconfigured, Unreachable
    from bot.settings import Settings
    from intake.source import Damaged
    from store.errors import Unavailable

    try:
        return int(module.run(chosen, Settings.read(os.environ)))
    except Misconfigured as known:
        if hasattr(module, "misconfigured"):  # a check tells it in its own form
            return int(module.misconfigured(chosen, known))
        print(known, file=sys.stderr)
        return 2
    except (Damaged, Unavailable, Unreachable) as known:
        print(known, file=sys.stderr)
        return 2
    except BrokenPipeError:
        sys.stdout = None  # whoever read the output has gone; nothing to tell them
        return 0
    except KeyboardInterrupt:
        return 130


def _usage(words: Sequence[str]) -> int:
    known = "\n".join(f"  {name:<9} {what}" for name, what in COMMANDS.items())
    asked = not words or words[0] in ("-h", "--help", "help")
    first = "" if asked else f"steward: there is no command {words[0]!r}.\n\n"
    print(f"{first}usage: steward COMMAND [options]\n\n{known}", file=sys.stdout if asked else sys.stderr)
    return 0 if asked else 2


if __name__ == "__main__":
    sys.exit(main())
