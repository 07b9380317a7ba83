"""The words of the field: for each code that a file may hold, what people call it. They stand in the schemas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from huiyin.findings import Text


@dataclass(frozen=True)
class Vocabulary:
    """Chinese and English words by code, one table a kind of code."""

    events: Mapping[str, Text]
    kinds: Mapping[str, Text]
    occasions: Mapping[str, Text]
    origins: Mapping[str, Text]
    channels: Mapping[str, Text]
    satisfaction: Mapping[str, Text]
    complexity: Mapping[str, Text]
    contact: Mapping[str, Text]
    phases: Mapping[str, Text]
    taken_up: Mapping[str, Text]
    disclosure: Mapping[str, Text]
    taken_out: Mapping[str, Text]
    verdicts: Mapping[str, Text]
    about: Mapping[str, Text]
    groups: Mapping[str, Text]
    levels: Mapping[str, Text]
    roles: Mapping[str, Text]
    starts: Mapping[str, Text]
    consents: Mapping[str, Text]
    units: Mapping[str, Text]
    not_executed: Mapping[str, Text]
    reach: Mapping[str, Text]
    feedback: Mapping[str, Text]
    score_channels: Mapping[str, Text]
    score_about: Mapping[str, Text]
    signal_channels: Mapping[str, Text]
    policy_stages: Mapping[str, Text]
    given: Mapping[str, Text]
    duties: Mapping[str, Text]
