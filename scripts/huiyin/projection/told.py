"""What a public history still holds after a text was withheld: told before it happens."""

from __future__ import annotations

from huiyin.history import Repository


def holding(repository: Repository, tip: str | None, path: str) -> int:
    """Return how many versions of a file the history up to `tip` holds; after a withholding all of them are old."""
    if tip is None:
        return 0
    listed = repository.ask("rev-list", "--count", "--first-parent", tip, "--", f":(literal){path}")
    return int(listed.decode().strip())
