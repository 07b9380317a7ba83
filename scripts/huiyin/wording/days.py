"""How a day by which something is due stands, where a record names that day and no rule counts it. Pure."""

from __future__ import annotations

from huiyin.findings import Text
from huiyin.wording import Chip

DONE = Text("完成", "done")


def day_chip(days: int, finished: bool, near_days: int, done: Text = DONE) -> Chip:
    """Return how a day stands that is `days` ahead, below zero when it has passed; `finished`: so many days early.

    It is near from `near_days` days before; `done` is the word for what was done.
    """
    if finished and days < 0:
        return Chip(Text(f"逾期 {-days} 天{done.zh}", f"{done.en} {-days} days late"), "▲", "late")
    if finished and days == 0:
        return Chip(Text(f"按期{done.zh}", f"{done.en} in time"), "●", "ok")
    if finished:
        return Chip(Text(f"提前 {days} 天{done.zh}", f"{done.en} {days} days early"), "●", "ok")
    if days < 0:
        return Chip(Text(f"逾期 {-days} 天", f"overdue by {-days} days"), "▲", "late")
    if days == 0:
        return Chip(Text("今天到期", "due today"), "◔", "near")
    if days <= near_days:
        return Chip(Text(f"临近期限 · 还有 {days} 天", f"near: {days} days left"), "◔", "near")
    return Chip(Text(f"还有 {days} 天", f"{days} days left"), "○", "plain")
