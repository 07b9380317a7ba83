"""From nouns to pages: pure functions to (path, article). Any site builder can take them."""

from huiyin.publish.all_pages import pages
from huiyin.publish.page import Page, Site

__all__ = ["Page", "Site", "pages"]
