"""From nouns to pages: pure functions to (path, article), and what fills a shell. Any site builder can take them."""

from huiyin.publish.all_pages import ALONE, KINDS, drafts, pages
from huiyin.publish.page import Draft, Page, Site
from huiyin.publish.slots import slots

__all__ = ["ALONE", "KINDS", "Draft", "Page", "Site", "drafts", "pages", "slots"]
