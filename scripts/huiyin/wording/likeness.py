"""Why two proposals may be about the same thing, in words. Pure."""

from __future__ import annotations

from huiyin.findings import Text
from huiyin.model import Registry
from huiyin.similar import Candidate


def reasons(registry: Registry, candidate: Candidate) -> Text:
    """Return what both share, in one line; nothing where only single characters are shared."""
    why = candidate.reasons
    agencies = [registry.name_of(agency) for agency in why.agencies]
    asks = [f"{mine}—{theirs}" for mine, theirs in why.asks]
    rows = (
        ("都提到", "both say", why.terms),
        ("同一地点", "same place", why.places),
        ("同一单位", "same agency", agencies),
        ("诉求相近", "asks alike", asks),
    )
    return Text(
        "；".join(f"{zh}：{'、'.join(shared)}" for zh, _, shared in rows if shared),
        "; ".join(f"{en}: {', '.join(shared)}" for _, en, shared in rows if shared),
    )
