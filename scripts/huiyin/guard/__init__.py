"""Guard: whether a change is legal. `judge` is pure; `Reader` gathers what it judges from git objects.

Rules, roles and schemas are those of the base: a change cannot entitle itself.
"""

from huiyin.guard.approvals import Need, needs
from huiyin.guard.change import CHANGE, IMPORT, KINDS, MIGRATE, Asked, Change, Pair
from huiyin.guard.judge import judge
from huiyin.guard.reader import Reader

__all__ = ["CHANGE", "IMPORT", "KINDS", "MIGRATE", "Asked", "Change", "Need", "Pair", "Reader", "judge", "needs"]
