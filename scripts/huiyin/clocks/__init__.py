"""Deadlines (时限): what started a clock, which term was in force that day, how it was counted, what stopped it. Pure.

`runs` reads the events, `counting` holds them against the calendar on a day. Many clocks run on one proposal, and one
clock may have several counts: one for each agency, each order or each commitment.
"""

from huiyin.clocks.counting import Reckoning, deadlines
from huiyin.clocks.deadline import ClockState, Deadline

__all__ = ["ClockState", "Deadline", "Reckoning", "deadlines"]
