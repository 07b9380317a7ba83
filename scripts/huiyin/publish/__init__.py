"""From nouns to pages: pure functions to (path, article). Any site builder can take them."""

from huiyin.publish.page import Page, Site
from huiyin.publish.site import pages

__all__ = ["Page", "Site", "pages"]
