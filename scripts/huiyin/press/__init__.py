"""From a registry and the pages of a site builder to the site on disk: what changed is made anew, the rest is left.

`prepare` reads and checks, `Words` holds what the builder made, `publish` stamps, and the manifest remembers from what.
"""

from huiyin.press.prepare import Prepared, PressError, prepare
from huiyin.press.publishing import Published, publish
from huiyin.press.words import SHELLS, Words, keep, kept, read_words, shell_path, words_key

__all__ = [
    "SHELLS",
    "Prepared",
    "PressError",
    "Published",
    "Words",
    "keep",
    "kept",
    "prepare",
    "publish",
    "read_words",
    "shell_path",
    "words_key",
]
