"""Charts that were drawn before, by what they show: drawing one takes longer than making a hundred pages."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from huiyin.charts import Chart
from huiyin.charts.lines import Lines
from huiyin.charts.pictures import picture
from huiyin.digests import digest
from huiyin.load.cache import Cache

KEPT = 1_000
"""How many drawings are of use at a time; when three times as many are kept, only new ones stay."""


@dataclass(frozen=True)
class Drawings:
    """Draws charts, and keeps drawings in the file `kept`; `engine` is a digest of what draws."""

    kept: Path
    engine: str

    def __call__(self, chart: Chart | Lines) -> str:
        """Return the chart as SVG."""
        key, cache = digest(self.engine, repr(chart)), Cache(self.kept)
        drawn = cache.get([key]).get(key)
        if not isinstance(drawn, str):
            drawn = picture(chart)
            cache.put({key: drawn}, KEPT)
        return drawn
