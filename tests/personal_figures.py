"""Precision and recall of the search for personal data on the labelled sentences, a class a line.

Run as `python tests/personal_figures.py` to see them, with `--failures` also the sentences in which it fails.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from huiyin.personal import Kind, find

SENTENCES = Path(__file__).parent / "examples" / "personal"
PARTS = ("developed", "held-out")
_ESCAPE = re.compile(r"\\(\\|n|t|u[0-9a-f]{4})")
_LABEL = re.compile(r"⟦(?P<kind>[a-z]+):(?P<datum>[^⟧]+)⟧")


@dataclass(frozen=True)
class Sentence:
    """A sentence as it is written in a registry, and the personal data in it: start, end, class."""

    text: str
    labels: frozenset[tuple[int, int, Kind]]

    @property
    def missed(self) -> list[Kind]:
        """The classes of what is not found from its first character to its last."""
        found = find(self.text)
        return [k for s, e, k in self.labels if not any(f.start <= s and e <= f.end and f.kind is k for f in found)]

    @property
    def wrong(self) -> list[Kind]:
        """The classes of what is found where nothing of the class stands."""
        return [
            f.kind
            for f in find(self.text)
            if not any(s < f.end and f.start < e and f.kind is k for s, e, k in self.labels)
        ]


@dataclass
class Figure:
    """How often one class was found, missed, and found where it is not."""

    hits: int = 0
    missed: int = 0
    wrong: int = 0

    @property
    def precision(self) -> float:
        """The share of what was found that is one."""
        return self.hits / (self.hits + self.wrong) if self.hits + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """The share of those there are that was found."""
        return self.hits / (self.hits + self.missed)


def sentences(part: str) -> Iterator[Sentence]:
    """Yield the sentences of one of PARTS."""
    for line in (SENTENCES / f"{part}.txt").read_text(encoding="utf-8").splitlines():
        yield read(line)


def read(line: str) -> Sentence:
    """Return the sentence that a line of the files stands for."""
    text, labels = "", set()
    done = 0
    for match in _LABEL.finditer(line):
        text += _plain(line[done : match.start()])
        datum = _plain(match["datum"])
        labels.add((len(text), len(text) + len(datum), Kind(match["kind"])))
        text += datum
        done = match.end()
    return Sentence(text + _plain(line[done:]), frozenset(labels))


def _plain(text: str) -> str:
    return _ESCAPE.sub(lambda m: {"n": "\n", "t": "\t", "\\": "\\"}.get(m[1]) or chr(int(m[1][1:], 16)), text)


def figures(part: str) -> dict[Kind, Figure]:
    """Return the figures of each class on one of PARTS."""
    found = {kind: Figure() for kind in Kind}
    for sentence in sentences(part):
        missed, wrong = sentence.missed, sentence.wrong
        for kind in Kind:
            figure = found[kind]
            figure.missed += missed.count(kind)
            figure.wrong += wrong.count(kind)
            figure.hits += sum(label[2] is kind for label in sentence.labels) - missed.count(kind)
    return found


def main(failures: bool) -> None:
    """Print the figures of both parts."""
    console = Console()
    for part in PARTS:
        lines = list(sentences(part))
        free = sum(not line.labels for line in lines)
        table = Table(
            "class",
            "there",
            "found",
            "wrong",
            "precision",
            "recall",
            title=f"{part}: {len(lines)} sentences, {free} of them without any",
        )
        for kind, figure in figures(part).items():
            there, shown = figure.hits + figure.missed, (f"{figure.precision:.3f}", f"{figure.recall:.3f}")
            table.add_row(kind.value, f"{there}", f"{figure.hits}", f"{figure.wrong}", *shown)
        console.print(table)
        for line in lines if failures else ():
            if line.missed or line.wrong:
                said = [f"missed {kind.value}" for kind in line.missed] + [f"wrong {kind.value}" for kind in line.wrong]
                console.print(", ".join(said), repr(line.text), markup=False, highlight=False)


if __name__ == "__main__":
    main("--failures" in sys.argv)
