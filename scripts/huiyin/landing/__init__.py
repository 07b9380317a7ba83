"""Landing: approved changes are brought to the tip of the branch in order, each judged there, and published at once."""

from huiyin.landing.lander import Lander, Outcome
from huiyin.landing.requests import QueueError, Request, read_queue

__all__ = ["Lander", "Outcome", "QueueError", "Request", "read_queue"]
