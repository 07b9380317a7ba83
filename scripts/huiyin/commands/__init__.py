"""The command `huiyin`: one module a verb.

Each module has SUMMARY, `add_arguments(parser)` and `run(arguments) -> int`. Exit codes: 0 sound or warnings only,
1 errors in the registry, 2 our own tables or the command line are wrong.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence

from huiyin.commands.context import GivenError, UsageError, language
from huiyin.history import HistoryError
from huiyin.load import LawError
from huiyin.report import report as written  # the verb of that name would hide it
from huiyin.report import visible

VERBS = (
    "absorb",
    "assess",
    "audit",
    "build",
    "calendar",
    "check",
    "due",
    "event",
    "explain",
    "export",
    "fmt",
    "form",
    "guard",
    "host",
    "import",
    "land",
    "merge",
    "new",
    "project",
    "quality",
    "report",
    "review",
    "scores",
    "serve",
    "show",
    "signals",
    "similar",
    "stats",
    "topics",
    "verify",
)
SOUND, ERRORS, WRONG = 0, 1, 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb and return its exit code; the only place that turns exceptions into codes."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    given = sys.argv[1:] if argv is None else argv
    arguments = _parser(given).parse_args(given)
    try:
        code = int(arguments.run(arguments))
        sys.stdout.flush()
        return code
    except (UsageError, HistoryError) as error:
        print(visible(f"huiyin {arguments.verb}: {error.words.say(language(arguments))}"), file=sys.stderr)
        return WRONG
    except (LawError, GivenError) as error:
        print(written(error.findings, "text", language(arguments), len(error.findings)), file=sys.stderr)
        return WRONG
    except BrokenPipeError:  # the reader of a pipe has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return SOUND
    except OSError as error:  # a full disk, say
        print(visible(f"huiyin {arguments.verb}: {error.strerror or error}"), file=sys.stderr)
        return WRONG
    except KeyboardInterrupt:
        return 130


def module(verb: str) -> object:
    """Return the module of a verb; one named like a word of Python has a trailing underscore."""
    return importlib.import_module(
        f"huiyin.commands.{verb}_" if verb in ("calendar", "import") else f"huiyin.commands.{verb}"
    )


def _parser(given: Sequence[str]) -> argparse.ArgumentParser:
    """The parser of the verb that is given, since each brings its libraries; of all of them when none is."""
    parser = argparse.ArgumentParser(
        prog="huiyin",
        description="回音：事事有着落，件件有回音 / everything asked gets an answer, and anyone can see it",
    )
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    for verb in given[:1] if given and given[0] in VERBS else VERBS:
        part = module(verb)
        sub = verbs.add_parser(verb, help=part.SUMMARY, description=part.SUMMARY)  # type: ignore[attr-defined]
        part.add_arguments(sub)  # type: ignore[attr-defined]
        sub.add_argument("--lang", choices=("zh", "en"), help="消息的语言，默认 zh / language of messages")
        sub.add_argument(
            "--registry",
            metavar="DIR",
            help="登记册文件夹，默认 registry 或环境变量 HUIYIN_REGISTRY / the registry folder",
        )
        sub.set_defaults(run=part.run)  # type: ignore[attr-defined]
    return parser
