"""Review: a change in plain words, for whoever has to approve it."""

from huiyin.review.summary import Review, review
from huiyin.review.written import MARK, as_json, as_markdown

__all__ = ["MARK", "Review", "as_json", "as_markdown", "review"]
