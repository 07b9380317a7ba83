"""Which commit a folder stands at, for the foot of every page."""

from __future__ import annotations

from pathlib import Path

import git


def revision(root: Path) -> str | None:
    """Return the short id of the commit that `root` stands at, None outside a repository or before its first commit."""
    try:
        with git.Repo(root, search_parent_directories=True) as repository:
            return str(repository.git.rev_parse("--short=8", "HEAD"))
    except (git.InvalidGitRepositoryError, git.NoSuchPathError, git.GitCommandError, ValueError):
        return None
