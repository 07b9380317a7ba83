"""Git → facts. The only room that talks to git; what it returns is plain data, and nothing else knows git's words.

Whatever touches many objects is one streamed process: a file at a time would take minutes.
"""

from huiyin.history.changes import FileChange, Step, diff, steps
from huiyin.history.objects import Node, Objects
from huiyin.history.repository import HistoryError, Repository

__all__ = [
    "FileChange",
    "HistoryError",
    "Node",
    "Objects",
    "Repository",
    "Step",
    "diff",
    "steps",
]
