"""Open data: a read-only interface of JSON files at `/api/v1/`, and downloads in `/data/`. Pure producers.

Each file is an `Asset`: its path, how its bytes are made, and from which proposals, so that whoever publishes makes
only what changed. What is kept from readers was taken out of the records before.
"""

from __future__ import annotations

from collections.abc import Iterator

from huiyin.export.rows import Scope
from huiyin.opendata.api import Api
from huiyin.opendata.asset import Asset
from huiyin.opendata.downloads import downloads

__all__ = ["Api", "Asset", "assets", "downloads"]


def assets(scope: Scope, address: str) -> Iterator[Asset]:
    """Yield every file of open data; `address` is the site's and ends with a slash."""
    yield from Api(scope, address).assets()
    yield from downloads(scope)
