"""Key topics: problems that come back, and how a topic stands.

`recurrence` finds what was called resolved and came back, and what is asked again in a later session; `complaints` what
people complain about again; `standing` gathers what is known of a topic that was set up.
"""

from huiyin.topics.complaints import Complaints, Watch
from huiyin.topics.recurrence import Near, Repeated, Return, Why, near, repeated, returns
from huiyin.topics.standing import TopicStanding, no_topic_yet, stand, standings

__all__ = [
    "Complaints",
    "Near",
    "Repeated",
    "Return",
    "TopicStanding",
    "Watch",
    "Why",
    "near",
    "no_topic_yet",
    "repeated",
    "returns",
    "stand",
    "standings",
]
